import { posix } from 'node:path';
import { pathKey } from '../../text/keys/path-key.ts';
import { urlKey } from '../../text/keys/url-key.ts';
import type { ArticleValues } from '../fields/validate-article.ts';
import { placeOf } from '../paths/path-place.ts';
import { addressOf, defaultPath } from '../paths/site-path.ts';
import type { Reading } from '../reading.ts';

/** The keys under which other files may name an article, from its path and front matter. */
export function targetsOf(
  path: string,
  values: Pick<ArticleValues, 'slug' | 'permalink' | 'relativeUrl' | 'webUrl'>,
  { locales, settings: { siteUrl } }: Reading,
): string[] {
  const { place } = placeOf(path, locales);
  const slug = values.slug ?? (place || 'index');
  const sitePath = values.permalink ?? values.relativeUrl ?? defaultPath(path, slug, values.slug, locales);
  const url = urlKey(values.webUrl ?? (siteUrl === null ? '' : addressOf(siteUrl, sitePath)));
  return [
    `slug ${slug}`,
    `slug ${place}`,
    `path ${pathKey(sitePath)}`,
    ...(url === null ? [] : [`url ${url}`]),
  ];
}

const ARTICLE_FILE = /\.(?:md|markdown|mdx|txt)$/iu;

/**
 * The keys by which a value may mean an article: a URL, a path within the site, or a slug or file, from the top or from the folder
 * of the file that says it. Null when it cannot mean one.
 */
export function referenceKeys(text: string, path: string, { locales }: Reading): string[] | null {
  const link = /^\[\[([^[\]|#]{1,300})(?:[|#][^[\]]{0,300})?\]\]$/u.exec(text)?.[1]?.trim() ?? text;
  if (link === '' || link.length > 300 || /[\p{Cc}<>{}]/u.test(link)) return null;
  const url = urlKey(link);
  if (url !== null) return [`url ${url}`];
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(link)) return null;
  if (link.startsWith('/')) return [`path ${pathKey(link)}`, `slug ${placeOf(link.slice(1), locales).place}`];
  const near = posix.normalize(posix.join(posix.dirname(path), link));
  const files = near.startsWith('../') ? [link] : [link, near];
  const places = files.map((file) => placeOf(ARTICLE_FILE.test(file) ? file : `${file}.md`, locales).place);
  return [...new Set([link, ...places].map((slug) => `slug ${slug}`))];
}
