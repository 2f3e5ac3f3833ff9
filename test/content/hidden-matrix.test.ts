import { describe, expect, it } from 'vitest';
import { canSay, extensions, type HiddenCase, hiddenCases, textOf, timedCases } from './hidden-matrix.ts';
import { fileOf, parseLoaded } from './parse.ts';
import { languages, writeFile } from './write-front-matter.ts';

it.each(languages)(
  'hides every case of the matrix for its reasons in %s, in every kind of file',
  (language) => {
    let count = 0;
    for (const hidden of hiddenCases) {
      const text = textOf(hidden, language);
      for (const extension of extensions) {
        const { article } = parseLoaded(text, `${hidden.path}${extension}`);
        const reasons = canSay(language, extension, hidden) ? hidden.reasons : unread(hidden);
        expect([text, hidden.path, article.published, article.hiddenBecause]).toEqual([
          ...[text, hidden.path, false],
          reasons,
        ]);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(1800);
  },
);

/** Why a case is hidden of which the header is taken for a part of the text; a title alone may be one. */
function unread({ keys, reasons }: HiddenCase): readonly string[] {
  const ofPlace = reasons.filter((reason) => reason === 'FOLDER');
  return keys.length === 0 ? ofPlace : [...ofPlace, 'UNREADABLE'];
}

it.each(languages)('reads every time of the matrix in %s, so that it hides when it is due', (language) => {
  const cases = timedCases.filter((timed) => canSay(language, '.md', timed));
  expect(cases.length).toBeGreaterThan(80);
  for (const timed of cases) {
    const text = textOf(timed, language);
    const { publishedAt, expiresAt, hiddenBecause } = parseLoaded(text).article;
    const isScheduled = timed.reasons.includes('SCHEDULED');
    expect([text, publishedAt, expiresAt, hiddenBecause]).toEqual([
      text,
      isScheduled ? '2999-01-01T00:00:00.000Z' : null,
      isScheduled ? null : '2000-12-31T22:00:00.000Z',
      [],
    ]);
  }
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
    'header: false',
    'gender: no',
    'sender: no',
    'Reader: "no"',
    'rendered: false',
    'passwords: many',
    'password: ""',
    'password:',
    'render: true',
    'render: static',
    'eleventyExcludeFromCollections: false',
    'deleted: no',
    'workflow_state: live',
  ])('%s', (line) => {
    const [, key = '', source = ''] = /^(.+?): ?(.*)$/u.exec(line) ?? [];
    for (const language of languages) {
      if (!canSay(language, '.md', { keys: [[key, source]] })) continue;
      const text = writeFile(language, { title: 'T' }, [[key, source]], '');
      expect([text, parseLoaded(text).article.hiddenBecause]).toEqual([text, []]);
    }
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

it.each([
  ['date: 2024-01-01\nembargo: 2999-01-01', '2999-01-01'],
  ['publishedDateTime: 2024-01-01\nPublish On: 2999-01-01', '2999-01-01'],
  ['published: 2024-01-01\npublish_on: 2999-01-01', '2999-01-01'],
  ['date: 2999-01-01\nembargo: 2024-01-01', '2999-01-01'],
])('publishes nothing before its embargo has ended: %j', (lines, day) => {
  const { article } = parseLoaded(fileOf(`title: T\n${lines}`));
  expect(article.publishedAt).toBe(`${day}T00:00:00.000Z`);
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
