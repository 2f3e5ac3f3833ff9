import type { Value, ValueOf } from '../../model/built-in/value.ts';
import { plainValue } from '../values/plain-inline.ts';
import type { JsonSchema, Reader } from './field-table.ts';
import {
  readBoolean,
  readDateTime,
  readDomain,
  readInteger,
  readLine,
  readLinkUrl,
  readLocale,
  readSecured,
  readSitePath,
  readSlug,
  readText,
  readUrl,
} from './read-scalar.ts';

/** How a kind of value is read, and what editors are told of it. */
interface Rule<T> {
  readonly read: Reader<T>;
  readonly schema: JsonSchema;
}

export const textSchema = { type: ['string', 'number', 'boolean', 'null'] };
export const urlSchema = {
  type: ['string', 'null'],
  format: 'uri',
  pattern: '^[Hh][Tt][Tt][Pp][Ss]?://',
};
export const dateTimeSchema = {
  type: ['string', 'null'],
  examples: ['2024-02-21T09:01:00+08:00', '2024-02-21'],
};

/** A whole number as it may stand in a file. */
export function integerSchema(minimum: number, maximum?: number) {
  return {
    anyOf: [
      { type: 'integer', minimum, ...(maximum === undefined ? {} : { maximum }) },
      { type: 'string', pattern: '^[-+]?[0-9]+$' },
      { type: 'null' },
    ],
  };
}

const SECURED = '^\\s*(v2:[A-Za-z0-9+/=\\s]+|[A-Za-z0-9+/=\\s]+;[A-Za-z0-9+/=\\s]+)$';

const RULES = {
  date: { read: readDateTime, schema: dateTimeSchema },
  boolean: { read: readBoolean, schema: { type: ['boolean', 'null'] } },
  url: { read: readUrl, schema: urlSchema },
  link: { read: readLinkUrl, schema: textSchema },
  path: { read: readSitePath, schema: textSchema },
  slug: { read: readSlug, schema: textSchema },
  locale: { read: readLocale, schema: textSchema },
  domain: { read: readDomain, schema: { type: ['string', 'null'] } },
  secured: { read: readSecured, schema: { type: ['string', 'null'], pattern: SECURED } },
} as const;

/** The rule of a kind of value. */
export function ruleOf<V extends Value>(value: V): Rule<ValueOf<V>>;
export function ruleOf(value: Value): Rule<string | number | boolean> {
  if (value.kind === 'int') {
    return { read: readInteger(value.least, value.most), schema: integerSchema(value.least, value.most) };
  }
  if (value.kind !== 'line' && value.kind !== 'text') return RULES[value.kind];
  const read = value.kind === 'line' ? readLine(value.max) : readText(value.max);
  return { read: value.isMarkdown ? readPlain(read) : read, schema: textSchema };
}

function readPlain(read: Reader<string>): Reader<string> {
  return (value, place) => {
    const text = read(value, place);
    return text === null ? null : plainValue(text);
  };
}
