import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/content/parse-article.ts';
import { codesOf, fileOf, parseClean, parseLoaded } from './parse.ts';

const yaml = fileOf(
  [
    'title: The quay at low tide',
    'date: 2024-02-21T09:01:00+08:00',
    'quality: 70',
    'draft: false',
    'topics: [Tides, "007"]',
    'provider: { name: Quay Notes, domain: quay.example }',
    'related:',
    '  - { title: Another quay, webUrl: "https://quay.example/b", quality: 5 }',
  ].join('\n'),
  'A body.',
);
const toml = `+++
title = "The quay at low tide"
date = 2024-02-21T09:01:00+08:00 # a date of its own kind
quality = 70
draft = false
topics = ["Tides", "007"]

[provider]
name = "Quay Notes"
domain = 'quay.example'

[[related]]
title = """Another quay"""
webUrl = "https://quay.example/b"
quality = 5
+++
A body.`;
const object = {
  title: 'The quay at low tide',
  date: '2024-02-21T09:01:00+08:00',
  quality: 70,
  draft: false,
  topics: ['Tides', '007'],
  provider: { name: 'Quay Notes', domain: 'quay.example' },
  related: [{ title: 'Another quay', webUrl: 'https://quay.example/b', quality: 5 }],
};
const json = JSON.stringify(object, null, '\t');

describe('front matter in another language', () => {
  it.each([
    ['TOML', toml],
    ['TOML that is named', toml.replace('+++', '---toml').replace('\n+++', '\n---')],
    ['a leading JSON object', `${json}\nA body.`],
    ['a leading JSON object on one line', `${JSON.stringify(object)}\n\nA body.`],
    ['JSON between semicolons', `;;;\n${json}\n;;;\nA body.`],
    ['JSON between semicolons without braces', `;;;\n${json.slice(1, -1)}\n;;;\nA body.`],
    ['JSON that is named', `---json\n${json}\n---\nA body.`],
    ['TOML with Windows line ends and a BOM', `\ufeff${toml.replaceAll('\n', '\r\n')}`],
  ])('says what YAML says: %s', (_name, text) => {
    expect(parseClean(text)).toEqual(parseClean(yaml));
  });

  it.each([
    ['+++\ndate = 2024-02-21\n+++\n', '2024-02-21T00:00:00.000Z'],
    ['+++\ndate = 2024-02-21 09:01:00\n+++\n', '2024-02-21T09:01:00.000Z'],
    ['+++\ndate = 2024-02-21T09:01:00.5Z\n+++\n', '2024-02-21T09:01:00.500Z'],
    ['+++\ndate = "21 Feb 2024"\n+++\n', '2024-02-21T00:00:00.000Z'],
    ['{ "date": "2024-02-21" }\n', '2024-02-21T00:00:00.000Z'],
  ])('reads the date of %j', (text, expected) => {
    expect(parseClean(text).publishedAt).toBe(expected);
  });

  it.each([
    ['+++\ntitle = "T"\ndraft = true\n+++\n', false],
    ['{ "title": "T", "published": false }\n', false],
    ['+++\ntitle = "T"\npublished = true\n+++\n', true],
    ['{ "title": "T", "draft": false }\n', true],
  ])('hides as YAML does: %j', (text, published) => {
    expect(parseClean(text).published).toBe(published);
  });

  it('reads numbers and large integers as they are written', () => {
    expect(parseClean('+++\ntitle = "T"\nquality = 7.0\n+++\n').quality).toBe(7);
    expect(parseClean('{ "title": "T", "quality": 10 }\n').quality).toBe(10);
    expect(codesOf('+++\nheat = 99999999999999999999\n+++\nBody')).toEqual(['NUMBER_INVALID']);
    expect(codesOf('{ "heat": 99999999999999999999 }\nBody')).toEqual(['NUMBER_INVALID']);
  });
});

describe('a problem of TOML or JSON', () => {
  const placesOf = (text: string) =>
    parseArticle('a.md', text).problems.map(({ code, field, line, column }) => [code, field, line, column]);

  it('has line and column of its key or value', () => {
    expect(
      placesOf(
        '+++\ntitle = "T"\n  quality = 700\nlayoutt = 1\n\n[provider]\nname = "N"\ndomain = "no domain"\n' +
          '[[related]]\ntitle = "A"\n[[related]]\nwebUrl = "nowhere"\n+++\n',
      ),
    ).toEqual([
      ['NUMBER_INVALID', 'quality', 3, 13],
      ['UNKNOWN_KEY', 'layoutt', 4, 1],
      ['DOMAIN_INVALID', 'provider.domain', 8, 10],
      ['LINK_WITHOUT_TARGET', 'related[1]', 11, 1],
      ['URL_INVALID', 'related[1].webUrl', 12, 10],
    ]);
    expect(
      placesOf(
        '{\n  "title": "T",\n  "quality": 700,\n  "images": [\n    "nowhere"\n  ],\n  "layoutt": 1\n}\n',
      ),
    ).toEqual([
      ['NUMBER_INVALID', 'quality', 3, 14],
      ['URL_INVALID', 'images[0]', 5, 5],
      ['UNKNOWN_KEY', 'layoutt', 7, 3],
    ]);
  });

  it('has line and column of what is not the language', () => {
    expect(placesOf('+++\ntitle = "T"\nquality: 7\n+++\n')).toEqual([['FRONT_MATTER_SYNTAX', null, 3, 8]]);
    expect(placesOf('+++\na = 1\na = 2\n+++\n')).toEqual([['FRONT_MATTER_DUPLICATE_KEY', null, 3, 1]]);
    expect(placesOf('{\n  "title": "T",\n  quality: 7\n}\n')).toEqual([['FRONT_MATTER_SYNTAX', null, 3, 3]]);
    expect(placesOf('{ "a": 1, // why\n "b": 2 }\n')).toEqual([['FRONT_MATTER_SYNTAX', null, 1, 11]]);
    expect(placesOf('{ "a": 1,\n  "a": 2 }\n')).toEqual([['FRONT_MATTER_DUPLICATE_KEY', null, 2, 3]]);
    expect(placesOf(';;;\n"a": 1,\n"a": 2\n;;;\n')).toEqual([['FRONT_MATTER_DUPLICATE_KEY', null, 3, 1]]);
  });

  it('of hostile text ends in a problem, and soon', () => {
    const hostile = [
      `+++\na = ${'['.repeat(900)}${']'.repeat(900)}\n+++\n`,
      `+++\n${'[a]\n'.repeat(1000)}+++\n`,
      `+++\n${Array.from({ length: 20_000 }, (_, at) => `k${at}.a.b.c = 1`).join('\n')}\n+++\n`,
      `+++\na = """${'\\'.repeat(300_001)}"""\n+++\n`,
      `{ "a": ${'['.repeat(5000)}${']'.repeat(5000)} }\n`,
      `{ "a": ${'{"a":'.repeat(900)}1${'}'.repeat(900)} }\n`,
      `{ ${Array.from({ length: 50_000 }, (_, at) => `"k${at}": 1`).join(', ')} }\n`,
      `{ "${'\\u0000'.repeat(100_000)}": 1 }\n`,
      '{ "__proto__": { "published": true }, "constructor": 1, "draft": true }\n',
      '+++\n__proto__ = { published = true }\nconstructor.prototype.published = true\ndraft = true\n+++\n',
    ];
    for (const text of hostile) {
      const { article, problems } = parseArticle('a.md', text);
      expect(problems.length, text.slice(0, 40)).toBeGreaterThan(0);
      if (text.includes('proto')) expect(article?.published).toBe(false);
    }
    expect(({} as { published?: unknown }).published).toBe(undefined);
    expect(parseLoaded('plain').article.published).toBe(true);
  }, 20_000);
});
