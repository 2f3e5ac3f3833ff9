import type { ObjectKey } from '../../model/own-model.ts';
import type { OwnPart, OwnScalar } from '../../model/own-values.ts';
import { suggestKey } from '../../text/keys/suggest-key.ts';
import type { Reader } from '../fields/field-table.ts';
import { readList } from '../fields/read-list.ts';
import { type Place, report, reportKey, within } from '../problems/collect-problems.ts';
import { remember } from '../values/remember.ts';
import { describeKind } from '../values/yaml-boolean.ts';
import { isMapping } from './is-mapping.ts';
import { chooseKeys, createKeyTable, type KeyTable } from './key-table.ts';
import { createScalarReader } from './read-own-scalar.ts';

/** The reader of objects of one key, and the keys that they have. */
export interface ObjectsReader {
  readonly table: KeyTable;
  readonly read: Reader<OwnPart[]>;
}

/** A mapping is an object; another single value is the first field that takes a text. An object without values is left out. */
export function createObjectsReader({ fields }: ObjectKey, most: number): ObjectsReader {
  const table = createKeyTable(fields.map(({ from }) => from));
  const parts = fields.map((field) => ({ field, read: createScalarReader(field) }));
  const shorthand = parts.find(({ field: { kind } }) => kind === 'text' || kind === 'url');
  const known = fields.flatMap(({ from }) => from);
  const suggest = remember((key) => suggestKey(key, known));

  const readObject: Reader<OwnPart> = (value, place) => {
    const part = new Map<string, OwnScalar>();
    if (isMapping(value)) readParts(part, value, place);
    else if (shorthand && !Array.isArray(value)) {
      const single = shorthand.read(value, place);
      if (single !== null) part.set(shorthand.field.name, single);
    } else report(place, 'MAPPING_EXPECTED', value, { found: describeKind(value) });
    return part.size === 0 ? null : part;
  };

  function readParts(
    part: Map<string, OwnScalar>,
    mapping: Readonly<Record<string, unknown>>,
    place: Place,
  ): void {
    const { chosen, unused, unknown } = chooseKeys(table, mapping);
    for (const key of unknown) tellUnknown(key, within(place, key));
    for (const { key, used } of unused) reportKey(within(place, key), 'ALIAS_NOT_USED', { used });
    for (const [index, { field, read }] of parts.entries()) {
      const key = chosen[index];
      const value = key === undefined ? null : read(mapping[key], within(place, key));
      if (value !== null) part.set(field.name, value);
    }
  }

  function tellUnknown(key: string, place: Place): void {
    const name = `nested ${key}`;
    if (place.unknownKeys.has(name)) return;
    place.unknownKeys.add(name);
    const near = suggest(key);
    reportKey(place, 'UNKNOWN_KEY', { hint: near === null ? '' : `Did you mean \`${near}\`? ` });
  }

  return { table, read: readList(readObject, most) };
}
