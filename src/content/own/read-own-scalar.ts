import type { EnumValue, PartKey, ScalarKey } from '../../model/own-model.ts';
import { foldText } from '../../text/keys/fold-text.ts';
import { suggestKey } from '../../text/keys/suggest-key.ts';
import type { Reader } from '../fields/field-table.ts';
import { readDateTime, readFloat, readInteger, readText, readUrl } from '../fields/read-scalar.ts';
import { report } from '../problems/collect-problems.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';

type ScalarReader = Reader<string | number | boolean>;

const MAX_TEXT = 20_000;
/** Of a text that an index holds. */
const MAX_INDEXED = 1_000;
/** GraphQL's Int has 32 bits: https://spec.graphql.org/October2021/#sec-Int */
export const LEAST_INT = -(2 ** 31);
/** Values that a problem names. */
const MAX_NAMED = 20;

/** The reader of one value of the owner's. What it answers is as OwnScalar. */
export function createScalarReader(field: ScalarKey | PartKey): ScalarReader {
  switch (field.kind) {
    case 'text':
      return readText('isIndexed' in field && field.isIndexed ? MAX_INDEXED : MAX_TEXT);
    case 'url':
      return readUrl;
    case 'int':
      return readInteger(LEAST_INT);
    case 'float':
      return readFloat;
    case 'date':
      return readDateTime;
    case 'boolean':
      return readYesOrNo;
    case 'enum':
      return createEnumReader(field.values);
  }
}

const readWord = readText(MAX_TEXT);

/** A boolean of YAML, or a quoted `true` or `false`. */
const readYesOrNo: Reader<boolean> = (value, place) => {
  if (value instanceof YamlBoolean) return value.value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : null;
  if (word === 'true' || word === 'false') return word === 'true';
  if (word !== '') report(place, 'BOOLEAN_INVALID', value);
  return null;
};

/** One of the values, whatever its case; a boolean of YAML is the word that it was written as. Answers the name. */
function createEnumReader(values: readonly EnumValue[]): Reader<string> {
  const exact = new Map(values.map(({ text, name }) => [text, name]));
  const folded = new Map(values.toReversed().map(({ text, name }) => [foldText(text), name]));
  const texts = values.map(({ text }) => text);
  const rest = texts.length > MAX_NAMED ? ` and ${texts.length - MAX_NAMED} more` : '';
  const named = texts.slice(0, MAX_NAMED).map((text) => `\`${text}\``);
  return (value, place) => {
    const text = readWord(value, place);
    if (text === null) return null;
    const name = exact.get(text) ?? folded.get(foldText(text));
    if (name !== undefined) return name;
    const near = suggestKey(text, texts);
    const hint = near === null ? '' : `Did you mean \`${near}\`? `;
    report(place, 'ENUM_UNKNOWN', text, { values: named.join(', ') + rest, hint });
    return null;
  };
}
