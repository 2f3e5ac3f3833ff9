import { normaliseUnicode } from '../../text/keys/normalise-unicode.ts';
import { urlKey } from '../../text/keys/url-key.ts';
import { withoutIndex } from './path-place.ts';
import { slugFromPath } from './slug-choices.ts';

const MAX_BYTES = 1024;
const UNSAFE = /[\p{Cc}\p{Cs}\u2028\u2029\\]/u;

/**
 * The address of an article within its site as the front matter gives it: in NFC, with a slash before it, without query and
 * fragment; of a whole URL its path.
 * @returns null when it is none: too long (1,024 bytes of UTF-8), with a control character or a `.` or `..` part, or a template
 * such as `/:year/:title/` or `/{{ title }}/`
 */
export function normaliseSitePath(text: string): string | null {
  if (isPathTemplate(text)) return null;
  const address = normaliseUnicode(text, 'NFC').trim();
  const inSite = /^https?:\/\/[^/?#]+/iu.exec(address)?.[0].length ?? 0;
  const [path = ''] = address.slice(inSite).split(/[?#]/u, 1);
  const whole = path.startsWith('/') ? path : `/${path}`;
  if (whole.startsWith('//') || UNSAFE.test(whole) || Buffer.byteLength(whole) > MAX_BYTES) return null;
  const isPart = (part: string) => part !== '.' && part !== '..' && !part.startsWith(':');
  return whole.split('/').every(isPart) ? whole : null;
}

/** Whether a path is one that another tool would fill in: Liquid's, Nunjucks' or EJS'. */
export function isPathTemplate(text: string): boolean {
  return /\{[{%]|<%/u.test(text);
}

/** Whether a text is an address within a site, and no whole URL: `/about/`, and not `//host/about`. */
export function isWithinSite(text: string): boolean {
  return /^\/(?!\/)/u.test(text.trim());
}

/** The path of an article whose file names none: its slug, without the name of an index file. */
export function pathOfSlug(slug: string): string {
  return `/${withoutIndex(slug)}`;
}

/**
 * The path of an article whose file names none. A post of Jekyll (`_posts/2024-01-31-title.md`) stands where Jekyll puts it by default,
 * but for the categories of its front matter: at `/2024/01/31/title`. One that did not get the slug that it asks for stands at its slug.
 * @param path of the file
 * @param wanted the slug of the front matter, or null
 * @param locales as of placeOf
 */
export function defaultPath(
  path: string,
  slug: string,
  wanted: string | null,
  locales: ReadonlySet<string>,
): string {
  if (slug !== (wanted ?? slugFromPath(path, locales))) return `/${slug}`;
  return (wanted === null ? pathOfPost(slug) : null) ?? pathOfSlug(slug);
}

function pathOfPost(slug: string): string | null {
  const parts = slug.split('/');
  const name = parts.pop() ?? '';
  const at = parts.indexOf('_posts');
  if (at === -1) return null;
  const folders = parts.filter((_, index) => index !== at);
  const [, year, month = '', day = '', title] = /^(\d{4})-(\d{1,2})-(\d{1,2})-(.+)$/u.exec(name) ?? [];
  const dated = year ? [year, month.padStart(2, '0'), day.padStart(2, '0'), title] : [name];
  return `/${[...folders, ...dated].join('/')}`;
}

/** The address of a path of a site. @param siteUrl without a slash at the end */
export function addressOf(siteUrl: string, path: string): string {
  const address = siteUrl + path;
  return URL.canParse(address) ? new URL(address).href : address;
}

/**
 * The path within the site that an address leads to: one within the site, or a whole URL below `siteUrl`, without query and fragment.
 * @returns null when it leads out of the site
 */
export function pathWithin(address: string, siteUrl: string | null): string | null {
  if (isWithinSite(address)) return normaliseSitePath(address);
  const site = siteUrl && urlKey(siteUrl);
  const key = site && urlKey(address);
  if (!key || (key !== site && !key.startsWith(`${site}/`))) return null;
  return normaliseSitePath(key.slice(site.length) || '/');
}
