import { describe, expect, it } from 'vitest';
import { parseArticle } from '../../src/content/parse-article.ts';
import { defaultReading, prepareReading } from '../../src/content/reading.ts';
import { codesOf, fileOf, parseClean, parseLoaded } from './parse.ts';

const moment = '2024-02-21T00:00:00.000Z';

describe('the publication time', () => {
  it.each([
    ...['publishedDateTime', 'publishedAt', 'publishDate', 'published_time', 'published_at', 'pubDate'],
    ...['datePublished', 'date', 'created', 'createdAt', 'published', 'Pub-Date', 'date_published'],
  ])('is read from %s', (key) => {
    expect(parseClean(fileOf(`title: T\n${key}: 2024-02-21`)).publishedAt).toBe(moment);
  });

  it.each([
    ['2024-02-21-title.md', moment],
    ['2024-2-1 title.txt', '2024-02-01T00:00:00.000Z'],
    ['2024-02-21.md', moment],
    ['posts/2024-02-21-title/index.md', moment],
    ['2024-02-21/title.md', moment],
    ['2023/01/31/2024-02-21-title.md', moment],
    ['2024/02/21/title.md', moment],
    ['blog/2024/2/21/deep/down.md', moment],
    ['2024/02/title.md', null],
    ['2024-13-45-title.md', null],
    ['2024-02-30-title.md', null],
    ['2024/02/30/title.md', null],
    ['2024-02-215.md', null],
    ['notes-2024-02-21.md', null],
    ['a2024/02/21/title.md', null],
  ])('is read from the path %s', (path, expected) => {
    expect(parseClean(fileOf('title: T'), path).publishedAt).toBe(expected);
  });

  it('of a path is in the time zone of the settings', () => {
    const reading = prepareReading({ ...defaultReading, timeZone: 'Europe/Paris' });
    const { article } = parseArticle('2024-02-21-title.md', fileOf('title: T'), reading);
    expect(article?.publishedAt).toBe('2024-02-20T23:00:00.000Z');
  });

  it('of the front matter wins over the path, and one that cannot be read is no reason for the path', () => {
    const path = '2020-01-01-title.md';
    expect(parseClean(fileOf('date: 2024-02-21\ntitle: T'), path).publishedAt).toBe(moment);
    expect(parseClean(fileOf('published: 2024-02-21\ntitle: T'), path).publishedAt).toBe(moment);
    expect(parseLoaded(fileOf('date: soon\ntitle: T'), path).article.publishedAt).toBe(null);
    expect(parseClean(fileOf('date:\ntitle: T'), path).publishedAt).toBe('2020-01-01T00:00:00.000Z');
  });
});

describe('the time of the last change', () => {
  it.each([
    'updatedAt',
    'updated',
    'lastmod',
    'last_modified_at',
    'modified',
    'dateModified',
    'lastUpdated',
    'updated_at',
  ])('is read from %s', (key) => {
    expect(parseClean(fileOf(`title: T\n${key}: 2024-02-21`)).updatedAt).toBe(moment);
  });

  it('is nothing that hides: one that cannot be read is reported', () => {
    const { article, problems } = parseLoaded(fileOf('title: T\nupdated: 03/04/2024'));
    expect(article).toMatchObject({ updatedAt: null, published: true });
    expect(problems.map(({ code }) => code)).toEqual(['DATE_AMBIGUOUS']);
  });

  it('is null when no key gives it', () => {
    expect(parseClean(fileOf('title: T\ndate: 2024-02-21')).updatedAt).toBe(null);
  });
});

describe('excerpts', () => {
  it.each(['spoiler', 'subtitle', 'lead', 'dek', 'deck'])('are read from %s', (key) => {
    expect(parseClean(fileOf(`title: T\n${key}: Short.`)).excerpt).toBe('Short.');
  });
});

describe('topics', () => {
  const namesOf = (lines: string) => parseClean(fileOf(`title: T\n${lines}`)).topics.map(({ name }) => name);

  it.each([
    ['tags: one, two,three', ['one', 'two', 'three']],
    ['keywords: "one, two"', ['one', 'two']],
    ['topics: one', ['one']],
    ['Tags: one,, two ,', ['one', 'two']],
    ['tag: one, two', ['one, two']],
    ['tag: [one, two]', ['one', 'two']],
    ['tags: ["one, two", three]', ['one, two', 'three']],
    ['tags: no', ['no']],
    ['tags: ","', []],
  ])('are read from %s', (lines, expected) => {
    expect(namesOf(lines)).toEqual(expected);
  });

  it('in a text count once each', () => {
    expect(codesOf(fileOf('title: T\ntags: one, two, One'))).toEqual(['NAME_REPEATED']);
  });

  it('in a text longer than any author writes are refused', () => {
    const { article, problems } = parseLoaded(fileOf(`title: T\ntags: ${'a, '.repeat(10_000)}b`));
    expect(article.topics).toEqual([]);
    expect(problems.map(({ code }) => code)).toEqual(['TEXT_TOO_LONG']);
  });

  it('in a text are left out one by one when they cannot be read', () => {
    const long = 'x'.repeat(301);
    const { article, problems } = parseLoaded(fileOf(`title: T\ntags: one, ${long}`));
    expect(article.topics.map(({ name }) => name)).toEqual(['one']);
    expect(problems).toMatchObject([{ code: 'TEXT_TOO_LONG', field: 'tags[1]', line: 3 }]);
  });
});

it.each([
  ['topics', 200, (index: number) => `"T ${index}"`],
  ['images', 2_000, (index: number) => `"https://a.example/${index}.png"`],
  ['related', 500, (index: number) => `"https://a.example/${index}"`],
] as const)('%s beyond %s are left out and told of', (key, most, entry) => {
  const list = Array.from({ length: 2_100 }, (_, index) => entry(index)).join(', ');
  const { article, problems } = parseLoaded(fileOf(`title: T\n${key}: [${list}]`));
  expect(article[key]).toHaveLength(most);
  expect(problems.map(({ code, field, message }) => [code, field, message])).toEqual([
    ['LIST_TOO_LONG', key, `The list has 2100 entries; the first ${most} were used.`],
  ]);
});

it('reads a picture by the names that other tools have for its address, and topics without their sign', () => {
  const { article, problems } = parseLoaded(
    fileOf('title: T\ncover: { image: "https://a.example/1.png" }\ntags: ["#idea", "c#", "##x"]'),
  );
  expect(article.images.map(({ url }) => url)).toEqual(['https://a.example/1.png']);
  expect(article.topics.map(({ name }) => name)).toEqual(['idea', 'c#', '##x']);
  expect(problems).toEqual([]);
});
