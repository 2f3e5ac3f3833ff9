import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/content/parse-article.ts';
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
    'headless: true',
    'Deleted: yes',
    'trashed: on',
    'eleventyExcludeFromCollections: true',
    'render: false',
    'password: hunter2',
    'ｄｒａｆｔ: true',
    'Ｈｉｄｄｅｎ: yes',
    'build: { render: never }',
    '_build:\n  render: false',
  ])('reads the flags of single tools: %s', (lines) => {
    const { article } = parseLoaded(fileOf(`title: T\n${lines}`));
    expect(article?.hiddenBecause).toEqual(['DRAFT']);
  });

  it.each([
    'header: false',
    'build: { render: link, list: never }',
    'headless: false',
    'tender: no',
    'extra: { header: false, sender: no }',
    'author: { password: x }',
    'sidebar: { render: false }',
  ])('and takes nothing else for them: %s', (lines) => {
    expect(parseLoaded(fileOf(`title: T\n${lines}`)).article?.hiddenBecause).toEqual([]);
  });

  it.each([
    '{ // note\n "title": "x", "draft": true }\nText.',
    '{\n/* note */\n  title: "x",\n  draft: true,\n}\nText.',
    '{\n/** note */\n  "title": "x",\n    "draft": true\n}\nText.',
    '{\n/* a * b */\n  "title": "x",\n    "draft": true\n}\nText.',
    '{\n# c\n  "title": "x",\n    "draft": true\n}\nText.',
    '{\n "zz": 3,\n\t"isDraft": true } Text.',
    '{\n zz: 3, drfat: "yes" }\nText.',
    '{ zz: 3, /* state */ "is private": 1 }\nText.',
    '{ zz: 3,\n  // trash\n  Trashed: true }\nText.',
    '{\u200b zz: 3,\n  dra\u00adft: true }\nText.',
    '{ /* never closed\n "title": "x", "draft": true }\nText.',
    'Text.\n\n{\n    "layout": "x",\n\t"draft": true }\n',
  ])('hides an object with comments before its first key: %j', (text) => {
    expect(parseArticle('a.md', text).article?.hiddenBecause).toEqual(['UNREADABLE']);
  });

  it.each([
    ['comments', `{\n${'// c\n'.repeat(3000)}  "title": "x",\n    "draft": true\n}\nText.`],
    ['blanks', `{${' '.repeat(9000)}title: "x",\n    draft: true\n}\nText.`],
  ])('hides an object with thousands of %s before its first key', (_name, text) => {
    expect(parseArticle('a.md', text).article?.hiddenBecause).toEqual(['UNREADABLE']);
  });

  it.each(['null', '', '~', '""', '[true]', '{a: true}', '2024-13-45', 'truee', '2'])(
    'hides what says neither yes nor no: %s',
    (value) => {
      for (const key of ['published', 'draft', 'hidden', 'Public', 'is_private']) {
        const { article, problems } = parseLoaded(fileOf(`title: T\n${key}: ${value}`));
        expect(article).toMatchObject({ published: false, hiddenBecause: ['UNREADABLE'] });
        expect(problems).toMatchObject([
          { code: 'VISIBILITY_NOT_BOOLEAN', severity: 'warning', field: key, line: 3 },
        ]);
      }
    },
  );

  it.each([
    'publised: false',
    'drfat: true',
    'publised: "false"',
    'draf: yes',
    'drfta: on',
    'hiden: yes',
    'pirvate: true',
    'unlistd: 1',
    'hide: true',
    'stauts: draft',
    'stage: "in review"',
    'publ\u0456shed: false',
  ])('hides what was meant to hide: %s', (line) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\n${line}`));
    expect(article.published).toBe(false);
    expect(problems).toMatchObject([{ code: 'VISIBILITY_KEY_MISSPELT', severity: 'warning', line: 3 }]);
  });

  it.each([
    'publisher: The Lantern',
    'publish_dates: soon',
    'public_url: https://a.example/',
    'stats: 5',
    'raft: wooden',
    'listed: true',
    'hide: [toc]',
    'stage: open',
    'drafts: 3',
    'craft: weaving',
    'publishes: 2024-01-01',
    'drift: north',
  ])('does not hide for %s', (line) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\n${line}`));
    expect(article.published).toBe(true);
    expect(problems).toMatchObject([{ code: 'UNKNOWN_KEY' }]);
  });

  it.each([
    ['provider:\n  name: N\n  published: false', 'provider.published', 5],
    ['extra:\n  draft: "yes"', 'extra.draft', 4],
    ['extra: { more: [{ publishd: no }] }', 'extra.more[0].publishd', 3],
  ])('hides for a flag below another key: %j', (lines, field, line) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\n${lines}`));
    expect(article.published).toBe(false);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'VISIBILITY_KEY_NESTED', severity: 'warning', field, line }),
    );
  });

  it.each([
    'extra:\n  published: true',
    'extra: { draft: false }',
    'extra: { publisher: N }',
    'sidebar: { hidden: true }',
    'cover: { url: "https://a.example/b.png", hidden: true }',
    'params: { links: [{ private: true }] }',
  ])('does not hide for %j', (lines) => {
    expect(parseLoaded(fileOf(`title: T\n${lines}`)).article).toMatchObject({ hiddenBecause: [] });
  });

  it.each([
    '---\ntitle: [\npublished: false\n---\n',
    '---\ntitle: [\n  draft: yes # for now\n---\n',
    '---\ntitle: [\ntrashed: true\n---\n',
    '---\ntitle: [\n"eleventyExcludeFromCollections": true\n---\n',
    '---\ntitle: [\nrender: false\n---\n',
    '---\ntitle: [\nPassword: "hunter 2"\n---\n',
    '---\ntitle: [\nｄｒａｆｔ: true\n---\n',
    '---\ntitle: T\npublised: "no"\n\nBody, and nothing ends the block.',
    '---js\ndraft: true\n---\n',
    '{ "title": "T" "draft": true }\n',
    '+++\ntitle = "T\ndraft = true\n+++\n',
    '---\ndraft: true\ndraft: false\n---\n',
  ])('takes the article down for a readable line in what cannot be read: %j', (text) => {
    const { article, isTakenDown, problems } = parseArticle('a.md', text);
    expect({ article, isTakenDown }).toEqual({ article: null, isTakenDown: true });
    expect(problems.map(({ code }) => code)).toContain('FRONT_MATTER_HIDES');
  });

  it.each([
    '---\ntitle: [\npublished: true\ndraft: false\n---\n',
    '---\ntitle: [\nThe craft: no art\n---\n',
    '---\ntitle: [\nheader: false\ngender: no\nsender: no\npassword: ""\npassword:\n---\n',
  ])('does not for %j', (text) => {
    expect(parseArticle('a.md', text).isTakenDown).toBe(undefined);
  });

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
    ['an HTML comment', '<!--\ntitle: T\ndate: 2024-01-01\n-->\nBody.', 1],
    ['some text before it', 'Text.\n\n---\ntitle: T\npublished: false\n---\nBody.', 3],
    ['a heading before it', '# The pier\n---\ntitle: T\n---\nBody.', 2],
    ['a comment before it', '<!-- made by hand -->\n---\ntitle: T\ndraft: true\n---\nBody.', 2],
    ['a soft hyphen before it', '\u00ad---\ntitle: T\n---\nBody.', 1],
    ['a soft hyphen in it', '-\u00ad--\ntitle: T\n---\nBody.', 1],
    ['minus signs', '−−−\ntitle: T\n−−−\nBody.', 1],
    ['wide hyphens', '－－－\ntitle: T\n－－－\nBody.', 1],
    ['text and minus signs', 'Text.\n−−−\ntitle: T\n−−−\nBody.', 2],
    ['text and TOML', 'Text.\n\n+++\ntitle = "T"\ndraft = true\n+++\nBody.', 3],
    ['a code fence before it', '```\ncode\n```\n\n---\ntitle: T\n---\nBody.', 5],
    ['no opening line', 'title: T\ntags:\n  - a\n  - b\n---\nBody.', 1],
    ['neither opening nor closing line', 'Title: T\nDate: 2024-01-01\nBody.', 1],
    ['a flag below a heading', '# The pier\n\npublished: false\n\nBody.', 3],
    ['a flag below some text', 'Text.\n\nDraft: yes\ntags: a\n\nBody.', 3],
    ['a flag below a lesson', '{% raw %}\ndraft: true\n{% endraw %}\n\nText.\n\ndraft: true\n', 7],
    ['a flag in a comment', '<!-- draft: true -->\n\nBody.', 1],
    ['a flag of JSON below some text', 'Text.\n\n{\n  "published": false\n}\n', 4],
    ['a flag of Logseq', 'draft:: true\n\nBody.', 1],
    ['a flag of AsciiDoc', ':draft: true\n\nBody.', 1],
    ['a flag of AsciiDoc below its title', '= The pier\n:draft: true\n\nBody.', 2],
    ['a flag of Org', '#+DRAFT: true\n\nBody.', 1],
    ['a flag of Org below its title', '#+TITLE: The pier\n#+DRAFT: true\n\nBody.', 2],
    ['a flag of Org in another word', '#+hidden: yes\n\nBody.', 1],
    ['a flag in wide letters', 'Text.\n\nｄｒａｆｔ： ｔｒｕｅ\n\nBody.', 3],
    ['a flag of one tool', 'trashed: true\n\nBody.', 1],
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
    ['a rule in the middle', 'Text.\n\n---\nTitle of the next part: not a key\n---\n'],
    ['a lesson in front matter', '```yaml\n---\ntitle: T\npublished: false\n---\n```\n\nSo it is written.'],
    [
      'a lesson in a shortcode',
      'Text.\n\n{{< code-toggle fm=true >}}\n+++\ntitle = "T"\ndraft = true\n+++\n{{< /code-toggle >}}\n',
    ],
    [
      'a lesson in a Liquid tag',
      '{% highlight yaml %}\n---\npublished: false\n---\n{% endhighlight %}\n\nSo it is.',
    ],
    ['a lesson in flags', 'Write it so:\n\n    draft: true\n\n`published: false` hides, too.'],
    ['a login', 'User: admin\nPassword: admin\n\nText.'],
    ['near words', 'Header: false\n\ngender: no\n\nsender:: no'],
    ['a flag that shows', 'Text.\n\npublished: true\n\ndraft: no'],
    ['a lesson in YAML', '~~~\ntitle: T\ndraft: true\n~~~\n\nSo it is written.'],
    ['a lesson after some text', 'First:\n\n```\n---\ntitle: T\n---\n```\n'],
    ['rules far down', `${'Text.\n\n'.repeat(30)}---\ntitle: T\n---\n`],
    ['a text between rules', 'Text.\n\n---\n\nTitle: a play\n\nA pause follows.\n\n---\n'],
    ['a setext heading', 'The pier\n---\n\nText.'],
    ['a list', '- title: one\n- date: two'],
    ['a sentence with a colon', 'Summary: the pier is closed.\nIt will open again.'],
    ['a template', '{{ greeting }}\nText.'],
    ['a brace', '{ this is no JSON }'],
    ['an expression', '{props.children}\n\nDate: soon.\n'],
    ['a comment of MDX', '{/** title: later */}\n\nDate: soon.\n'],
    ['a tag with words', '{% render "card", title: "The pier", draft: true %}\n\nText.'],
    ['a comment of Nunjucks', '{# title: later #}\n\nDate: soon.\n'],
    ['attributes of kramdown', '{: .note}\n\nDate: soon.\n'],
    ['a set of things', '{ a: 1, header: false, gender: no }\n\nText.'],
    ['code that is indented', 'Text.\n\n    {\n      "draft": true\n    }\n'],
    ['a fence of code', '```js\nconst title = 1;\n```\n\nText.'],
    ['a rule right after front matter', '---\ntitle: T\n---\n\n---\n\nText.'],
  ])('does not hide %s', (_name, text) => {
    const { article, problems } = parseLoaded(text);
    expect(article.published).toBe(true);
    expect(problems.filter(({ code }) => code !== 'TEMPLATE_LEFT_OUT')).toEqual([]);
  });
});
