import type { Keys } from '../../model/built-in/key.ts';
import { type NamedColumn, namedColumns } from '../../model/built-in/named-columns.ts';
import type { filterFields } from './filter-fields.ts';
import type { FilterFieldSpec } from './filter-inputs.ts';

type FilterFields = ReturnType<typeof filterFields>;

/**
 * The filter fields of built-in keys, by name: those whose column has a description for one.
 * @param by the makers of filter fields of their model
 * @throws when a column's values cannot be filtered, which is a mistake in the model
 */
export function keyFilters(by: FilterFields, keys: Keys): Record<string, FilterFieldSpec> {
  const filters: [string, FilterFieldSpec][] = [];
  for (const column of namedColumns(keys)) {
    const { name, filter } = column;
    if (filter !== undefined) filters.push([name, filterOf(by, column, filter)]);
  }
  return Object.fromEntries(filters);
}

function filterOf(by: FilterFields, column: NamedColumn, description: string): FilterFieldSpec {
  const { name, kind, index } = column;
  switch (kind) {
    case 'line':
    case 'text':
    case 'string':
      return textFilter(by, column, description);
    case 'slug':
      return index === 'value' ? by.indexedExactText(name, description) : by.exactText(name, description);
    case 'locale':
    case 'url':
      return by.asciiText(name, description);
    case 'int':
      return by.number(name, description);
    case 'date':
    case 'boolean':
    case 'reasons':
      return by[kind](name, description);
    default:
      throw new Error(`${name} cannot have a filter: there is none for values of the kind ${kind}.`);
  }
}

function textFilter(by: FilterFields, column: NamedColumn, description: string): FilterFieldSpec {
  const { name, folded, index, order, isRequired } = column;
  const beside = foldedName(name);
  if (folded === 'when needed') return by.longText(name, beside, description);
  if (folded === undefined)
    throw new Error(`${name} needs a folded column for its filter, which ignores case.`);
  if (index === 'group') return by.groupText(beside, description);
  // An order by a text that is never missing goes by the folded column, and has an index on it.
  const isIndexed = index === 'value' || (order !== undefined && isRequired);
  return isIndexed ? by.indexedText(beside, description) : by.text(beside, description);
}

/** The column beside another that has its text folded. */
export function foldedName(column: string): string {
  return `${column}Folded`;
}
