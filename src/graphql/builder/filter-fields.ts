import type { FilterField } from '../../engine/mapping/mapping.ts';
import type { DataModel, ModelName } from './data-model.ts';
import type { FilterFieldSpec } from './filter-inputs.ts';
import type { MappedTypes } from './mapped-type.ts';

type Scalar = Extract<FilterField, { kind: 'scalar' }>;

/** Makers of filter fields over a model, which may lead to any of `types`. */
export function filterFields({ mappedTypeOf, columnOf, joinsOf }: MappedTypes & DataModel, model: ModelName) {
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
