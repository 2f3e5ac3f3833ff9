import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { startFinding } from '../../src/content/find-keys/find-keys.ts';
import { proposeFields } from '../../src/content/find-keys/propose-fields.ts';
import { writeModel } from '../../src/content/find-keys/write-model.ts';
import { defaultReading, prepareReading } from '../../src/content/reading.ts';
import { noOwnKeys } from '../../src/model/own-model.ts';
import { parseModel } from '../../src/model/parse-model.ts';

/** The model that is written for files of these keys, as JSON, and its fields by key. */
function modelOf(files: Record<string, unknown>[], present: string | null = null) {
  const finding = startFinding(prepareReading(defaultReading));
  for (const [index, data] of files.entries()) {
    finding.look(`notes/file-${index}.md`, `---\n${JSON.stringify(data)}\n---\nText.\n`);
  }
  const parsed = present === null ? { model: noOwnKeys } : parseModel(present);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  const found = finding.finish();
  expect(found.unreadable).toBe(0);
  const text = writeModel(proposeFields(found, parsed.model), present);
  const result = parseModel(text);
  if (!('model' in result)) throw new Error(`${JSON.stringify(result.mistakes)}\n${text}`);
  return { text, fields: new Map(result.model.fields.map((field) => [field.from[0] ?? '', field])) };
}

const many = (number: number, make: (index: number) => unknown) =>
  Array.from({ length: number }, (_, index) => ({ key: make(index) }));

test.each<[string, unknown[], string]>([
  ['whole and broken numbers', ['1', '2.5'], 'float'],
  ['a number and a text', ['1', 'one'], 'text'],
  ['numbers with zeros before them', ['007', '010'], 'text'],
  ['numbers beyond 32 bits', ['4294967296', '1'], 'float'],
  ['dates', ['2024-02-21', '21 Feb 2024'], 'date'],
  ['a date and a text', ['2024-02-21', 'soon'], 'text'],
  ['booleans', [true, false], 'boolean'],
  ['a boolean and a text', [true, 'maybe'], 'text'],
  ['URLs', ['https://a.example/x', 'http://b.example'], 'url'],
  ['a URL with another scheme', ['https://a.example/x', 'ftp://b.example'], 'text'],
  ['nothing but nulls', [null, null], 'text'],
  ['slugs of other files', ['notes/file-1', 'notes/file-0'], 'article'],
  ['paths of other files, and one of none', ['/notes/file-1', '/notes/gone'], 'text'],
  ['links of a wiki', ['[[notes/file-1]]', '[[file-0|The first]]'], 'article'],
  ['their own slugs', ['notes/file-0', 'notes/file-1'], 'text'],
  ['a list, and single texts', [['a'], 'b'], 'terms'],
  ['an object, and a list of them', [{ name: 'a' }, [{ name: 'b' }]], 'list'],
])('%s', (_, values, kind) => {
  expect(modelOf(values.map((key) => ({ key }))).fields.get('key')?.kind).toBe(kind);
});

test('an enum takes many files, few values and words without blanks', () => {
  const kindOf = (number: number, values: string[]) =>
    modelOf(many(number, (index) => values[index % values.length])).fields.get('key')?.kind;
  expect(kindOf(20, ['easy', 'hard'])).toBe('enum');
  expect(kindOf(18, ['easy', 'hard'])).toBe('term');
  expect(kindOf(20, ['Ann Lee', 'Bo Chen'])).toBe('term');
  expect(kindOf(20, ['a', 'b', 'c', 'd', 'e', 'f'])).toBe('term');
});

test('names that are taken get an ending, and keep their key', () => {
  const keys = [
    'type_',
    'id',
    'wordCount',
    'html',
    'webhook',
    'webHook ',
    '作者',
    '題名',
    '3d',
    '__proto__x',
  ];
  const { fields } = modelOf([Object.fromEntries(keys.map((key) => [key, 'x y']))]);
  expect([...fields].map(([key, { name }]) => [key, name])).toEqual([
    ['3d', 'key3d'],
    ['__proto__x', 'protoX'],
    ['html', 'htmlValue'],
    ['id', 'idValue'],
    ['webHook ', 'webHook'],
    ['wordCount', 'wordCountValue'],
    ['作者', 'key'],
    ['題名', 'keyValue'],
  ]);
});

test('what is private by its name is so, and shows no value', () => {
  const { text, fields } = modelOf(
    many(20, (index) => ['hush', 'quiet'][index % 2]).map(({ key }) => ({
      api_key: key,
      Notes: key,
      tokenised: key,
      level: key,
    })),
  );
  expect(['api_key', 'Notes', 'tokenised', 'level'].map((key) => fields.get(key)?.isPublic)).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(text.match(/hush/gu)).toHaveLength(2);
});

test('hostile keys and values always make a model that is good, and one that can be added to', () => {
  const random = seeded(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const pieces = [
    ...[
      'constructor',
      '__proto__',
      'toString',
      'select',
      'type',
      'id',
      'and',
      'not',
      'null',
      'true',
      'no',
      '~',
      '',
    ],
    ...[
      '"',
      "'",
      '\\',
      '# x',
      ': ',
      '- ',
      '{',
      '}',
      '[',
      '\n',
      '\r',
      '\u0000',
      '\u0085',
      '\u2028',
      '\u202e',
      '\ufeff',
      '\t',
    ],
    ...[
      'é',
      '作',
      '😀',
      '\ud83d',
      ' ',
      '_',
      '-',
      '.',
      '$',
      '*',
      '&',
      '!',
      '%',
      '@',
      '`',
      '|',
      '>',
      '?',
      'x'.repeat(90),
      'Filter',
    ],
    ...['author', 'authors', 'Author', 'Connection', 'email', '1', '2024-01-01', 'https://a.example/'],
  ];
  const text = () => Array.from({ length: Math.floor(random() * 4) }, () => pick(pieces)).join('');
  const value = (depth: number): unknown => {
    const kind = Math.floor(random() * (depth > 2 ? 4 : 6));
    if (kind === 0) return null;
    if (kind === 1) return random() < 0.5;
    if (kind < 4) return text();
    if (kind === 4) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth + 1));
    return mapping(depth + 1, 4);
  };
  const mapping = (depth: number, size: number): Record<string, unknown> =>
    Object.fromEntries(Array.from({ length: size }, () => [text(), value(depth)]));
  for (let round = 0; round < 8; round += 1) {
    const files = Array.from({ length: 8 }, () => mapping(0, 40));
    const first = modelOf(files);
    expect(parseDocument(first.text).warnings).toEqual([]);
    const more = [...files, mapping(0, 40), { 'one more key': 1 }];
    const second = modelOf(more, first.text);
    for (const [key, field] of first.fields) expect(second.fields.get(key)).toEqual(field);
    expect(second.fields.has('one more key') || second.fields.size === 200).toBe(true);
  }
});

test('a key of 300 characters is left out, and said to be; there are 200 fields at most', () => {
  const long = 'k'.repeat(300);
  const files = [
    Object.fromEntries([[long, 'x'], ...Array.from({ length: 250 }, (_, index) => [`plain${index}x`, 'x'])]),
  ];
  const { text, fields } = modelOf(files);
  expect(fields.size).toBe(200);
  expect(text).toMatch(/^# Left out: "kkk.*…", as it has more than 200 characters\.$/mu);
  expect(text).toMatch(/^# Left out: \d+ more keys\.$/mu);
});

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

const habits = new URL('../fixtures/habits/', import.meta.url);

// What their owners would have chosen, by hand.
test.each<[string, Record<string, string>]>([
  ['wordpress', { guid: 'url', id: 'int', author: 'term' }],
  ['pelican', { Authors: 'terms', Author: 'term', save_as: 'text', translation: 'boolean' }],
  ['docusaurus', { sidebar_position: 'int', authors: 'terms', id: 'text', last_update: 'date' }],
  ['hugo-yaml', { layout: 'text', menu: 'text', params: 'object', weight: 'int' }],
])('the folder of %s gets the kinds that its owner would choose', (tool, kinds) => {
  const finding = startFinding(prepareReading(defaultReading));
  const root = new URL(`${tool}/content/`, habits);
  for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (/\.(?:md|mdx|txt)$/u.test(path)) finding.look(path, readFileSync(new URL(path, root), 'utf8'));
  }
  const { fields, leftOut } = proposeFields(finding.finish(), noOwnKeys);
  expect(leftOut).toEqual([]);
  expect(Object.fromEntries(fields.map(({ key, field }) => [key, field.kind]))).toEqual(kinds);
});

test('leaves out of an object what hides an article: as a part of it, it would hide nothing', () => {
  const { text, fields } = modelOf([
    { params: { layout: 'wide', draft: true, state: 'draft', password: 'x' } },
    { params: { layout: 'wide', isDraft: false, publish: 'yes' } },
  ]);
  expect(fields.get('params')).toMatchObject({ fields: [{ name: 'layout' }] });
  expect(text).toContain('"draft"');
});
