import { scalarCells, scalarColumns } from '../../../model/own-layout.ts';
import { isScalarKey, type OwnModel } from '../../../model/own-model.ts';
import type { Writer } from '../file/writer.ts';
import { quoted } from './quoted.ts';

/**
 * Brings enums to the values of a model, for articles whose files cannot be read by it: a value that is none any more is missing, and
 * the others are sorted by their places among those of the model.
 */
export async function settleEnums(writer: Writer, model: OwnModel): Promise<void> {
  for (const field of model.fields.filter(isScalarKey)) {
    if (field.kind !== 'enum') continue;
    const { value, asc, desc } = scalarColumns(field);
    const columns = [value, asc, desc].filter((name) => name !== null).map(quoted);
    const names = field.values.map(({ name }) => name);
    const isKnown = `${quoted(value)} IN (SELECT value FROM json_each(?1))`;
    await writer.run(
      `UPDATE Article SET ${columns.map((name, index) => `${name} = ?${index + 2}`).join(', ')}
       WHERE ${quoted(value)} IS NOT NULL AND NOT ${isKnown}`,
      JSON.stringify(names),
      ...scalarCells(field, field.default),
    );
    if (!field.isOrder) continue;
    const keys = columns.slice(1);
    await writer.run(
      `UPDATE Article SET ${keys.map((name) => `${name} = one.key`).join(', ')}
       FROM json_each(?1) AS one WHERE one.value = ${quoted(value)} AND ${keys[0]} <> one.key`,
      JSON.stringify(names),
    );
  }
}
