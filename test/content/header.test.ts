import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/content/parse-article.ts';
import { parseClean, parseLoaded } from './parse.ts';

const codesOf = (problems: readonly { code: string }[]) => problems.map(({ code }) => code);

describe('a header without delimiters', () => {
  const lathe = [
    'Title: The lathe: a *story*',
    'Date: 2010-12-03 10:20',
    'Modified: 2010-12-05 19:30',
    'Category: Machines',
    'Tags: metal, turning,',
    '    brass',
    '\tsteel',
    'Slug: lathe',
    'Lang: fr',
    'Summary:',
    '    Bought for its bed,',
    '    and for its price.',
    'Status:published',
    '',
    'It hums.',
    '',
    'It is loud.',
  ].join('\n');

  it.each([
    ['a.md', lathe],
    ['b/c.markdown', `\ufeff${lathe.replaceAll('\n', '\r\n')}`],
    ['A.MD', lathe],
  ])('is read in %s', (path, text) => {
    expect(parseClean(text, path)).toMatchObject({
      title: 'The lathe: a story',
      publishedAt: '2010-12-03T10:20:00.000Z',
      updatedAt: '2010-12-05T19:30:00.000Z',
      categories: [{ name: 'Machines' }],
      topics: [{ name: 'metal' }, { name: 'turning' }, { name: 'brass' }, { name: 'steel' }],
      slug: 'lathe',
      locale: 'fr',
      excerpt: 'Bought for its bed,\nand for its price.',
      published: true,
      body: 'It hums.\n\nIt is loud.',
    });
  });

  it.each([
    ['Title: A', { title: 'A', body: '' }],
    ['title: A\n \t\nB', { title: 'A', body: 'B' }],
    ['Title: 007\n\n\n\nB', { title: '007', body: 'B' }],
    ['Title: No\n\nB', { title: 'No' }],
    ['Title: "A" # one\n\nB', { title: '"A" # one' }],
    ['Title: https://a.example/\n\nB', { title: 'https://a.example/' }],
    ['DATE: 2012-01-02\nkeywords: a\n\nB', { title: 'A file', publishedAt: '2012-01-02T00:00:00.000Z' }],
    ['Date: 2999-01-01\n\nB', { publishedAt: '2999-01-01T00:00:00.000Z' }],
    ['Expires: 2001-01-01\n\nB', { expiresAt: '2001-01-01T00:00:00.000Z' }],
    ['Title: A\nDate:\nCategory:\n\nB', { publishedAt: null, categories: [] }],
    ['Title: A\nurl: /b/\naliases: /c/\n\nB', { path: '/b/', aliases: ['/c/'] }],
  ])('of %j is read', (text, article) => {
    expect(parseClean(text)).toMatchObject({ ...article, hiddenBecause: [] });
  });

  it.each([
    ['Tags: a; b', ['a', 'b']],
    ['Tags: Reed, Jane; b;', ['Reed, Jane', 'b']],
    ['Tags: a;\n    Reed, Jane', ['a', 'Reed, Jane']],
    ['keywords: a;b, c', ['a', 'b, c']],
    ['Tags: a, b', ['a', 'b']],
    ['Tags: no; b', ['no', 'b']],
    ['Tags: ;', []],
  ])('parts the topics of %j at semicolons when it has any', (line, names) => {
    const { topics } = parseClean(`Title: A\n${line}\n\nB`);
    expect(topics.map(({ name }) => name)).toEqual(names);
  });

  it('is read whatever keys of Pelican it has, which are told of', () => {
    const { article, problems } = parseLoaded(
      'Authors: R. Holt; J. Reed\nTitle: A\nTags: b\n    c\nheat: warm\nPub-Date: 2012-02-30\nsave_as: a.html\n\nB',
    );
    expect(article).toMatchObject({ title: 'A', topics: [{ name: 'b' }, { name: 'c' }] });
    expect(article.hiddenBecause).toEqual(['UNREADABLE']);
    expect(problems.map(({ code, field, line, column }) => [code, field, line, column])).toEqual([
      ['UNKNOWN_KEY', 'Authors', 1, 1],
      ['NUMBER_INVALID', 'heat', 5, 7],
      ['DATE_INVALID', 'Pub-Date', 6, 11],
      ['UNKNOWN_KEY', 'save_as', 7, 1],
    ]);
  });

  it('has the line of a value below its key, and that of front matter in the text', () => {
    const { problems } = parseLoaded('Title: A\nDate:\n      soon\n\nB\n\n---\ntitle: C\n---\n');
    expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['DATE_FORM_UNKNOWN', 3, 7],
      ['FRONT_MATTER_IN_BODY', 7, 1],
    ]);
  });

  it.each([
    ['Title: A\nStatus: draft\n\nB', ['STATUS']],
    ['Title: A\nStatus:draft\n\nB', ['STATUS']],
    ['Title: A\nStatus:\n    draft\n\nB', ['STATUS']],
    ['Title: A\nStatus: published\n    not\n\nB', ['STATUS']],
    ['Title: A\nStatus: "published"\n\nB', ['STATUS']],
    ['Status: hidden\nTitle: A\nTags: b\nDate: 2012-01-01\n\nB', ['STATUS']],
    ['visibility: private\ntitle: A', ['STATUS']],
    ['Author: me\nTitle: A\nDate: 2031-01-01\npost_status: draft', ['STATUS']],
    ['Title: A\nstauts: draft\n\nB', ['STATUS']],
    ['Title: A\nDraft: true\n\nB', ['DRAFT']],
    ['Title: A\nPublished: no\n\nB', ['DRAFT']],
    ['published: false\ndraft: yes\n\nB', ['DRAFT']],
    ['Title: A\nhiden: 1\n\nB', ['DRAFT']],
    ['Title: A\nStatus:\n\nB', ['UNREADABLE']],
    ['Title: A\ndraft: false # for now\n\nB', ['UNREADABLE']],
    ['Title: A\npublished: true\n    false\n\nB', ['UNREADABLE']],
    ['Title: A\nDate: 2012-01-01\n    2031-01-01\n\nB', ['UNREADABLE']],
    ['Title: A\nDate: 03/04/2012\n\nB', ['UNREADABLE']],
    ['Date: 2012-13-01\n\nB', ['UNREADABLE']],
  ])('hides %j', (text, reasons) => {
    const { article, problems } = parseLoaded(text);
    expect([article.hiddenBecause, article.published]).toEqual([reasons, false]);
    expect(codesOf(problems)).not.toContain('FRONT_MATTER_IN_BODY');
  });
});

describe('what may be a header and may be none', () => {
  it.each([
    ['no blank line after it', 'Title: A\nAuthor: B\nStatus: private\nbody'],
    ['no blank line and no blank', 'Title: A\nStatus:draft\nbody\n\nmore'],
    ['a line in it that is no key', 'Title: A\nDate: 2012-01-01\nand so on\n\nB'],
    ['a key of two words', 'Title: A\nPublish Date: 2031-01-01\n\nB'],
    ['a key with a dot', 'Title: A\nx.y: 1\n\nB'],
    ['a number for a key first', '1: 2\nStatus: draft\n\nB'],
    ['a number for a key first, and a time', '1: 2\nExpires: 2001-01-01\n\nB'],
    ['an address first, and a flag', 'https://a.example/\nvisibility:private\n\nB'],
    ['an address first, and an indented flag', 'https://a.example/\n draft: yes\n\nB'],
    ['an unknown key first', 'Layout: post\nStatus:draft\n\nB'],
    ['one known key', 'Lead: One\nNote: Two\n\nB'],
    ['an indent of two', 'Title: A\nSummary: One\n  and two.\n\nB'],
    ['an indent of one before a key', 'Title: A\n Date: 2031-01-01\n\nB'],
    ['an indent of four before a key', 'Title: A\n    Date: 2031-01-01\n\nB'],
    ['an indent of four before a flag', 'Title: A\nparams:\n    draft: true\n\nB'],
    ['an indent before the first line', ' Title: A\nStatus: draft\n\nB'],
    ['a blank line before the first line', '\nTitle: A\nDate: 2012-01-01\n\nB'],
    ['a key twice', 'Title: A\nTitle: B\n\nB'],
    ['a flag twice', 'Title: A\ndraft: false\nDraft: true\n\nB'],
    ['a list of YAML', 'Title: A\nTags:\n    - b\n    - c\n\nB'],
    ['a list of YAML in a line', 'Title: A\nTags: [b, c]\n\nB'],
    ['a mapping of YAML', 'Title: A\nextra: {draft: true}\n\nB'],
    ['a block of YAML', 'Title: A\nSummary: >-\n    One\n\nB'],
    ['an anchor of YAML', 'Title: &a A\nSummary: *a\n\nB'],
    ['a closing line', 'Title: A\nDate: 2012-01-01\n---\n\nB'],
    ['what cannot be seen in a key', 'Title: A\nSta\u00adtus: draft\n\nB'],
    ['a letter of another script in a key', 'Title: A\nst\u0430tus: draft\n\nB'],
    ['another one below it', 'Title: A\n\nStatus: draft\n\nB'],
    ['a flag and no more', 'hidden: true\nx'],
    ['a flag and a blank line', 'private: true\n\nx'],
    ['a status and no more', 'Status: draft'],
    ['one below a rule', 'text\n\n---\nstatus: draft\n---\nx'],
    ['one below front matter', '---\ntitle: A\n---\nStatus: draft\n\nx'],
  ])('hides the article: %s', (_name, text) => {
    const { article, problems } = parseLoaded(text);
    expect(article.hiddenBecause).toContain('UNREADABLE');
    expect(codesOf(problems)).toContain('FRONT_MATTER_IN_BODY');
  });

  it.each(['a.txt', 'a.mdx'])('hides the article: any header in %s', (path) => {
    const { article, problems } = parseLoaded('Title: A\nDate: 2012-01-01\n\nB', path);
    expect(article.hiddenBecause).toEqual(['UNREADABLE']);
    expect(codesOf(problems)).toEqual(['FRONT_MATTER_IN_BODY']);
  });

  it.each([
    'Summary: the pier is closed.\nIt will open again.',
    'Summary: the pier is closed.\n\nIt will open again.',
    'Note: keep out.\nWarning: the dog is not private.\n\nText.',
    'Private: keep out',
    'State: open',
    'Place: the pier\nTime: noon\n\nCome.',
    'Titled: A\n\nB',
    'Date: tomorrow\n\nCome.',
    'https://a.example/b\nTitle: A\n\nB',
    'Title\n=====\n\nB',
  ])('is text when it is prose: %j', (text) => {
    const { article, problems } = parseLoaded(text);
    expect([article.published, article.body, problems]).toEqual([true, text, []]);
  });
});

it('a header of hostile size ends in a problem, and soon', () => {
  const many = (make: (at: number) => string) =>
    Array.from({ length: 30_000 }, (_, at) => make(at)).join('\n');
  const hostile = [
    `Title: A\n${many((at) => `k${at}: v`)}\n\nB`,
    `Title: A\n${many(() => '    more')}\n\nB`,
    `Title: ${'a: '.repeat(500_000)}\n\nB`,
    `Title: A\nTags: ${'b,'.repeat(500_000)}\n\nB`,
    `Title: ${' '.repeat(1_000_000)}A\n\nB`,
    `Title: A\n${' '.repeat(1_000_000)}x\n\nB`,
    `${'a'.repeat(1_000_000)}: b\nTitle: A\n\nB`,
  ];
  const started = performance.now();
  const codes = hostile.map((text) => codesOf(parseArticle('a.md', text).problems)[0]);
  expect(codes).toEqual([
    ...['FRONT_MATTER_TOO_COMPLEX', 'TEXT_TOO_LONG', 'TEXT_TOO_LONG', 'FRONT_MATTER_TOO_COMPLEX'],
    ...['FRONT_MATTER_TOO_LARGE', 'FRONT_MATTER_TOO_LARGE', undefined],
  ]);
  expect(performance.now() - started).toBeLessThan(10_000);
  const { article } = parseLoaded('Title: A\nconstructor: b\n__proto__: c\n\nB');
  expect(article.title).toBe('A file');
}, 30_000);
