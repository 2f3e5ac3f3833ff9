import { YamlBoolean } from './load-yaml.ts';
import { editDistance } from './suggest-key.ts';

/** The keys on which visibility hangs, with the value that shows the article. */
export const VISIBILITY_KEYS = { published: true, draft: false } as const satisfies Record<string, boolean>;

export type VisibilityKey = keyof typeof VISIBILITY_KEYS;

const WORDS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'off', '0'].map((word) => [word, false] as const),
]);

/** What a value says as a flag, quoted or not, in YAML's words or in people's; null when it says neither. */
export function readFlag(value: unknown): boolean | null {
  if (value instanceof YamlBoolean) return value.value;
  return typeof value === 'string' ? (WORDS.get(value.trim().toLowerCase()) ?? null) : null;
}

/** The most slips of the finger with which a key is still taken for one of these. */
const MAX_SLIPS = 2;

/** The visibility key that a key most likely is, whatever its case and signs; null when it is near none. */
export function nearVisibilityKey(key: string): VisibilityKey | null {
  if (key.length > 20) return null;
  const plain = key
    .toLowerCase()
    .replace(/[-_\s]/gu, '')
    .replace(/^is(?=draft|publi)/u, '');
  let best: VisibilityKey | null = null;
  let fewest = MAX_SLIPS + 1;
  for (const name of Object.keys(VISIBILITY_KEYS) as VisibilityKey[]) {
    const slips = editDistance(plain, name);
    if (slips < fewest) [best, fewest] = [name, slips];
  }
  return best;
}

/** A key and its value as any of the languages writes them. */
const PAIR =
  /(?<![\w-])["']?([A-Za-z][\w -]{0,20}?)["']?[ \t]*[:=][ \t]*["']?([A-Za-z]{1,5}|[01])["']?(?![\w.:/-])/gu;
/** Characters of front matter that are looked through. */
const MAX_SEARCHED = 64 * 1024;

/**
 * Whether front matter that cannot be read has a readable `published: false`, `draft: true` or the like in it.
 * @returns the key as it is written; null when there is none
 */
export function findHidingLine(frontMatter: string): string | null {
  for (const [, key = '', value] of frontMatter.slice(0, MAX_SEARCHED).matchAll(PAIR)) {
    const known = nearVisibilityKey(key);
    const flag = known === null ? null : readFlag(value);
    if (known !== null && flag !== null && flag !== VISIBILITY_KEYS[known]) return key;
  }
  return null;
}
