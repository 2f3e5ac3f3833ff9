import type { FilterField } from '../../engine/mapping/mapping.ts';
import type { InputRef, PothosBuilder } from '../pothos/pothos-builder.ts';
import type { ModelName } from './data-model.ts';
import type { MappedTypes } from './mapped-type.ts';
import type { addValueFilters } from './value-filters.ts';

type Scalar = Extract<FilterField, { kind: 'scalar' }>;

/** A field of a filter: what it is in the data model, and the sentence that describes it. */
export type FilterFieldSpec = { description: string } & (
  | { kind: 'scalar'; mapping: Scalar; input?: InputRef }
  | { kind: 'one' | 'many'; mapping: Exclude<FilterField, { kind: 'scalar' }>; target: string }
);

/** The inputs for conditions on a type. */
export interface Filter {
  ref: InputRef;
  /** The input for conditions through a to-many relation to this type; null where there is none. */
  many: InputRef | null;
}

/** The maker of filter inputs for one schema. */
export function createFilterInputs(
  pothos: PothosBuilder,
  { registerFilter }: MappedTypes,
  values: ReturnType<typeof addValueFilters>,
) {
  const filters = new Map<string, Filter>();

  const listFilter = (type: string, ref: InputRef): InputRef => {
    const many = pothos.inputRef<object>(`${type}ListFilter`);
    return many.implement({
      description: `Conditions on a list of ${type}, all of which must hold.`,
      fields: (t) => ({
        some: t.field({ type: ref, description: 'At least one meets this.' }),
        every: t.field({ type: ref, description: 'Each one meets this. True of an empty list.' }),
        none: t.field({ type: ref, description: 'None meets this. True of an empty list.' }),
        count: t.field({ type: values.number, description: 'How many there are.' }),
      }),
    });
  };

  const valueInput = (type: Scalar['type']) => {
    if (type === 'float')
      throw new Error('A filter on numbers that need not be whole has an input of its own.');
    return values[type];
  };

  const inputOf = (spec: FilterFieldSpec) => {
    if (spec.kind === 'scalar') return spec.input ?? valueInput(spec.mapping.type);
    const filter = filters.get(spec.target);
    if (!filter) throw new Error(`${spec.target} has no filter.`);
    const input = spec.kind === 'one' ? filter.ref : filter.many;
    if (!input) throw new Error(`${spec.target} has no filter for lists.`);
    return input;
  };

  return {
    /** `<Type>Filter`, and `<Type>ListFilter` for relations to many of the type where there are any (`hasLists`). `model` is that of the type where it has another name. */
    filterInput(
      type: string,
      specs: Readonly<Record<string, FilterFieldSpec>>,
      { hasLists = true, model = type }: { hasLists?: boolean; model?: ModelName } = {},
    ): Filter {
      const ref = pothos.inputRef<object>(`${type}Filter`);
      ref.implement({
        description: `Conditions on ${/^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}, all of which must hold.`,
        fields: (t) => ({
          and: t.field({ type: [ref], description: 'All of these hold.' }),
          or: t.field({ type: [ref], description: 'At least one of these holds.' }),
          not: t.field({ type: ref, description: 'This does not hold.' }),
          ...Object.fromEntries(
            Object.entries(specs).map(([name, spec]) => [
              name,
              t.field({ type: inputOf(spec), description: spec.description }),
            ]),
          ),
        }),
      });
      registerFilter(
        model,
        Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.mapping])),
      );
      const filter = { ref, many: hasLists ? listFilter(type, ref) : null };
      filters.set(model, filter);
      return filter;
    },
  };
}
