import type { OwnModel } from '../../../src/model/own-model.ts';
import { parseModel } from '../../../src/model/parse-model.ts';
import type { Random } from './random.ts';
import { FLOATS, INTS } from './random-own-values.ts';

// Names that mean something to JavaScript, SQL, YAML, GraphQL, the database's own columns or built-in keys of files.
const FIELD_NAMES = [
  ['constructor', 'toString', 'valueOf', 'hasOwnProperty', 'length', 'then', 'toJSON', 'isPrototypeOf'],
  ['select', 'order', 'group', 'from', 'where', 'rowid', 'json', 'null', 'true', 'on', 'query', 'fragment'],
  ['key', 'value', 'position', 'articleId', 'isPublic', 'name', 'node', 'edges', 'first', 'filter'],
  ['tags', 'author', 'authors', 'summary', 'weight', 'eventDate', 'see_also', 'X', 'z9', 'guide', 'series'],
  ['a'.repeat(40), 'aB2C', 'speakers', 'places', 'level'],
].flat();
const PART_NAMES = [
  ['name', 'url', 'role', 'lat', 'text', 'A', 'constructor', 'valueOf', 'eq', 'some', 'count', 'isNull'],
  ['select', 'id', 'position', 'isPublic', 'articleId', 'null', 'value'],
].flat();
const THINGS = ['Author', 'Series', 'Person', 'Constructor', 'ToString', 'Select', 'City', 'X'];
const ENUM_VALUES = [
  'low',
  'High',
  'in progress',
  'Straße',
  'true',
  '1',
  'constructor',
  'toString',
  'Z',
  'eq',
];
const SCALARS = ['text', 'text', 'text', 'url', 'int', 'float', 'date', 'boolean', 'enum'];
const KINDS = [...SCALARS, 'term', 'terms', 'terms', 'article', 'articles', 'articles', 'object', 'list'];

/** A model of 3 to 14 keys, as a file of its owner's is read. */
export function randomModel(random: Random): OwnModel {
  let fields = random
    .some(FIELD_NAMES, 3, 14)
    .map((name) => `  ${JSON.stringify(name)}: ${JSON.stringify(randomField(random, name))}`);
  // A mistake is a name that would be there twice: the field that has it goes.
  for (;;) {
    const parsed = parseModel(`fields:\n${fields.join('\n')}\n`);
    if ('model' in parsed) return parsed.model;
    const wrong = new Set(parsed.mistakes.map(({ line }) => line));
    const other = parsed.mistakes.find(({ message }) => !/already|twice|same name/u.test(message));
    if (other) throw new Error(`The random model is wrong: ${other.message} ${fields[other.line - 2]}`);
    fields = fields.filter((_, index) => !wrong.has(index + 2));
  }
}

function randomField(random: Random, name: string): object {
  const kind = random.pick(KINDS);
  const field: Record<string, unknown> = { kind };
  if (random.chance(0.2)) field.public = false;
  if (random.chance(0.25)) field.from = random.some([name, 'Some Key', 'ähnlich', `${name}_2`], 1, 3);
  if (random.chance(0.1)) field.only = random.pick(['News/**', 'a/', '*.md', '/*']);
  if (random.chance(0.1)) field.required = true;
  if (kind === 'term' || kind === 'terms') field.of = random.pick(THINGS);
  if (kind === 'object' || kind === 'list')
    field.fields = Object.fromEntries(
      random.some(PART_NAMES, 1, 4).map((part) => [part, randomPart(random)]),
    );
  if (!SCALARS.includes(kind)) return field;
  const values = kind === 'enum' ? random.some(ENUM_VALUES, 1, 5) : null;
  if (values) field.values = values;
  if (random.chance(0.3)) field.index = true;
  if (kind !== 'boolean' && kind !== 'url' && random.chance(0.5)) field.order = true;
  if (random.chance(0.25)) {
    const otherwise = randomDefault(random, kind, values);
    if (otherwise !== undefined) field.default = otherwise;
  }
  return field;
}

function randomPart(random: Random): unknown {
  const kind = random.pick(SCALARS);
  if (kind === 'enum') return { kind, values: random.some(ENUM_VALUES, 1, 4) };
  return random.chance(0.7) ? kind : { kind, from: random.some(['one', 'Two', 'three'], 1, 2) };
}

function randomDefault(random: Random, kind: string, values: readonly string[] | null): unknown {
  switch (kind) {
    case 'text':
      return random.pick(['Straße', 'none', '\u{10ffff}', '"']);
    case 'int':
      return random.pick(INTS.filter((one) => Math.abs(one) < 2 ** 31));
    case 'float':
      return random.pick(FLOATS);
    case 'boolean':
      return random.chance(0.5);
    case 'enum':
      return random.pick(values ?? []);
    default:
      return undefined;
  }
}
