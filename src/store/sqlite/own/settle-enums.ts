import { scalarCells, scalarColumns } from '../../../model/own-layout.ts';
import { isScalarKey, type OwnModel } from '../../../model/own-model.ts';
import type { Writer } from '../../database/writer.ts';
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
    const isKnown = `${quoted(value)} IN (SELECT value FROM ${writer.dialect.texts('?1')})`;
    await writer.run(
      `UPDATE Article SET ${columns.map((name, index) => `${name} = ?${index + 2}`).join(', ')}
       WHERE ${quoted(value)} IS NOT NULL AND NOT ${isKnown}`,
      JSON.stringify(names),
      ...scalarCells(field, field.default),
    );
    if (!field.isOrder) continue;
    const keys = columns.slice(1);
    const place = writer.dialect.cell(1, 'integer');
    await writer.run(
      `UPDATE Article SET ${keys.map((name) => `${name} = ${place}`).join(', ')}
       FROM ${writer.dialect.rows('?1')} WHERE value ->> 0 = ${quoted(value)} AND ${keys[0]} <> ${place}`,
      JSON.stringify(names.map((name, index) => [name, index])),
    );
  }
}
