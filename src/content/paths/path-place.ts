import { normaliseLocale } from '../../text/keys/normalise-locale.ts';
import { normaliseUnicode } from '../../text/keys/normalise-unicode.ts';
import { localeFromPath, withoutLocale } from './locale-from-path.ts';

/** What a file's path says of where its article stands. */
export interface PathPlace {
  /** The language that it tells, as a tag in the case of BCP 47; null when it tells none. */
  locale: string | null;
  /** The path in NFC without extension, language and the name of an index file; empty at the top. */
  place: string;
}

/**
 * @param path relative to the content folder, with `/`
 * @param locales tags in the case of BCP 47; a top folder that is one of them tells the language
 */
export function placeOf(path: string, locales: ReadonlySet<string>): PathPlace {
  let rest = withoutLocale(path);
  let locale = localeFromPath(path);
  const top = locales.size === 0 ? -1 : rest.indexOf('/');
  const folder = top === -1 ? null : normaliseLocale(rest.slice(0, top));
  if (folder !== null && locales.has(folder)) {
    locale ??= folder;
    rest = rest.slice(top + 1);
  }
  return { locale, place: normaliseUnicode(withoutIndex(withoutExtension(rest)), 'NFC') };
}

/** A path or slug without the name of an index file at its end. */
export function withoutIndex(path: string): string {
  return path.replace(/(?:^|\/)(?:_?index|README)$/u, '');
}

export function withoutExtension(path: string): string {
  return path.replace(/\.[^./]+$/u, '');
}
