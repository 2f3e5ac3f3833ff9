import { isScalarKey, type OwnModel } from '../../model/own-model.ts';
import { noOwnValues, type OwnValues } from '../../model/own-values.ts';
import { type Place, reportKey, within } from '../problems/collect-problems.ts';
import { chooseKeys } from './key-table.ts';
import type { FileKeys, ValuesDraft } from './prepare-own-keys.ts';

/**
 * Reads what a file says under the owner's keys. A value that cannot be used is told of and left out; a default stands for all that
 * is not there, also in files that the key is not for.
 *
 * @param data the front matter
 * @param place the top of it
 * @param filePath relative to the content folder, with `/`
 * @param model of all files
 * @param keys of this file
 */
export function readOwnKeys(
  data: Readonly<Record<string, unknown>>,
  place: Place,
  filePath: string,
  model: OwnModel,
  keys: FileKeys,
): OwnValues {
  if (model.fields.length === 0) return noOwnValues;
  const values: ValuesDraft = {
    scalars: new Map(),
    terms: new Map(),
    references: new Map(),
    parts: new Map(),
  };
  const own: Place = { ...place, drafts: [] };
  const { chosen, unused } = chooseKeys(keys.names, data);
  for (const [index, { field, read }] of keys.keys.entries()) {
    const key = chosen[index];
    if (key !== undefined) read(values, data[key], within(own, key), filePath);
    if (field.isRequired && (key === undefined || isBlank(data[key]))) {
      const [name = field.name] = field.from;
      reportKey(within(own, name), 'KEY_REQUIRED', { key: name });
    }
  }
  for (const { key, used } of unused) {
    if (!keys.isShared(key)) reportKey(within(own, key), 'ALIAS_NOT_USED', { used });
  }
  tellOnce(place, own);
  for (const field of model.fields) {
    if (isScalarKey(field) && field.default !== null && !values.scalars.has(field.name))
      values.scalars.set(field.name, field.default);
  }
  return values;
}

function isBlank(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() === '') || (Array.isArray(value) && value.length === 0);
}

/** A key that a built-in one reads, too, may have told the same already. */
function tellOnce({ drafts }: Place, own: Place): void {
  if (own.drafts.length === 0) return;
  const nameOf = ({ code, path }: Place['drafts'][number]) => JSON.stringify([code, ...path]);
  const told = new Set(drafts.map(nameOf));
  drafts.push(...own.drafts.filter((draft) => !told.has(nameOf(draft))));
}
