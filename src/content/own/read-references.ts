import type { OwnReference } from '../../model/own-values.ts';
import { pathKey } from '../../text/keys/path-key.ts';
import { urlKey } from '../../text/keys/url-key.ts';
import { readList } from '../fields/read-list.ts';
import { readLine } from '../fields/read-scalar.ts';
import { normaliseSlug } from '../paths/make-slug.ts';
import { placeOf } from '../paths/path-place.ts';
import { addressOf, isWithinSite, normaliseSitePath, pathWithin } from '../paths/site-path.ts';
import { type Place, report } from '../problems/collect-problems.ts';
import { normaliseUrl } from '../values/normalise-url.ts';

const readReferenceText = readLine(2_048);

const FILE = /\.(?:md|markdown|mdx|txt)$/iu;

/** Reads references to other articles: one, or a list. One counts once. @param filePath the file that they stand in */
export function readReferences(
  value: unknown,
  place: Place,
  filePath: string,
  most: number,
): OwnReference[] | null {
  const seen = new Set<string>();
  return readList<OwnReference>((item, at) => {
    const reference = readReference(item, at, filePath);
    if (reference === null) return null;
    const { text: _, ...keys } = reference;
    const key = JSON.stringify(keys);
    if (seen.has(key)) return null;
    seen.add(key);
    return reference;
  }, most)(value, place);
}

function readReference(value: unknown, place: Place, filePath: string): OwnReference | null {
  // What `[[a note]]` is to YAML without quotes.
  const plain = Array.isArray(value) && value.length === 1 ? value[0] : value;
  const text = readReferenceText(plain, place);
  if (text === null) return null;
  const keys = keysOf(withoutBrackets(text), place.reading, filePath);
  if (keys !== null) return { text, ...keys };
  report(place, 'REFERENCE_INVALID', text);
  return null;
}

/** The target of a link in the manner of wikis: `[[a note#below|shown]]`. */
function withoutBrackets(text: string): string {
  const inside = /^!?\[\[([^[\]]*)\]\]$/u.exec(text)?.[1];
  return inside === undefined ? text : (inside.split(/[|#]/u, 1)[0] ?? '').trim();
}

type Keys = Omit<OwnReference, 'text'>;

const noKeys: Keys = { urlKey: null, pathKey: null, slug: null, placeKey: null };

/** Null when it leads nowhere. */
function keysOf(
  target: string,
  { locales, settings: { siteUrl } }: Place['reading'],
  filePath: string,
): Keys | null {
  if (/^https?:/iu.test(target)) {
    const url = normaliseUrl(target);
    const path = url && pathWithin(url, siteUrl);
    return url === null ? null : { ...noKeys, urlKey: urlKey(url), pathKey: path && pathKey(path) };
  }
  if (target.startsWith('/')) {
    const path = isWithinSite(target) ? normaliseSitePath(target) : null;
    if (path === null) return null;
    const url = siteUrl && urlKey(addressOf(siteUrl, path));
    return {
      ...noKeys,
      urlKey: url,
      pathKey: pathKey(path),
      placeKey: FILE.test(path) ? toPlace(path) : null,
    };
  }
  const [path = ''] = target.split(/[?#]/u, 1);
  const isOfFolder = /^\.{1,2}(?:\/|$)/u.test(path);
  if (!isOfFolder && !FILE.test(path)) {
    const slug = normaliseSlug(target);
    return slug === null ? null : { ...noKeys, slug, placeKey: toPlace(slug) };
  }
  const inFolder = resolveWithin(filePath.split('/').slice(0, -1), path);
  const place = inFolder === null ? null : toPlace(inFolder);
  if (isOfFolder || !path.includes('/')) {
    const slug = place === null ? null : toSlug(place);
    return slug === null ? null : { ...noKeys, slug, placeKey: place };
  }
  // Some tools count from the top, others from the file's folder.
  const slug = toSlug(toPlace(path));
  return slug === null ? null : { ...noKeys, slug, placeKey: place };

  function toPlace(of: string): string {
    const plain = of.replace(/^\/+/u, '');
    return placeOf(FILE.test(plain) ? plain : `${plain}.md`, locales).place;
  }
}

/** The slug of an article at a place, when its file gives none. */
function toSlug(place: string): string | null {
  return normaliseSlug(place || 'index');
}

/** A path from a folder on; null when it leads out of the top. */
function resolveWithin(folders: readonly string[], path: string): string | null {
  const parts = [...folders];
  for (const part of path.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
