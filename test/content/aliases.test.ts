import { describe, expect, it } from 'vitest';
import type { ArticleRecord } from '../../src/content/article/article.ts';
import { fileOf, parseClean, parseLoaded } from './parse.ts';

const url = 'https://a.example/p.png';

/** Every other name of a key: what is written, and what is read of it. */
const ALIASES: [string, string, (article: ArticleRecord) => unknown, unknown][] = [
  ['date', '2024-02-21', (article) => article.publishedAt, '2024-02-21T00:00:00.000Z'],
  ['publishedAt', '2024-02-21', (article) => article.publishedAt, '2024-02-21T00:00:00.000Z'],
  ['pubDate', '2024-02-21', (article) => article.publishedAt, '2024-02-21T00:00:00.000Z'],
  ['tags', '[One, Two]', (article) => article.topics.map((topic) => topic.name), ['One', 'Two']],
  ['keywords', 'One', (article) => article.topics.map((topic) => topic.name), ['One']],
  ['description', 'Short.', (article) => article.excerpt, 'Short.'],
  ['summary', 'Short.', (article) => article.excerpt, 'Short.'],
  ['image', url, (article) => article.images[0]?.url, url],
  ['cover', `{url: "${url}", width: 5}`, (article) => article.images[0]?.width, 5],
  ['heroImage', `[${url}, {url: "${url}"}]`, (article) => article.images.length, 2],
  ['url', url, (article) => article.webUrl, url],
  ['canonicalUrl', url, (article) => article.webUrl, url],
  ['source_url', url, (article) => article.webUrl, url],
  ['draft', 'true', (article) => article.published, false],
  ['slug', 'my/slug', (article) => article.slug, 'my/slug'],
];

describe('aliases', () => {
  it.each(ALIASES)('reads %s: %s', (key, value, read, expected) => {
    expect(read(parseClean(fileOf(`title: T\n${key}: ${value}`)))).toEqual(expected);
  });

  it('reads them in a related link too', () => {
    const [link] = parseClean(
      fileOf(`title: T\nrelated:\n  - {url: "${url}", date: 2024-02-21, summary: S, cover: "${url}"}`),
    ).related;
    expect(link).toMatchObject({
      webUrl: url,
      publishedAt: '2024-02-21T00:00:00.000Z',
      excerpt: 'S',
      images: [{ url }],
    });
  });

  it.each([
    ['expires: 2020-01-01\nexpiryDate: 2030-01-01', '2020-01-01'],
    ['expiryDate: 2020-01-01\nexpires: 2030-01-01', '2020-01-01'],
    ['expiryDate: 2030-01-01\nunpublish_on: 2021-01-01\nExpires: 2025-01-01', '2021-01-01'],
    ['expiryDate: 2020-01-01T01:00:00+03:00\nexpires: 2020-01-01T00:00:00Z', '2019-12-31', '22:00'],
    ['expiryDate: null\nexpires: 2020-01-01', '2020-01-01'],
  ])('takes the earliest end of several: %s', (lines, day, time = '00:00') => {
    expect(parseClean(fileOf(`title: T\n${lines}`)).expiresAt).toBe(`${day}T${time}:00.000Z`);
  });

  it('hides an article of which one of several ends cannot be read', () => {
    const { article, problems } = parseLoaded(
      fileOf('title: T\nexpiryDate: 2999-01-01\nexpires: at Easter\nunpublish_on: 2998-01-01'),
    );
    expect([article.hiddenBecause, article.expiresAt]).toEqual([['UNREADABLE'], '2998-01-01T00:00:00.000Z']);
    expect(problems.map(({ code, field }) => [code, field])).toEqual([['DATE_FORM_UNKNOWN', 'expires']]);
  });

  it.each([
    ['publishedDateTime: 2024-01-01\ndate: 2023-01-01', '2024-01-01T00:00:00.000Z', ['date']],
    ['date: 2023-01-01\npublishedDateTime: 2024-01-01', '2024-01-01T00:00:00.000Z', ['date']],
    [
      'pubDate: 2021-01-01\npublishedAt: 2022-01-01\ndate: 2023-01-01',
      '2023-01-01T00:00:00.000Z',
      ['publishedAt', 'pubDate'],
    ],
    ['publishedDateTime: null\npubDate: 2021-01-01', '2021-01-01T00:00:00.000Z', []],
  ])('takes the first name that is present: %s', (lines, expected, unused) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\n${lines}`));
    expect(article.publishedAt).toBe(expected);
    expect(problems.map((problem) => problem.code)).toEqual(unused.map(() => 'ALIAS_NOT_USED'));
    const used = /`(.+)`/.exec(problems[0]?.message ?? '')?.[1];
    if (unused.length > 0) expect(lines).toContain(`${used}: ${expected.slice(0, 10)}`);
    expect(problems.map((problem) => problem.field).sort()).toEqual([...unused].sort());
  });

  it('does not fall back to an alias when the first name has a bad value', () => {
    const { article, problems } = parseLoaded(fileOf('title: T\nwebUrl: nowhere\nurl: https://a.example/'));
    expect(article.webUrl).toBe(null);
    expect(problems.map((problem) => problem.code)).toEqual(['URL_INVALID', 'ALIAS_NOT_USED']);
  });
});

describe('unknown keys', () => {
  it.each([
    ['publisedDateTime', 'publishedDateTime'],
    ['tilte', 'title'],
    ['keyword', 'topics'],
    ['publisher', 'provider'],
    ['origin_url', 'originalUrl'],
    ['wordCount', null],
    ['zzzzzz', null],
    ['constructor', null],
    ['__proto__', null],
    ['toString', null],
  ])('tells once of %s, and means %s', (key, meant) => {
    const { article, problems } = parseLoaded(fileOf(`title: T\n${key}: x`));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: 'UNKNOWN_KEY',
      severity: 'notice',
      field: key,
      line: 3,
      column: 1,
    });
    const hint = /`(.+)`/.exec(problems[0]?.fix ?? '')?.[1] ?? null;
    expect(hint).toBe(meant);
    expect(article.published).toBe(true);
    expect(article).toEqual(parseClean(fileOf('title: T')));
  });

  it('tells of a nested key once a file, however many items have it', () => {
    const image = `{url: "${url}", alt: x}`;
    const { problems } = parseLoaded(
      fileOf(`title: T\nimages: [${image}, ${image}]\nrelated: [{title: R, images: ${image}}]`),
    );
    expect(problems.map((problem) => [problem.code, problem.field])).toEqual([
      ['UNKNOWN_KEY', 'images[0].alt'],
    ]);
  });

  it('leaves every prototype as it is', () => {
    parseLoaded(
      fileOf(
        'title: T\n__proto__: {polluted: yes, published: no}\nprovider: {__proto__: {name: evil}, name: N}',
      ),
    );
    expect('polluted' in {}).toBe(false);
  });
});
