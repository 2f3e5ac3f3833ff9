import { type Language, writeFile } from './write-front-matter.ts';

/** A key with the source of its value as YAML writes it. */
type Key = readonly [key: string, source: string];

/** A way in which an article is hidden: its path without extension, keys as written, and the reasons. */
export interface HiddenCase {
  path: string;
  keys: readonly Key[];
  reasons: readonly string[];
}

const spellings = (key: string): string[] => {
  const words = key
    .replace(/([A-Z])/gu, '_$1')
    .toLowerCase()
    .split('_');
  const upper = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const all = [key, ...['_', '-', ' ', ''].map((sign) => words.join(sign)), upper.join(' '), upper.join('-')];
  return [...new Set([...all, key.toUpperCase()])];
};

const no = ['false', 'no', 'off', 'False', 'NO', '"false"', '"no"', '0'];
const yes = ['true', 'yes', 'on', 'True', 'YES', '"true"', "'on'", '1'];

const flags = [
  ...['published', 'publish', 'public', 'visible'].map((key) => ({ key, values: no })),
  ...['draft', 'hidden', 'private', 'unlisted', 'unpublished', 'archived'].map((key) => ({
    key,
    values: yes,
  })),
  ...['headless', 'trashed', 'deleted'].map((key) => ({ key, values: yes })),
];
/** Of single tools, which say nothing with any other value. */
const toolFlags = [
  { key: 'render', values: no },
  { key: 'eleventyExcludeFromCollections', values: yes },
  { key: 'password', values: ['hunter', 'hunter2', '"12 34"', 'true', '["a"]', '{"a": "b"}'] },
];
const statusKeys = ['status', 'visibility', 'state', 'post_status', 'publication_status', 'workflow_state'];
const states = ['draft', 'Private', 'pending', '"in review"', 'future', 'something', 'true'];

const misspeltFlags: readonly Key[] = [
  ...([
    ['publised', 'false'],
    ['publihsed', '"no"'],
    ['Publishd', 'off'],
    ['drfat', 'true'],
  ] as const),
  ...([
    ['Draf', 'yes'],
    ['hiden', 'on'],
    ['pirvate', '1'],
    ['is_draftt', 'true'],
    ['hide', 'yes'],
  ] as const),
];
const misspeltStates: readonly Key[] = [
  ['stauts', 'draft'],
  ['Visibilty', 'private'],
  ['post-statu', 'pending'],
];
const nestedFlags: readonly Key[] = [
  ['extra', '{"draft": true}'],
  ['params', '{"hidden": true}'],
  ['author', '{"name": "N", "published": false}'],
  ['custom', '{"more": [{"unpublished": "yes"}]}'],
  ...([
    ['extra', '{"trashed": true}'],
    ['params', '{"headless": "yes"}'],
    ['page', '{"isDeleted": 1}'],
    ['meta', '{"password": "hunter2"}'],
  ] as const),
];

/** Every flag in every spelling and word, misspelt ones and those below other keys, every place, and every value that cannot be read. */
export const hiddenCases: readonly HiddenCase[] = [
  ...[...flags, ...toolFlags].flatMap(({ key, values }) =>
    spellings(key).flatMap((spelling) =>
      values.map((value) => ({
        path: 'a',
        keys: [[spelling, value] as [string, string]],
        reasons: ['DRAFT'],
      })),
    ),
  ),
  ...statusKeys.flatMap((key) =>
    spellings(key).flatMap((spelling) =>
      states.map((value) => ({
        path: 'a',
        keys: [[spelling, value] as [string, string]],
        reasons: ['STATUS'],
      })),
    ),
  ),
  ...['drafts', 'unpublished', 'private', 'templates', 'partials', 'includes', 'layouts'].flatMap((folder) =>
    [folder, `_${folder}`, folder.toUpperCase(), `deep/_${folder}/er`].map((place) => ({
      path: `${place}/a`,
      keys: [['draft', 'false'] as [string, string]],
      reasons: ['FOLDER'],
    })),
  ),
  { path: '_a', keys: [], reasons: ['FOLDER'] },
  { path: 'b/_a', keys: [['published', 'true']], reasons: ['FOLDER'] },
  ...[...flags.map(({ key }) => key), 'status', 'state'].flatMap((key) =>
    ['', '~', '["a"]', '{"a": "b"}'].map((value) => ({
      path: 'a',
      keys: [[key, value] as [string, string]],
      reasons: ['UNREADABLE'],
    })),
  ),
  ...[
    'date',
    'publishDate',
    'Created',
    'expiryDate',
    'expires',
    'Expire Date',
    'unpublish-date',
    'expiration_date',
    'unpublish_on',
    'embargo',
    'publish_on',
  ].flatMap((key) =>
    ['2024-13-45', 'soon', '03/04/2024', '["a"]'].map((value) => ({
      path: 'a',
      keys: [[key, value] as [string, string]],
      reasons: ['UNREADABLE'],
    })),
  ),
  ...[
    ...[...misspeltFlags, ...nestedFlags].map((key) => ({ key, reason: 'DRAFT' })),
    ...misspeltStates.map((key) => ({ key, reason: 'STATUS' })),
  ].map(({ key, reason }) => ({ path: 'a', keys: [key], reasons: [reason] })),
  {
    path: 'drafts/a',
    keys: [
      ['draft', 'yes'],
      ['status', 'draft'],
      ['expires', 'soon'],
    ],
    reasons: ['DRAFT', 'STATUS', 'FOLDER', 'UNREADABLE'],
  },
];

/** Every key of a time, under which the time alone hides. */
export const timedCases: readonly HiddenCase[] = [
  ...[
    ...['publishedDateTime', 'publishedAt', 'publishDate', 'published_time', 'published_at', 'pubDate'],
    ...['datePublished', 'date', 'created', 'createdAt', 'published', 'embargo', 'publish_on'],
  ].map((key) => ({ key, value: '2999-01-01', reason: 'SCHEDULED' })),
  ...['expiryDate', 'expires', 'expireDate', 'unpublishDate', 'expiration_date', 'unpublish_on'].map(
    (key) => ({
      ...{ key, value: '2001-01-01T00:00:00+02:00', reason: 'EXPIRED' },
    }),
  ),
].flatMap(({ key, value, reason }) =>
  spellings(key).map((spelling) => ({
    path: 'a',
    keys: [[spelling, value] as [string, string]],
    reasons: [reason],
  })),
);

/** Kinds of files that the cases are written as. */
export const extensions = ['.md', '.txt', '.markdown', '.mdx'] as const;

/** Whether a case can be said in a language in a kind of file: headers are Markdown’s, with keys of one word and no lists. */
export function canSay(language: Language, extension: string, { keys }: Pick<HiddenCase, 'keys'>): boolean {
  if (language !== 'header') return true;
  const isPlain = keys.every(([key, source]) => !/\s/u.test(key) && !/^[[{]/u.test(source));
  return isPlain && /^\.(?:md|markdown)$/u.test(extension);
}

/** The text of a case. */
export function textOf({ keys }: HiddenCase, language: Language): string {
  return writeFile(language, { title: 'Hidden' }, keys, 'A hidden body.\n');
}
