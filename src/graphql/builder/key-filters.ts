import { type BuiltInColumn, columnsOf } from '../../model/built-in/columns.ts';
import type { Keys } from '../../model/built-in/key.ts';
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
  for (const column of columnsOf(keys)) {
    const { name, filter } = column;
    if (filter !== undefined) filters.push([name, filterOf(by, column, filter)]);
  }
  return Object.fromEntries(filters);
}

function filterOf(by: FilterFields, column: BuiltInColumn, description: string): FilterFieldSpec {
  const { name, kind } = column;
  if (kind === 'text') return textFilter(by, column, description);
  if (kind === 'integer') return by.number(name, description);
  return by[kind](name, description);
}

function textFilter(by: FilterFields, column: BuiltInColumn, description: string): FilterFieldSpec {
  const { name, key, folded, foldedName, index, orderedBy } = column;
  const kind = key?.value.kind ?? 'line';
  if (kind === 'slug') {
    return index === 'value' ? by.indexedExactText(name, description) : by.exactText(name, description);
  }
  if (kind === 'locale' || kind === 'url') return by.asciiText(name, description);
  if (kind !== 'line' && kind !== 'text')
    throw new Error(`${name} cannot have a filter: there is none for values of the kind ${kind}.`);
  if (foldedName === null)
    throw new Error(`${name} needs a folded column for its filter, which ignores case.`);
  if (folded === 'when needed') return by.longText(name, foldedName, description);
  if (index === 'group') return by.groupText(foldedName, description);
  const isIndexed = index === 'value' || orderedBy?.asc === foldedName;
  return isIndexed ? by.indexedText(foldedName, description) : by.text(foldedName, description);
}
