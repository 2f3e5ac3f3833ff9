import { editDistance, squashKey } from '../../text/keys/suggest-key.ts';
import { remember } from '../values/remember.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';

/** The keys that show or hide an article by yes or no, with the value that shows it. */
export const FLAG_KEYS: ReadonlyMap<string, boolean> = new Map([
  ...['published', 'publish', 'public', 'visible'].map((key) => [key, true] as const),
  ...['draft', 'hidden', 'private', 'unlisted', 'unpublished', 'archived'].map(
    (key) => [key, false] as const,
  ),
]);

/** Flags of single tools, whose names are near to words that hide nothing: none is taken for a slip of the finger. */
const RARE_FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...['headless', 'trashed', 'deleted'].map((key) => [key, false] as const),
]);

/** Flags of Zola and Eleventy, which with another value than yes or no are something else. */
const TOOL_FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['render', true],
  ['eleventyexcludefromcollections', false],
]);

/** Words that are near a flag and mean what they say: with another value than yes or no they are something else. */
const NEIGHBOURS: ReadonlyMap<string, boolean> = new Map([
  ['listed', true],
  ['hide', false],
  ['unpublish', false],
]);

/** The keys that name a state in words. */
export const STATUS_KEYS: readonly string[] = [
  'status',
  'visibility',
  'state',
  'post_status',
  'publication_status',
  'workflow_state',
];

/** The states in which the public sees an article. */
export const PUBLIC_STATES: readonly string[] = [
  ...['published', 'publish', 'public', 'live', 'active', 'final', 'done', 'open'],
];

/** Other states that are meant to be states, so that nobody is told of them. */
const OTHER_STATES: ReadonlySet<string> = new Set([
  ...[
    'draft',
    'drafts',
    'autodraft',
    'private',
    'hidden',
    'unpublished',
    'unlisted',
    'pending',
    'archived',
    'archive',
  ],
  ...[
    'trash',
    'deleted',
    'scheduled',
    'future',
    'review',
    'inreview',
    'wip',
    'inprogress',
    'todo',
    'idea',
    'closed',
  ],
]);

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

/** What a value says as a flag, quoted or not, in YAML's words or in people's; null when it says neither. */
export function readFlag(value: unknown): boolean | null {
  if (value instanceof YamlBoolean) return value.value;
  if (typeof value !== 'string' || value.length > 40) return null;
  return WORDS.get(squashKey(value)) ?? null;
}

/** What a value says as a state: `other` is one that is known and not public; null when it is no word at all. */
export function readState(value: unknown): 'public' | 'other' | 'unknown' | null {
  if (value instanceof YamlBoolean) return 'unknown';
  if (typeof value !== 'string' || value.trim() === '') return null;
  const word = squashKey(value);
  if (PUBLIC_STATES.includes(word)) return 'public';
  return OTHER_STATES.has(word) ? 'other' : 'unknown';
}

/** The flag that a key is, whatever its case and signs, with or without `is` before it, and the value that shows. */
export function findFlagKey(key: string): { name: string; shows: boolean } | null {
  const plain = squashKey(key);
  for (const name of [plain, plain.replace(/^is/u, '')]) {
    const shows = FLAG_KEYS.get(name) ?? RARE_FLAGS.get(name);
    if (shows !== undefined) return { name, shows };
  }
  return null;
}

/** The flag of a single tool that a key is, by its exact name. */
function findRareFlag(key: string): { name: string; shows: boolean } | null {
  const plain = squashKey(key);
  const shows = TOOL_FLAGS.get(plain);
  if (shows !== undefined) return { name: plain, shows };
  const flag = findFlagKey(key);
  return flag !== null && RARE_FLAGS.has(flag.name) ? flag : null;
}

/**
 * Whether a key hides an article in a single tool alone: Zola's `render`, Eleventy's `eleventyExcludeFromCollections`, or a
 * password that readers must give, as Hexo and WordPress have it, unless it is empty.
 */
export function hidesInItsTool(key: string, value: unknown): boolean {
  const plain = squashKey(key);
  if (plain === 'password') return value !== null && !(typeof value === 'string' && value.trim() === '');
  const shows = TOOL_FLAGS.get(plain);
  return shows !== undefined && readFlag(value) === !shows;
}

const PLAIN_STATUS_KEYS: ReadonlySet<string> = new Set(STATUS_KEYS.map(squashKey));

/** Whether a key is one that names a state, whatever its case and signs. */
export function isStatusKey(key: string): boolean {
  return PLAIN_STATUS_KEYS.has(squashKey(key));
}

/** The most slips of the finger with which a key is still taken for one of these. */
const MAX_SLIPS = 2;

/** The flags that a key is, or is nearest to. Remembered, since a folder's files repeat their keys. */
const nearestFlags = remember((key): [name: string, shows: boolean][] => {
  const plain = squashKey(key).replace(/^is(?=draft|publi|hid|priv|visib)/u, '');
  let fewest = MAX_SLIPS;
  let nearest: [string, boolean][] = [];
  for (const flag of [...FLAG_KEYS, ...NEIGHBOURS]) {
    const [name] = flag;
    if (Math.abs(name.length - plain.length) > fewest) continue;
    const slips = editDistance(plain, name);
    if (slips < fewest) [fewest, nearest] = [slips, []];
    if (slips === fewest) nearest.push(flag);
  }
  return nearest;
});

const nearestStatus = remember((key): string | null => {
  const plain = squashKey(key);
  const isNear = (name: string) =>
    Math.abs(name.length - plain.length) <= MAX_SLIPS && editDistance(plain, name) <= MAX_SLIPS;
  return STATUS_KEYS.find((name) => isNear(squashKey(name))) ?? null;
});

/**
 * The key that hides an article when `key` is taken for what it is, or is near to. A key that is merely near needs a word for
 * yes or no, or a state that is not public, so that `publisher: The Lantern` and `stats: 3` hide nothing.
 */
export function findHidingKey(key: string, value: unknown): string | null {
  const rare = findRareFlag(key);
  if (rare !== null) return readFlag(value) === !rare.shows ? rare.name : null;
  const flags = nearestFlags(key);
  const status = nearestStatus(key);
  if (flags.length === 0 && status === null) return null;
  const flag = readFlag(value);
  if (flag !== null) return flags.find(([, shows]) => shows !== flag)?.[0] ?? null;
  return readState(value) === 'other' ? status : null;
}

/** Whether there is a value with which a key shows or hides an article, or is taken for one that does. Nearly no key is. */
export const mayShowOrHide = remember(
  (key) =>
    ['build', 'password'].includes(squashKey(key)) ||
    findFlagKey(key) !== null ||
    findRareFlag(key) !== null ||
    isStatusKey(key) ||
    nearestFlags(key).length > 0 ||
    nearestStatus(key) !== null,
);

/** Keys that speak of the article wherever they stand. `hidden` under `sidebar` speaks of the sidebar. */
const OF_PUBLICATION: ReadonlySet<string> = new Set([
  ...['published', 'publish', 'draft', 'unpublished', 'unpublish'],
]);

/** Keys below which everything speaks of the article: what tools call a bag of more keys. */
const BAG =
  /^(?:params?|extra|meta(?:data)?|page|post|article|frontmatter|settings|options|attributes|properties|custom|data|visibility|publishing)$/u;

/** Whether a key that hides, and stands below another one, speaks of the article. */
export function speaksOfArticle(hidingKey: string, parents: readonly (string | number)[]): boolean {
  if (OF_PUBLICATION.has(hidingKey)) return true;
  return parents.every((parent) => typeof parent === 'string' && isBag(parent));
}

/** Whether everything below a key speaks of the article. */
export function isBag(key: string): boolean {
  return BAG.test(squashKey(key));
}

/** A key and its value as any of the languages writes them. */
const PAIR =
  /(?<![\w-])["']?([A-Za-z][\w -]{0,30}?)["']?[ \t]*[:=][ \t]*["']?([A-Za-z]{1,12}|[01])["']?(?![\w.:/-])/gu;

/** A password that is not empty, in a line of its own. */
const PASSWORD = /^[ \t{]*["']?(password)["']?[ \t]*[:=][ \t]*(?!["']{2}|null\b|~)\S/imu;

/** Letters and signs as wide as those of Chinese. */
const WIDE = /[\uff01-\uff5e]/gu;

/**
 * Whether front matter that cannot be read has a readable `published: false`, `draft: true`, `status: draft` or the like in it.
 * @returns the key as it is written; null when there is none
 */
export function findHidingLine(frontMatter: string): string | null {
  const text = frontMatter.replace(WIDE, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const password = PASSWORD.exec(text)?.[1];
  if (password !== undefined) return password;
  for (const [, key = '', value] of text.matchAll(PAIR)) {
    // The value first: such a text may have a hundred thousand keys, each of which would be compared with all that hide.
    if (readFlag(value) === null && readState(value) !== 'other') continue;
    if (findHidingKey(key, value) !== null) return key;
  }
  return null;
}
