import { describe, expect, it } from 'vitest';
import { fileOf, parseClean, parseLoaded } from './parse.ts';

describe('published and draft', () => {
  it.each([
    ['published: true', true],
    ['published: TRUE', true],
    ['published: !!bool true', true],
    ['published: false', false],
    ['draft: true', false],
    ['draft: False', true],
    ['published: true\ndraft: true', false],
    ['published: false\ndraft: false', false],
  ])('%s', (lines, published) => {
    expect(parseClean(fileOf(`title: T\n${lines}`)).published).toBe(published);
  });

  it.each([
    '"true"',
    "'false'",
    'yes',
    'no',
    'on',
    '1',
    '0',
    'null',
    '',
    '~',
    '""',
    '[true]',
    '{a: true}',
    '2024-01-01',
    '!!str true',
    'truee',
  ])('hides what is no YAML boolean: %s', (value) => {
    for (const key of ['published', 'draft']) {
      const { article, problems } = parseLoaded(fileOf(`title: T\n${key}: ${value}`));
      expect(article.published).toBe(false);
      expect(problems).toMatchObject([
        { code: 'VISIBILITY_NOT_BOOLEAN', severity: 'warning', field: key, line: 3 },
      ]);
    }
  });

  it.each([
    'Published: false',
    'PUBLISHED: no',
    'publised: false',
    'is_published: false',
    'Draft: true',
    'drfat: true',
  ])('hides what was meant to hide: %s', (line) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\n${line}`));
    expect(article.published).toBe(false);
    expect(problems).toMatchObject([{ code: 'VISIBILITY_KEY_MISSPELT', severity: 'warning', line: 3 }]);
  });

  it.each(['Published: true', 'Draft: false', 'publisher: The Lantern', 'drafts: 3'])(
    'does not hide for %s',
    (line) => {
      const { article, problems } = parseLoaded(fileOf(`title: T\n${line}`));
      expect(article.published).toBe(true);
      expect(problems).toMatchObject([{ code: 'UNKNOWN_KEY' }]);
    },
  );

  it('follows a merge key, so that a shared `published: false` is not lost', () => {
    const { article } = parseLoaded(fileOf('base: &b {published: false}\n<<: *b\ntitle: T'));
    expect(article.published).toBe(false);
  });
});

describe('front matter left in a body', () => {
  it.each([
    ['a blank line before it', '\n---\ntitle: T\npublished: false\n---\nBody.', 2],
    ['many blank lines before it', '\n \n\t\n---\ntitle: T\n---\nBody.', 4],
    ['a space before it', ' ---\ntitle: T\n---\nBody.', 1],
    ['a BOM that is not first', ' \ufeff---\ntitle: T\n---\nBody.', 1],
    ['a zero-width space', '\u200b---\ntitle: T\n---\nBody.', 1],
    ['TOML after a blank line', '\n+++\ntitle = "T"\ndraft = true\n+++\nBody.', 2],
    ['JSON after a blank line', '\n{\n  "title": "T",\n  "published": false\n}\n\nBody.', 2],
    ['JSON with text behind it', '{"layout": "x", "title": "T"} Body.', 1],
    ['four dashes', '----\ntitle: T\n----\nBody.', 1],
    ['long dashes', '———\ntitle: T\n———\nBody.', 1],
    ['a script language after a blank line', '\n---js\n{ title: "T" }\n---\nBody.', 2],
    ['a fence', '```yaml\ntitle: T\n```\nBody.', 1],
    ['a fence around front matter', '```\n---\ntitle: T\n---\n```\n', 1],
    ['an HTML comment', '<!--\ntitle: T\ndate: 2024-01-01\n-->\nBody.', 1],
    ['no opening line', 'title: T\ntags:\n  - a\n  - b\n---\nBody.', 1],
    ['neither opening nor closing line', 'Title: T\nDate: 2024-01-01\n\nBody.', 1],
    ['one telling key', 'published: false\n\nBody.', 1],
    ['keys nobody knows, closed', '\n---\nlayout: post\nauthor: me\n---\nBody.', 2],
    ['a second block', '---\ntitle: T\n---\n---\npublished: false\n---\nBody.', 4],
    ['a second block after a blank line', '---\ntitle: T\n---\n\n---\nlayout: x\n---\nBody.', 5],
    ['Windows line ends', '\r\n---\r\ntitle: T\r\n---\r\nBody.', 2],
  ])('hides the article: %s', (_name, text, line) => {
    const { article, problems } = parseLoaded(text);
    expect(article.published).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'FRONT_MATTER_IN_BODY', severity: 'warning', line }),
    );
  });

  it.each([
    ['a rule at the top', '***\n\nOnce there was a pier.\n\n---\n\nIt is gone.'],
    ['a rule of dashes after a blank line', '\n---\n\nOnce there was a pier.'],
    ['a rule and a label', '\n---\nNote: the pier is closed.\n\nText.'],
    ['a rule in the middle', 'Text.\n\n---\ntitle: not front matter, but a line after a rule\n---\n'],
    ['a setext heading', 'The pier\n---\n\nText.'],
    ['a list', '- title: one\n- date: two'],
    ['a sentence with a colon', 'Summary: the pier is closed.\nIt will open again.'],
    ['a template', '{{ greeting }}\nText.'],
    ['a brace', '{ this is no JSON }'],
    ['a fence of code', '```js\nconst title = 1;\n```\n\nText.'],
    ['a rule right after front matter', '---\ntitle: T\n---\n\n---\n\nText.'],
  ])('does not hide %s', (_name, text) => {
    expect(parseClean(text).published).toBe(true);
  });
});
