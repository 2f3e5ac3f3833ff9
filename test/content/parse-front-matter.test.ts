import { describe, expect, it } from 'vitest';
import { parseFrontMatter } from '../../src/content/front-matter/parse-front-matter.ts';
import { codesOf, fileOf, parseClean, parseLoaded } from './parse.ts';

const SPELLINGS = [
  'js',
  'JS',
  'Js',
  'javascript',
  'JavaScript',
  'JAVASCRIPT',
  ' js',
  '\tjs',
  ' javascript ',
  'js ',
  'coffee',
]
  .concat([
    'CoffeeScript',
    'cson',
    'json',
    'JSON',
    'json5',
    'toml',
    'ts',
    'node',
    'yamljs',
    'yaml js',
    'js\u00a0',
    ' # js',
  ])
  .concat(['constructor', '__proto__', 'toString']);

describe('code in front matter', () => {
  it.each(SPELLINGS)('is not run, and rejects the file: ---%s', (language) => {
    const code = '{ title: (globalThis.frontMatterRan = true, "T") }';
    for (const newline of ['\n', '\r\n', '\r']) {
      for (const lead of ['', '\ufeff']) {
        const text = `${lead}---${language}${newline}${code}${newline}---${newline}Body.`;
        const isRead = /^(?:json|toml)$/i.test(language);
        expect(codesOf(text)).toEqual([isRead ? 'FRONT_MATTER_SYNTAX' : 'FRONT_MATTER_LANGUAGE']);
      }
      parseLoaded(`${newline}---${language}${newline}${code}${newline}---${newline}Body.`);
      parseLoaded(` ---${language}${newline}${code}${newline}---${newline}Body.`);
    }
    expect('frontMatterRan' in globalThis).toBe(false);
  });

  it.each([
    '!!js/function "function () {}"',
    '!!js/undefined x',
    '!<tag:yaml.org,2002:js/regexp> /a/',
    '!custom x',
    '!!binary aGk=',
  ])('rejects the tag %s', (value) => {
    expect(codesOf(fileOf(`title: ${value}`))).toEqual(['FRONT_MATTER_SYNTAX']);
  });
});

describe('delimiters', () => {
  it.each(['---', '--- ', '---\t', '---yaml', '---yml', '---YAML', '--- yaml '])(
    'opens with "%s"',
    (opener) => {
      expect(parseClean(`${opener}\ntitle: T\n---\nB`)).toMatchObject({ title: 'T', body: 'B' });
    },
  );

  it.each(['\n---\n', '\n--- \n', '\n---\t\n', '\n---'])('closes with %j', (close) => {
    expect(parseClean(`---\ntitle: T${close}`)).toMatchObject({ title: 'T', body: '' });
  });

  it('does not end at a line that only begins with ---', () => {
    const { article, problems } = parseLoaded('---\ntitle: T\n---foo: 1\npublished: false\n---\nB');
    expect(article).toMatchObject({ published: false, body: 'B' });
    expect(problems).toMatchObject([{ code: 'UNKNOWN_KEY', field: '---foo' }]);
    for (const line of ['---foo', '----']) {
      const codes = codesOf(`---\ntitle: T\n${line}\npublished: false\n---\nB`);
      expect(codes).toEqual(['FRONT_MATTER_SYNTAX', 'FRONT_MATTER_HIDES']);
    }
    expect(codesOf('---\ntitle: T\n---foo')).toEqual(['FRONT_MATTER_UNCLOSED']);
  });

  it('keeps --- inside of a block text, and rules in the body', () => {
    const article = parseClean('---\ntitle: T\nexcerpt: |\n  a\n  ---\n  b\n---\nB\n\n---\n\nC');
    expect([article.excerpt, article.body]).toEqual(['a\n---\nb', 'B\n\n---\n\nC']);
  });
});

describe('budgets', () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    .concat(
      ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map(
        (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[at]}`)}]`,
      ),
    )
    .join('\n');

  it.each([
    ['an alias bomb', bomb],
    ['a text repeated by aliases', `a: &a "${'x'.repeat(100_000)}"\nb: [${Array(100).fill('*a')}]`],
    ['a list in itself', 'title: T\nloop: &a [1, *a]'],
    ['a mapping in itself', 'title: T\nloop: &a\n  self: *a'],
    ['depth', `title: ${'['.repeat(90)}${']'.repeat(90)}`],
    ['more depth', `title: ${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['ten thousand values', `topics: [${Array(10_001).fill('x')}]`],
    ['merges without end', `a: &a {x: 1}\nb: [${Array(10_500).fill('{<<: *a}')}]`],
  ])('rejects %s', (_name, block) => {
    expect(codesOf(fileOf(`title: T2\n${block}`.replace('title: T2\ntitle', 'title')))).toEqual([
      'FRONT_MATTER_TOO_COMPLEX',
    ]);
  });

  it('reads a plain alias', () => {
    expect(parseClean(fileOf('title: &t Tea\nexcerpt: *t')).excerpt).toBe('Tea');
  });

  it.each([
    ['blank lines', '\n'.repeat(1_500_000)],
    ['spaces', ' '.repeat(1_500_000)],
    ['no-break spaces', '\u00a0'.repeat(100_000)],
    ['more than two megabytes', `x: "${'x'.repeat(2_100_000)}"`],
  ])('rejects %s that would take time by the square', (_name, filler) => {
    expect(codesOf(fileOf(`title: T\n${filler}`))).toEqual(['FRONT_MATTER_TOO_LARGE']);
  });
});

it('gives the same answer when it is asked twice for a broken file', () => {
  const text = fileOf('title: [');
  expect(parseFrontMatter('a.md', text)).toEqual(parseFrontMatter('a.md', text));
  expect(codesOf(text)).toEqual(codesOf(text));
});

it.each([
  ['title: T\nbad: [1\nmore: 2', 'FRONT_MATTER_SYNTAX', 4],
  ['title: a: b', 'FRONT_MATTER_SYNTAX', 2],
  ['title: T\n\tbad: 1', 'FRONT_MATTER_SYNTAX', 3],
  ['title: T\nsame: 1\nsame: 2', 'FRONT_MATTER_DUPLICATE_KEY', 4],
  ['title: T\nprovider:\n  name: a\n  "name": b', 'FRONT_MATTER_DUPLICATE_KEY', 5],
  ['- a\n- b', 'FRONT_MATTER_NOT_MAPPING', 2],
  ['Just a sentence.', 'FRONT_MATTER_NOT_MAPPING', 2],
  ['true', 'FRONT_MATTER_NOT_MAPPING', 2],
  ['~', 'FRONT_MATTER_NOT_MAPPING', 2],
])('names the line of what it cannot read: %j', (block, code, line) => {
  const parsed = parseFrontMatter('a.md', fileOf(block));
  expect(parsed).toMatchObject({
    kind: 'rejected',
    problem: { code, line, severity: 'error', path: 'a.md' },
  });
});
