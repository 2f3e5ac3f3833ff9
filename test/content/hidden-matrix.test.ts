import { describe, expect, it } from 'vitest';
import { extensions, hiddenCases, textOf } from './hidden-matrix.ts';
import { fileOf, parseLoaded } from './parse.ts';

it('hides every case of the matrix for its reasons, in every kind of file', () => {
  let count = 0;
  for (const hidden of hiddenCases) {
    for (const extension of extensions) {
      const { article } = parseLoaded(textOf(hidden), `${hidden.path}${extension}`);
      expect([hidden.path, hidden.keys, article.published, article.hiddenBecause]).toEqual([
        ...[hidden.path, hidden.keys, false],
        hidden.reasons,
      ]);
      count += 1;
    }
  }
  expect(count).toBeGreaterThan(1000);
});

describe('what hides nothing', () => {
  it.each([
    'published: true',
    'Published: Yes',
    'draft: false',
    'DRAFT: off',
    'hidden: no',
    'public: on',
    'Is Private: "no"',
    'status: published',
    'Status: "Published"',
    'post-status: publish',
    'visibility: PUBLIC',
    'state: final',
    'state: open',
    'published: 2024-02-21',
    'expires:',
    'expiryDate: 2999-01-01',
  ])('%s', (line) => {
    expect(parseLoaded(fileOf(`title: T\n${line}`)).article.hiddenBecause).toEqual([]);
  });

  it.each(['_posts/a.md', '_docs/a.md', '_index.md', 'b/_index.fr.md', 'my-drafts/a.md', 'layout/a.md'])(
    'the place %s',
    (path) => {
      expect(parseLoaded('A body.', path).article.hiddenBecause).toEqual([]);
    },
  );
});

it('counts every flag, however many there are, and says of quoted ones how they were taken', () => {
  const { article, problems } = parseLoaded(fileOf('title: T\ndraft: false\nDraft: "yes"\npublished: true'));
  expect(article.hiddenBecause).toEqual(['DRAFT']);
  expect(problems).toMatchObject([
    { code: 'VISIBILITY_QUOTED', severity: 'notice', field: 'Draft', line: 4 },
  ]);
});

it('takes `published` with a date for the time of publication, behind the keys that are meant for it', () => {
  expect(parseLoaded(fileOf('title: T\npublished: 2024-02-21')).article.publishedAt).toBe(
    '2024-02-21T00:00:00.000Z',
  );
  const both = parseLoaded(fileOf('title: T\npublished: 2024-02-21\ndate: 2024-02-22'));
  expect(both.article.publishedAt).toBe('2024-02-22T00:00:00.000Z');
});

it('reads keys in any spelling, exact ones first', () => {
  const { article, problems } = parseLoaded(
    fileOf('Title: Loud\nPub-Date: 2024-02-21\nWEB_URL: https://a.example/x'),
  );
  expect(article).toMatchObject({
    title: 'Loud',
    publishedAt: '2024-02-21T00:00:00.000Z',
    webUrl: 'https://a.example/x',
  });
  expect(problems).toEqual([]);
  expect(parseLoaded(fileOf('Title: Loud\ntitle: exact\nTITLE: x')).article.title).toBe('exact');
});
