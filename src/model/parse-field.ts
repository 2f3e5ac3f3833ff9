import { isMap, isScalar } from 'yaml';
import { checkDefault } from './check-default.ts';
import type { Mistakes } from './model-mistake.ts';
import type { EnumValue, OwnField, PartKey, ScalarKind } from './own-model.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  refuseUnknown,
  scalarText,
  textOf,
  textsOf,
} from './read-mapping.ts';

const SCALAR_KINDS: readonly ScalarKind[] = ['text', 'url', 'int', 'float', 'date', 'boolean', 'enum'];
const KINDS = [...SCALAR_KINDS, 'term', 'terms', 'article', 'articles', 'object', 'list'] as const;
type Kind = (typeof KINDS)[number];

const COMMON = ['kind', 'from', 'description', 'required', 'only', 'public'];
const OPTIONS: Readonly<Record<Kind, readonly string[]>> = {
  text: ['order', 'index', 'default'],
  url: ['index'],
  int: ['order', 'index', 'default'],
  float: ['order', 'index', 'default'],
  date: ['order', 'index'],
  boolean: ['index', 'default'],
  enum: ['values', 'order', 'index', 'default'],
  term: ['of'],
  terms: ['of'],
  article: [],
  articles: [],
  object: ['fields'],
  list: ['fields'],
};
const PART_OPTIONS = ['kind', 'from', 'values', 'description'];

/** Keys, names and values that there may be of each. */
export const MAX_VALUES = 200;
const MAX_PARTS = 50;
const MAX_FROM = 20;
const MAX_DESCRIPTION = 1_000;
/** So that the names of its columns and indexes are whole in every database; those of PostgreSQL have 63 bytes. */
const MAX_NAME = 40;
const MAX_KEY = 300;
const NAME = /^[A-Za-z][A-Za-z0-9_]*$/u;
const TYPE_NAME = /^[A-Z][A-Za-z0-9]*$/u;

/** Reads one key of the model; null when what it is cannot be told. Mistakes are noted. */
export function parseField(entry: Entry, mistakes: Mistakes): OwnField | null {
  const { name, key } = entry;
  checkName(name, key, mistakes);
  const options = optionsOf(entry, mistakes);
  const kind = kindOf(options, KINDS, entry, mistakes);
  if (kind === null) return null;
  const allowed = [...COMMON, ...OPTIONS[kind]];
  for (const [option, at] of options)
    if (!allowed.includes(option)) refuseOption(at, kind, allowed, mistakes);
  const common = {
    ...namesOf(name, options, mistakes),
    isRequired: flag(options, 'required', false, mistakes),
    only: patternOf(options.get('only'), mistakes),
    isPublic: flag(options, 'public', true, mistakes),
  };
  if (kind === 'article' || kind === 'articles') return { ...common, kind };
  if (kind === 'term' || kind === 'terms') {
    const of = termTypeOf(options.get('of'), entry, mistakes);
    return of === null ? null : { ...common, kind, of };
  }
  if (kind === 'object' || kind === 'list') {
    return { ...common, kind, fields: partsOf(options.get('fields'), entry, mistakes) };
  }
  const values = kind === 'enum' ? valuesOf(options.get('values'), entry, mistakes) : [];
  const isOrder = flag(options, 'order', false, mistakes);
  const given = options.get('default');
  return {
    ...common,
    kind,
    values,
    default: given === undefined ? null : checkDefault(given, kind, values, mistakes),
    isOrder,
    isIndexed: flag(options, 'index', false, mistakes) || isOrder,
  };
}

/** The options of a field by name; a text alone is its kind. */
function optionsOf({ value, key, name }: Entry, mistakes: Mistakes): Map<string, Entry> {
  if (isScalar(value) && scalarText(value) !== null) return new Map([['kind', { name: 'kind', key, value }]]);
  return new Map(entriesOf(value, `\`${name}\``, mistakes, key).map((entry) => [entry.name, entry]));
}

function kindOf<K extends string>(
  options: ReadonlyMap<string, Entry>,
  kinds: readonly K[],
  { name, key, value }: Entry,
  mistakes: Mistakes,
): K | null {
  const given = options.get('kind');
  if (given === undefined) {
    // What is no mapping was told of already.
    if (options.size > 0 || isMap(value) || value === null)
      mistakes.add(key, `\`${name}\` has no kind: one of ${kinds.join(', ')}.`);
    return null;
  }
  const text = scalarText(given.value) ?? '';
  const kind = kinds.find((one) => one === text);
  if (kind === undefined)
    refuseUnknown({ ...given, name: text, key: given.value ?? given.key }, kinds, mistakes);
  return kind ?? null;
}

function refuseOption(option: Entry, kind: Kind, allowed: readonly string[], mistakes: Mistakes): void {
  const isOther = Object.values(OPTIONS).some((names) => names.includes(option.name));
  if (isOther) mistakes.add(option.key, `\`${option.name}\` is not for the kind ${kind}.`);
  else refuseUnknown(option, allowed, mistakes);
}

function namesOf(name: string, options: ReadonlyMap<string, Entry>, mistakes: Mistakes) {
  const fromEntry = options.get('from');
  const from = fromEntry === undefined ? [name] : (textsOf(fromEntry, mistakes) ?? [name]);
  if (fromEntry && (from.length > MAX_FROM || from.some((key) => key.length > MAX_KEY)))
    mistakes.add(
      fromEntry.value,
      `\`from\` takes at most ${MAX_FROM} keys of at most ${MAX_KEY} characters.`,
    );
  const about = options.get('description');
  const description = about === undefined ? null : textOf(about, mistakes);
  if (about && description !== null && description.length > MAX_DESCRIPTION)
    mistakes.add(about.value, `\`description\` takes at most ${MAX_DESCRIPTION} characters.`);
  return { name, from, description };
}

function flag(
  options: ReadonlyMap<string, Entry>,
  name: string,
  otherwise: boolean,
  mistakes: Mistakes,
): boolean {
  const entry = options.get(name);
  return (entry && booleanOf(entry, mistakes)) ?? otherwise;
}

function patternOf(entry: Entry | undefined, mistakes: Mistakes): string | null {
  const pattern = entry === undefined ? null : textOf(entry, mistakes);
  if (pattern === null || entry === undefined) return null;
  // Each run of two stars stands for any number of folders: several in one pattern multiply the time to look for them.
  const globstars = pattern.match(/\*{2,}/gu)?.length ?? 0;
  if (pattern.length > MAX_KEY || globstars > 2 || /[\r\n]/u.test(pattern))
    mistakes.add(entry.value, '`only` takes one line of at most 300 characters with at most two `**`.');
  else if (/^(?:[!#]|\s*$)/u.test(pattern))
    mistakes.add(
      entry.value,
      `\`${pattern}\` is a pattern that no file meets. For a name that begins so: \`\\${pattern}\`.`,
    );
  return pattern;
}

function termTypeOf(entry: Entry | undefined, field: Entry, mistakes: Mistakes): string | null {
  if (entry === undefined) {
    mistakes.add(
      field.key,
      `\`${field.name}\` has no \`of\`: the type of what it names, such as \`of: Author\`.`,
    );
    return null;
  }
  const of = textOf(entry, mistakes);
  if (of !== null && (!TYPE_NAME.test(of) || of.length > MAX_NAME))
    mistakes.add(
      entry.value,
      '`of` must be the name of a type: letters and digits, the first a capital, 40 at most.',
    );
  return of;
}

function valuesOf(entry: Entry | undefined, field: Entry, mistakes: Mistakes): EnumValue[] {
  if (entry === undefined) {
    mistakes.add(field.key, `\`${field.name}\` has no \`values\`: the list of what it may be.`);
    return [];
  }
  const texts = textsOf(entry, mistakes) ?? [];
  const values = texts.map((text) => ({ text, name: enumName(text) }));
  const names = new Set(values.map(({ name }) => name.toLowerCase()));
  if (names.size < values.length)
    mistakes.add(entry.value, 'Two of the values have the same name in GraphQL.');
  if (values.length > MAX_VALUES || texts.some((text) => text.length > 100))
    mistakes.add(entry.value, `\`values\` takes at most ${MAX_VALUES} values of at most 100 characters.`);
  return values;
}

/** A text as a name of GraphQL: `in progress` is `in_progress`. https://spec.graphql.org/October2021/#EnumValue */
export function enumName(text: string): string {
  const plain = text.replace(/[^A-Za-z0-9]+/gu, '_').replace(/^_+|_+$/gu, '');
  return /^[A-Za-z]/u.test(plain) && !/^(?:true|false|null)$/u.test(plain) ? plain : `_${plain}`;
}

function partsOf(entry: Entry | undefined, field: Entry, mistakes: Mistakes): PartKey[] {
  if (entry === undefined) {
    mistakes.add(field.key, `\`${field.name}\` has no \`fields\`: what its objects have.`);
    return [];
  }
  const entries = entriesOf(entry.value, '`fields`', mistakes, entry.key);
  if (entries.length === 0 || entries.length > MAX_PARTS)
    mistakes.add(entry.value ?? entry.key, `\`fields\` takes 1 to ${MAX_PARTS} fields.`);
  return entries.slice(0, MAX_PARTS).flatMap((part) => {
    checkName(part.name, part.key, mistakes);
    const options = optionsOf(part, mistakes);
    const kind = kindOf(options, SCALAR_KINDS, part, mistakes);
    for (const [name, at] of options)
      if (!PART_OPTIONS.includes(name)) refuseUnknown(at, PART_OPTIONS, mistakes);
    if (kind === null) return [];
    const values = kind === 'enum' ? valuesOf(options.get('values'), part, mistakes) : [];
    return [{ ...namesOf(part.name, options, mistakes), kind, values }];
  });
}

function checkName(name: string, key: unknown, mistakes: Mistakes): void {
  if (NAME.test(name) && name.length <= MAX_NAME) return;
  const what = `The name must be letters, digits and \`_\`, the first a letter, ${MAX_NAME} at most;`;
  mistakes.add(
    key,
    `${what} a key of another name is read by \`from\`, such as { kind: text, from: "event date" }.`,
  );
}
