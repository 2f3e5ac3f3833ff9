import type { FilterField } from '../../engine/mapping/mapping.ts';
import { builder, columnOf, joinsOf, type ModelName } from './builder.ts';
import { HiddenReason } from './hidden-reason.ts';
import { mappedTypeOf, registerFilter } from './mapped-type.ts';

const stringFilter = builder.inputType('StringFilter', {
  description: 'Conditions on a text, all of which must hold. Upper and lower case are one, in every script.',
  fields: (t) => ({
    eq: t.string({ description: 'Is this.' }),
    ne: t.string({ description: 'Is not this, or is missing.' }),
    in: t.stringList({ description: 'Is one of these.' }),
    notIn: t.stringList({ description: 'Is none of these, or is missing.' }),
    contains: t.string({ description: 'Has this somewhere in it.' }),
    startsWith: t.string({ description: 'Begins with this.' }),
    endsWith: t.string({ description: 'Ends with this.' }),
    isNull: t.boolean({ description: 'Is missing (true) or there (false).' }),
  }),
});

const intFilter = builder.inputType('IntFilter', {
  description:
    'Conditions on a number, all of which must hold. A missing number is never equal, less or greater.',
  fields: (t) => ({
    eq: t.int({ description: 'Is this.' }),
    ne: t.int({ description: 'Is not this, or is missing.' }),
    in: t.intList({ description: 'Is one of these.' }),
    notIn: t.intList({ description: 'Is none of these, or is missing.' }),
    lt: t.int({ description: 'Is less.' }),
    lte: t.int({ description: 'Is less or equal.' }),
    gt: t.int({ description: 'Is greater.' }),
    gte: t.int({ description: 'Is greater or equal.' }),
    isNull: t.boolean({ description: 'Is missing (true) or there (false).' }),
  }),
});

const dateTimeFilter = builder.inputType('DateTimeFilter', {
  description:
    'Conditions on a moment, all of which must hold. A missing moment is never equal, before or after.',
  fields: (t) => ({
    eq: t.field({ type: 'DateTime', description: 'Is this.' }),
    ne: t.field({ type: 'DateTime', description: 'Is not this, or is missing.' }),
    in: t.field({ type: ['DateTime'], description: 'Is one of these.' }),
    notIn: t.field({ type: ['DateTime'], description: 'Is none of these, or is missing.' }),
    lt: t.field({ type: 'DateTime', description: 'Is before.' }),
    lte: t.field({ type: 'DateTime', description: 'Is this or before.' }),
    gt: t.field({ type: 'DateTime', description: 'Is after.' }),
    gte: t.field({ type: 'DateTime', description: 'Is this or after.' }),
    isNull: t.boolean({ description: 'Is missing (true) or there (false).' }),
  }),
});

const booleanFilter = builder.inputType('BooleanFilter', {
  description: 'Conditions on a yes or no.',
  fields: (t) => ({
    eq: t.boolean({ description: 'Is this.' }),
    ne: t.boolean({ description: 'Is not this, or is missing.' }),
    isNull: t.boolean({ description: 'Is missing (true) or there (false).' }),
  }),
});

const hiddenReasonFilter = builder.inputType('HiddenReasonFilter', {
  description: 'Conditions on the reasons for which an article is hidden, all of which must hold.',
  fields: (t) => ({
    has: t.field({ type: HiddenReason, description: 'This is one of them.' }),
    isEmpty: t.boolean({ description: 'There are none (true) or some (false).' }),
  }),
});

type Scalar = Extract<FilterField, { kind: 'scalar' }>;

const inputs = {
  string: stringFilter,
  number: intFilter,
  date: dateTimeFilter,
  boolean: booleanFilter,
  reasons: hiddenReasonFilter,
};

/** A field of a filter: what it is in the data model, and the sentence that describes it. */
export type FilterFieldSpec = { description: string } & (
  | { kind: 'scalar'; mapping: Scalar }
  | { kind: 'one' | 'many'; mapping: Exclude<FilterField, { kind: 'scalar' }>; target: string }
);

/** The inputs for conditions on a type. */
export interface Filter {
  ref: FilterRef;
  /** The input for conditions through a to-many relation to this type; null where there is none. */
  many: FilterRef | null;
}

export type FilterRef = ReturnType<typeof builder.inputRef<object>>;

const filters = new Map<string, Filter>();

/** `<Type>Filter`, and `<Type>ListFilter` for relations to many of the type where there are any (`hasLists`). */
export function filterInput(
  type: ModelName,
  specs: Record<string, FilterFieldSpec>,
  { hasLists = true }: { hasLists?: boolean } = {},
): Filter {
  const ref: FilterRef = builder.inputRef<object>(`${type}Filter`);
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
  registerFilter(type, () =>
    Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.mapping])),
  );
  const filter = { ref, many: hasLists ? listFilter(type, ref) : null };
  filters.set(type, filter);
  return filter;
}

function listFilter(type: ModelName, ref: FilterRef): FilterRef {
  const many: FilterRef = builder.inputRef<object>(`${type}ListFilter`);
  many.implement({
    description: `Conditions on a list of ${type}, all of which must hold.`,
    fields: (t) => ({
      some: t.field({ type: ref, description: 'At least one meets this.' }),
      every: t.field({ type: ref, description: 'Each one meets this. True of an empty list.' }),
      none: t.field({ type: ref, description: 'Not one meets this. True of an empty list.' }),
      count: t.field({ type: intFilter, description: 'How many there are.' }),
    }),
  });
  return many;
}

function inputOf(spec: FilterFieldSpec) {
  if (spec.kind === 'scalar') return inputs[spec.mapping.type];
  const filter = filters.get(spec.target);
  if (!filter) throw new Error(`${spec.target} has no filter.`);
  const input = spec.kind === 'one' ? filter.ref : filter.many;
  if (!input) throw new Error(`${spec.target} has no filter for lists.`);
  return input;
}

/** Makers of filter fields over a model. */
export function filterFields(model: ModelName) {
  const scalar = (
    column: string,
    description: string,
    how: Pick<Scalar, 'type'> & Partial<Pick<Scalar, 'fold' | 'indexed' | 'lower'>>,
  ): FilterFieldSpec => {
    const { name, nullable } = columnOf(model, column);
    const usual = { fold: 'none', indexed: null, lower: null } as const;
    const mapping: Scalar = { kind: 'scalar', column: name, nullable, ...usual, ...how };
    return { kind: 'scalar', description, mapping };
  };
  const toOne = (path: string, description: string): FilterFieldSpec => {
    const { joins, target } = joinsOf(model, path);
    const table = () => mappedTypeOf(target).table();
    return { kind: 'one', description, target, mapping: { kind: 'one', joins, target: table } };
  };
  const toMany = (path: string, description: string, isShort: boolean): FilterFieldSpec => {
    const { joins, target } = joinsOf(model, path);
    const table = () => mappedTypeOf(target).table();
    return { kind: 'many', description, target, mapping: { kind: 'many', joins, target: table, isShort } };
  };
  return {
    /** A text, compared by its folded column. */
    text: (column: string, description: string) =>
      scalar(column, description, { type: 'string', fold: 'case' }),
    /** A text that is long, so that `folded` has its folded form only where lower case alone is not it. */
    longText: (column: string, folded: string, description: string) =>
      scalar(column, description, {
        type: 'string',
        fold: 'case',
        lower: { unless: columnOf(model, folded).name },
      }),
    /** A text of ASCII without white space, whose lower case is its folded form. */
    asciiText: (column: string, description: string) =>
      scalar(column, description, { type: 'string', fold: 'case', lower: { unless: null } }),
    /** A text by which an index finds the few rows that have it. */
    indexedText: (column: string, description: string) =>
      scalar(column, description, { type: 'string', fold: 'case', indexed: 'value' }),
    /** A text by which an index finds the rows that have it, many as they may be. */
    groupText: (column: string, description: string) =>
      scalar(column, description, { type: 'string', fold: 'case', indexed: 'group' }),
    /** A domain by which an index finds the few rows that have it; arguments are read as content's domains are. */
    indexedDomain: (column: string, description: string) =>
      scalar(column, description, { type: 'string', fold: 'domain', indexed: 'value' }),
    /** A text, compared letter by letter. */
    exactText: (column: string, description: string) => scalar(column, description, { type: 'string' }),
    /** The same by which an index finds the one row that has it. */
    indexedExactText: (column: string, description: string) =>
      scalar(column, description, { type: 'string', indexed: 'value' }),
    number: (column: string, description: string) => scalar(column, description, { type: 'number' }),
    date: (column: string, description: string) => scalar(column, description, { type: 'date' }),
    boolean: (column: string, description: string) => scalar(column, description, { type: 'boolean' }),
    /** Reasons for which an article is hidden, as a JSON list. */
    reasons: (column: string, description: string) => scalar(column, description, { type: 'reasons' }),
    /** Conditions on the one row that a path of relations reaches. */
    one: (path: string, description: string) => toOne(path, description),
    /** Conditions on the rows that a path of relations reaches: a list that is short by nature. */
    few: (path: string, description: string) => toMany(path, description, true),
    /** Conditions on the rows that a path of relations reaches, however many. */
    many: (path: string, description: string) => toMany(path, description, false),
  };
}
