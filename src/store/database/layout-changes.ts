import { type LayoutTable, tableOfKey } from '../../model/own-layout.ts';
import { isTermKey, type OwnModel } from '../../model/own-model.ts';

/**
 * What the rows of a table say beside its columns: those of another kind of thing, or visible to others, are other rows. It stands
 * in the statement that makes the table, by which tables are compared.
 */
export function noteOf(model: OwnModel, { name }: LayoutTable): string {
  const field = model.fields.find((one) => tableOfKey(one) === name);
  if (!field) return 'things';
  return `${isTermKey(field) ? field.of : field.kind}${field.isPublic ? '' : ', for preview alone'}`;
}

/** The names of what is there and is not wanted, or not so. Both by name, with what each was made from. */
export function differing(found: ReadonlyMap<string, string>, wanted: ReadonlyMap<string, string>): string[] {
  return [...found].flatMap(([name, it]) => (wanted.get(name) === it ? [] : [name]));
}
