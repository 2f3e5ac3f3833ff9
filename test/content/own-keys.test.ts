import { describe, expect, it } from 'vitest';
import type { ArticleRecord } from '../../src/content/article/article.ts';
import { parseArticle } from '../../src/content/parse-article.ts';
import type { Problem } from '../../src/content/problems/problem.ts';
import { defaultReading, prepareReading, type ReadingSettings } from '../../src/content/reading.ts';
import { noOwnKeys, type OwnModel } from '../../src/model/own-model.ts';
import { noOwnValues } from '../../src/model/own-values.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { ownIdPrefix } from '../../src/text/id-prefixes.ts';
import { fileOf } from './parse.ts';

function modelOf(fields: string): OwnModel {
  const parsed = parseModel(`fields:\n${fields.replace(/^/gmu, '  ')}`);
  if ('mistakes' in parsed) throw new Error(JSON.stringify(parsed.mistakes));
  return parsed.model;
}

interface Options extends Partial<ReadingSettings> {
  path?: string;
}

/** What a file says under the keys of a model, as plain data, and its problems. */
function read(fields: string, text: string, { path = 'notes/one.md', ...settings }: Options = {}) {
  const reading = prepareReading({ ...defaultReading, ...settings, model: modelOf(fields) });
  const { article, problems } = parseArticle(path, text.startsWith('---') ? text : fileOf(text), reading);
  if (article === null) throw new Error(JSON.stringify(problems));
  return { article, problems, values: plain(article), told: problems.map(tell) };
}

function plain({ own }: ArticleRecord): Record<string, unknown> {
  const parts = [...own.parts].map(([name, list]) => [name, list.map((part) => Object.fromEntries(part))]);
  const terms = [...own.terms].map(([name, list]) => [name, list.map((term) => term.name)]);
  return Object.fromEntries([...own.scalars, ...terms, ...own.references, ...parts]);
}

const tell = ({ line, column, code }: Problem) => `${line}:${column} ${code}`;

/** The value of the key `x` of a kind, and the codes of the problems. */
function readOne(kind: string, value: string, options?: Options): unknown {
  const { values, problems } = read(`x: ${kind}`, `x: ${value}`, options);
  return problems.length === 0 ? values.x : problems.map(({ code }) => code).join(' ');
}

const LONG = 'a'.repeat(1_001);

describe('one value', () => {
  it.each([
    ['text', '"  two words  "', 'two words'],
    ['text', '007', '007'],
    ['text', 'yes', 'yes'],
    ['text', '[a]', 'TEXT_EXPECTED'],
    ['text', '{ a: b }', 'TEXT_EXPECTED'],
    ['text', '"a\\0b"', 'TEXT_UNSAFE'],
    ['text', '"a\\ud800"', 'TEXT_UNSAFE'],
    ['text', '""', undefined],
    ['text', '', undefined],
    ['text', LONG, LONG],
    ['text', 'a'.repeat(20_001), 'TEXT_TOO_LONG'],
    ['{ kind: text, index: true }', LONG, 'TEXT_TOO_LONG'],
    ['{ kind: text, order: true }', LONG, 'TEXT_TOO_LONG'],
    ['url', 'https://example.org/a', 'https://example.org/a'],
    ['url', '/a', 'URL_INVALID'],
    ['url', 'javascript:alert(1)', 'URL_INVALID'],
    ['url', 'https://name:word@example.org/', 'URL_INVALID'],
    ['int', '-2147483648', -2_147_483_648],
    ['int', '2147483647', 2_147_483_647],
    ['int', '"12"', 12],
    ['int', '-0', 0],
    ['int', '2147483648', 'NUMBER_INVALID'],
    ['int', '-2147483649', 'NUMBER_INVALID'],
    ['int', '1.5', 'NUMBER_INVALID'],
    ['int', '0x10', 'NUMBER_INVALID'],
    ['int', '1e999', 'NUMBER_INVALID'],
    ['float', '0.1', 0.1],
    ['float', '-.5', -0.5],
    ['float', '1e3', 1_000],
    ['float', '-0.0', 0],
    ['float', '0.12345678901234567', 0.123456789012346],
    ['float', '1e300', 1e300],
    ['float', '1e301', 'FLOAT_INVALID'],
    ['float', '1e999', 'FLOAT_INVALID'],
    ['float', '-1e999', 'FLOAT_INVALID'],
    ['float', '.nan', 'FLOAT_INVALID'],
    ['float', 'NaN', 'FLOAT_INVALID'],
    ['float', '.inf', 'FLOAT_INVALID'],
    ['float', '"4,5"', 'FLOAT_INVALID'],
    ['float', '1.2.3', 'FLOAT_INVALID'],
    ['date', '2024-02-21', '2024-02-21T00:00:00.000Z'],
    ['date', '2024-02-21T09:01:00+08:00', '2024-02-21T01:01:00.000Z'],
    ['date', '2024-02-30', 'DATE_INVALID'],
    ['date', 'soon', 'DATE_FORM_UNKNOWN'],
    ['date', '03/04/2024', 'DATE_AMBIGUOUS'],
    ['boolean', 'yes', true],
    ['boolean', 'false', false],
    ['boolean', '"True"', true],
    ['boolean', '"yes"', 'BOOLEAN_INVALID'],
    ['boolean', '1', 'BOOLEAN_INVALID'],
    ['boolean', '[true]', 'BOOLEAN_INVALID'],
    ['{ kind: enum, values: [in progress, done] }', 'In Progress', 'in_progress'],
    ['{ kind: enum, values: [yes, no] }', 'No', 'no'],
    ['{ kind: enum, values: [007, 8] }', '007', '_007'],
    ['{ kind: enum, values: [a, b] }', 'c', 'ENUM_UNKNOWN'],
    ['{ kind: enum, values: [a, b] }', 'constructor', 'ENUM_UNKNOWN'],
    ['{ kind: enum, values: [a, b] }', '[a]', 'TEXT_EXPECTED'],
  ])('reads %s of %s', (kind, value, expected) => {
    expect(readOne(kind, value)).toEqual(expected);
  });

  it('is a moment of the zone of the settings', () => {
    expect(readOne('date', '2024-02-21', { timeZone: 'Asia/Tokyo' })).toBe('2024-02-20T15:00:00.000Z');
  });

  it('names the values and the one that was likely meant', () => {
    const { problems } = read('level: { kind: enum, values: [beginner, expert] }', 'level: beginer');
    expect(problems).toMatchObject([
      { line: 2, column: 8, field: 'level', value: 'beginer', expected: 'one of `beginner`, `expert`' },
    ]);
    expect(problems[0]?.fix).toBe('Did you mean `beginner`? Write one of these.');
  });
});

describe('shared things', () => {
  it.each([
    ['Ann Lee', ['Ann Lee']],
    ['[Ann  Lee, ann lee, Bo]', ['Ann Lee', 'Bo']],
    ['[{ name: Ann, url: /x }, { title: Bo }, "Lee, Cy"]', ['Ann', 'Bo', 'Lee, Cy']],
    ['{ Name: Ann }', ['Ann']],
    ['[yes, 12]', ['yes', '12']],
    ['[null, ""]', undefined],
    ['[{ url: x }]', 'TERM_WITHOUT_NAME'],
    ['[[Ann]]', 'TEXT_EXPECTED'],
    [`"${'a'.repeat(301)}"`, 'TEXT_TOO_LONG'],
  ])('reads %s', (value, expected) => {
    expect(readOne('{ kind: terms, of: Author }', value)).toEqual(expected);
  });

  it('parts a text at commas under a plural key alone', () => {
    expect(read('authors: { kind: terms, of: Author }', 'authors: Ann, Bo').values.authors).toEqual([
      'Ann',
      'Bo',
    ]);
    expect(read('author: { kind: terms, of: Author }', 'author: Lee, Ann').values.author).toEqual([
      'Lee, Ann',
    ]);
    expect(read('series: { kind: term, of: Series }', 'series: One, two').values.series).toEqual([
      'One, two',
    ]);
  });

  it('takes one where there is one, and tells of more', () => {
    const { values, told } = read('series: { kind: term, of: Series }', 'series: [One, Two]');
    expect(values.series).toEqual(['One']);
    expect(told).toEqual(['2:9 LIST_TOO_LONG']);
  });

  it('takes 200 of 10,000', () => {
    const names = Array.from({ length: 9_000 }, (_, index) => `n${index}`).join(', ');
    const { values, told } = read('authors: { kind: terms, of: Author }', `authors: [${names}]`);
    expect(values.authors).toHaveLength(200);
    expect(told).toMatchObject([expect.stringContaining('LIST_TOO_LONG')]);
  });

  it('makes ids of the kind and the folded name alone', () => {
    const fields =
      'authors: { kind: terms, of: Author }\neditor: { kind: term, of: Author }\nseries: { kind: term, of: Series }';
    const { article } = read(
      fields,
      'authors: [Ann Lee]\neditor: ann  lee\nseries: Ann Lee\ntopics: [Ann Lee]',
    );
    const id = (name: string) => article.own.terms.get(name)?.[0]?.id ?? '';
    expect(id('authors')).toMatch(/^o[0-9a-f]{6}_[\w-]{16}$/u);
    expect(id('authors').startsWith(ownIdPrefix('Author'))).toBe(true);
    expect(id('editor')).toBe(id('authors'));
    expect(id('series').slice(8)).not.toBe(id('authors').slice(8));
    expect(id('authors').slice(8)).not.toBe(article.topics[0]?.id.slice(2));
    expect(article.own.terms.get('authors')?.[0]).toMatchObject({ slug: 'ann-lee', name: 'Ann Lee' });
  });
});

describe('references', () => {
  const none = { urlKey: null, pathKey: null, slug: null, placeKey: null };
  it.each<[string, object | string]>([
    ['first-frost', { slug: 'first-frost', placeKey: 'first-frost' }],
    ['guides/first-frost', { slug: 'guides/first-frost', placeKey: 'guides/first-frost' }],
    ['/guides/first-frost/?a#b', { pathKey: '/guides/first-frost' }],
    ['/guides/a.fr.md', { pathKey: '/guides/a.fr.md', placeKey: 'guides/a' }],
    ['https://www.example.org/a/#b', { urlKey: 'example.org/a' }],
    ['./two.md', { slug: 'notes/two', placeKey: 'notes/two' }],
    ['two.fr.md#below', { slug: 'notes/two', placeKey: 'notes/two' }],
    ['../guides/index.md', { slug: 'guides', placeKey: 'guides' }],
    ['../guides/', { slug: 'guides', placeKey: 'guides' }],
    ['../index.md', { slug: 'index', placeKey: '' }],
    ['guides/a.md', { slug: 'guides/a', placeKey: 'notes/guides/a' }],
    ['"[[First Frost]]"', { text: '[[First Frost]]', slug: 'First Frost', placeKey: 'First Frost' }],
    ['"[[first-frost#below|shown]]"', { text: '[[first-frost#below|shown]]', slug: 'first-frost' }],
    ['[[first-frost]]', { slug: 'first-frost', placeKey: 'first-frost' }],
    ['v1.2', { slug: 'v1.2', placeKey: 'v1.2' }],
    ['../../../etc/passwd', 'REFERENCE_INVALID'],
    ['//example.org/a', 'REFERENCE_INVALID'],
    ['https://', 'REFERENCE_INVALID'],
    ['/a/../b', 'REFERENCE_INVALID'],
    ['a//b', 'REFERENCE_INVALID'],
    ['"[[#below]]"', 'REFERENCE_INVALID'],
    ['{ slug: a }', 'TEXT_EXPECTED'],
    [`"${'a'.repeat(1_025)}"`, 'REFERENCE_INVALID'],
    [`"${'a'.repeat(2_049)}"`, 'TEXT_TOO_LONG'],
  ])('reads %s', (value, expected) => {
    const found = readOne('article', value);
    if (typeof expected === 'string') expect(found).toBe(expected);
    else if ('text' in expected) expect(found).toMatchObject([expected]);
    else expect(found).toEqual([{ ...none, ...expected, text: value.replace(/[[\]]/gu, '') }]);
  });

  it('knows the site and the folders of languages', () => {
    const settings = { siteUrl: 'https://example.org/blog', locales: ['fr'] };
    const { values } = read(
      'x: articles',
      'x: [https://example.org/blog/a/, /b, fr/c, ../fr/c.md, fr/c]',
      settings,
    );
    expect(values.x).toMatchObject([
      { urlKey: 'example.org/blog/a', pathKey: '/a' },
      { urlKey: 'example.org/blog/b', pathKey: '/b' },
      { slug: 'fr/c', placeKey: 'c' },
      { slug: 'c', placeKey: 'c' },
    ]);
  });

  it('takes one where there is one, and 200 of more', () => {
    const list = `[${Array.from({ length: 300 }, (_, index) => `n${index}`).join(', ')}]`;
    const { values, told } = read('x: article\ny: articles', `x: ${list}\ny: ${list}`);
    expect(values.x).toHaveLength(1);
    expect(values.y).toHaveLength(200);
    expect(told).toEqual(['2:4 LIST_TOO_LONG', '3:4 LIST_TOO_LONG']);
  });
});

describe('objects', () => {
  const speakers =
    'speakers: { kind: list, fields: { age: int, name: text, url: url, role: { kind: text, from: [job, role] } } }';

  it('reads a list, one mapping, and a text as the first field that takes it', () => {
    expect(read(speakers, 'speakers:\n  - { name: Ann, Job: Host }\n  - Bo').values.speakers).toEqual([
      { name: 'Ann', role: 'Host' },
      { name: 'Bo' },
    ]);
    expect(read(speakers, 'speakers: { age: 40 }').values.speakers).toEqual([{ age: 40 }]);
    expect(read('place: { kind: object, fields: { lat: float } }', 'place: here').told).toEqual([
      '2:8 MAPPING_EXPECTED',
    ]);
  });

  it('tells at the exact place what is not used', () => {
    const text =
      'speakers:\n  - name: Ann\n    age: old\n    nmae: x\n  - {}\n  - [a]\n  - { role: a, job: b }';
    const { values, told, problems } = read(speakers, text);
    expect(values.speakers).toEqual([{ name: 'Ann' }, { role: 'b' }]);
    expect(told).toEqual([
      '4:10 NUMBER_INVALID',
      '5:5 UNKNOWN_KEY',
      '7:5 MAPPING_EXPECTED',
      '8:7 ALIAS_NOT_USED',
    ]);
    expect(problems[0]?.field).toBe('speakers[0].age');
    expect(problems[1]?.fix).toContain('Did you mean `name`?');
  });

  it('has names that objects have by themselves', () => {
    const fields = 'constructor: { kind: object, fields: { constructor: text, toString: int } }';
    const text = 'constructor: { constructor: a, toString: 2, __proto__: { x: 1 } }';
    const { values, problems } = read(fields, text);
    expect(values.constructor).toEqual([{ constructor: 'a', toString: 2 }]);
    expect(problems.map(({ code }) => code)).toEqual(['UNKNOWN_KEY']);
    expect(read(fields, 'title: a').article.own.parts.size).toBe(0);
  });

  it('survives values that are deep', () => {
    const deep = `${'['.repeat(50)}${']'.repeat(50)}`;
    expect(readOne('{ kind: list, fields: { name: text } }', `[{ name: ${deep} }]`)).toBe('TEXT_EXPECTED');
    expect(readOne('{ kind: terms, of: Author }', deep)).toBe('TEXT_EXPECTED');
    expect(readOne('articles', `[${deep}]`)).toBe('TEXT_EXPECTED');
  });
});

describe('keys', () => {
  it('are found in any spelling, exact ones first', () => {
    const fields = 'eventDate: { kind: text, from: [event_date, happens] }';
    expect(read(fields, 'Event-Date: a').values.eventDate).toBe('a');
    const { values, told } = read(fields, 'happens: c\nEventDate: a\nevent_date: null');
    expect(values.eventDate).toBe('c');
    expect(told).toEqual(['3:1 ALIAS_NOT_USED']);
    expect(read('a: { kind: text, from: "__proto__" }', '__proto__: x').values.a).toBe('x');
  });

  it('are known, and suggested', () => {
    const { told, problems } = read('subtitel: text\nweight: int', 'subtitel: a\nwieght: 3');
    expect(told).toEqual(['3:1 UNKNOWN_KEY']);
    expect(problems[0]?.fix).toContain('Did you mean `weight`?');
  });

  it('take aliases away from built-in ones, but none on which showing hangs', () => {
    const { article, told } = read('subtitle: text\nlang: text', 'subtitle: a\ndeck: b\nlang: Basic');
    expect(article.excerpt).toBe('b');
    expect(article.locale).toBeNull();
    expect(plain(article)).toEqual({ subtitle: 'a', lang: 'Basic' });
    expect(told).toEqual([]);
    const both = read(
      'day: { kind: date, from: date }\nend: { kind: text, from: expires }\nhead: { kind: text, from: title }\nstate: { kind: text, from: status }\ndraft: boolean',
      'date: 2024-02-21\nexpires: 2030-01-01\ntitle: T\nstatus: draft\ndraft: true',
    );
    expect(both.article).toMatchObject({
      title: 'T',
      publishedAt: '2024-02-21T00:00:00.000Z',
      expiresAt: '2030-01-01T00:00:00.000Z',
      hiddenBecause: ['DRAFT', 'STATUS'],
    });
    expect(both.values).toEqual({
      day: both.article.publishedAt,
      end: '2030-01-01',
      head: 'T',
      state: 'draft',
      draft: true,
    });
    expect(both.told).toEqual([]);
  });

  it('tell once of what both read, and hide no article by a kind that a time is not', () => {
    const same = read('day: { kind: date, from: date }', 'date: 2024-02-30');
    expect(same.told).toEqual(['2:7 DATE_INVALID']);
    expect(same.article.hiddenBecause).toEqual(['UNREADABLE']);
    expect(read('day: { kind: int, from: date }', 'date: 2024-02-20').article.hiddenBecause).toEqual([]);
  });

  it('may share a key of the files', () => {
    const { values, told } = read('a: { kind: text, from: x }\nb: { kind: int, from: x }', 'x: 3');
    expect(values).toEqual({ a: '3', b: 3 });
    expect(told).toEqual([]);
  });

  it('below an object of the owner are its own; others hide as anywhere', () => {
    const fields =
      'talks: { kind: list, fields: { name: text, published: boolean } }\nparams: { kind: object, fields: { draft: boolean } }';
    expect(read(fields, 'talks: [{ name: a, published: no }]').article.published).toBe(true);
    // What tools call a bag of more keys speaks of the article, whoever names its parts.
    expect(read(fields, 'params: { draft: true }').article.hiddenBecause).toEqual(['DRAFT']);
    expect(read(fields, 'talks: [{ name: a, draft: true }]').article.hiddenBecause).toEqual(['DRAFT']);
    expect(read(fields, 'other: { published: no }').article.hiddenBecause).toEqual(['DRAFT']);
  });

  it('are for the files of `only`, and defaults for all', () => {
    const fields =
      'place: { kind: text, only: "events/**", required: true }\nseats: { kind: int, default: 10, only: "events/**" }\nsubtitle: { kind: text, only: "events/**" }';
    const inside = read(fields, 'place: Hall\nseats: many\nsubtitle: s', { path: 'events/2024/a.md' });
    expect(inside.values).toEqual({ place: 'Hall', seats: 10, subtitle: 's' });
    expect(inside.told).toEqual(['3:8 NUMBER_INVALID']);
    const outside = read(fields, 'place: Hall\nsubtitle: s', { path: 'notes/a.md' });
    expect(outside.values).toEqual({ seats: 10 });
    expect(outside.article.excerpt).toBe('s');
    expect(outside.told).toEqual(['2:1 UNKNOWN_KEY']);
  });

  it('are told of when required and missing', () => {
    const fields = 'authors: { kind: terms, of: Author, required: true }';
    expect(read(fields, 'title: a').problems).toMatchObject([
      {
        code: 'KEY_REQUIRED',
        severity: 'warning',
        field: 'authors',
        line: null,
        message: '`authors` is missing.',
      },
    ]);
    expect(read(fields, 'authors:\ntitle: a').told).toEqual(['2:1 KEY_REQUIRED']);
    expect(read(fields, 'authors: [ ]').told).toEqual(['2:1 KEY_REQUIRED']);
    expect(read(fields, 'authors: { x: y }').told).toEqual(['2:10 TERM_WITHOUT_NAME']);
    const reading = prepareReading({ ...defaultReading, model: modelOf(fields) });
    const codes = (text: string) => parseArticle('a.md', text, reading).problems.map(({ code }) => code);
    expect(codes('# No front matter\n')).toEqual(['KEY_REQUIRED']);
    expect(codes('')).toEqual(['EMPTY_FILE']);
  });

  it('may be 200', () => {
    const names = Array.from({ length: 200 }, (_, index) => `key${index}`);
    const { values, told } = read(
      names.map((name) => `${name}: int`).join('\n'),
      names.map((name) => `${name}: 1`).join('\n'),
    );
    expect(Object.keys(values)).toEqual(names);
    expect(told).toEqual([]);
  });

  it('are read of JSON and TOML, too', () => {
    const fields = 'weight: int\nok: boolean\nday: date';
    expect(read(fields, '---json\n{ "weight": -3, "ok": true, "day": "2024-02-21" }\n---\n').values).toEqual({
      weight: -3,
      ok: true,
      day: '2024-02-21T00:00:00.000Z',
    });
    expect(read(fields, '---toml\nweight = 4\nok = false\n---\n').values).toEqual({ weight: 4, ok: false });
  });

  it('cost a folder without them nothing', () => {
    expect(parseArticle('a.md', fileOf('weight: 3')).article?.own).toBe(noOwnValues);
    const reading = prepareReading({ ...defaultReading, model: noOwnKeys });
    expect(parseArticle('a.md', fileOf('subtitle: s'), reading).article?.excerpt).toBe('s');
  });
});
