import { normaliseDomain } from '../../text/keys/normalise-domain.ts';
import { normaliseLocale } from '../../text/keys/normalise-locale.ts';
import { squashKey } from '../../text/keys/suggest-key.ts';
import { isSecuredForm, MAX_SECURED_LENGTH } from '../../text/secured-form.ts';
import { normaliseSlug } from '../paths/make-slug.ts';
import { isPathTemplate, isWithinSite, normaliseSitePath } from '../paths/site-path.ts';
import { type Place, report } from '../problems/collect-problems.ts';
import { normaliseUrl } from '../values/normalise-url.ts';
import { readMoment } from '../values/read-moment.ts';
import { describeKind, YamlBoolean } from '../values/yaml-boolean.ts';
import type { Reader } from './field-table.ts';

// GraphQL's Int has 32 bits (October 2021, section 3.5.1).
const MAX_INT = 2_147_483_647;

// With the flag `u` a surrogate in a class is half a character.
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for.
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]/u;
// Most values, so that only the others pay for the search above.
const PLAIN = /^[\x20-\x7e]*$/;

/** Text as the author wrote it, outer white space off; null without a problem when nothing is left. */
export function readText(limit: number): Reader<string> {
  return (value, place) => {
    if (typeof value !== 'string' && !(value instanceof YamlBoolean)) {
      report(place, 'TEXT_EXPECTED', value, { found: describeKind(value) });
      return null;
    }
    const text = typeof value === 'string' ? value.trim() : value.source;
    if (!PLAIN.test(text) && UNSAFE.test(text)) {
      report(place, 'TEXT_UNSAFE', text);
      return null;
    }
    if (text.length > limit) {
      report(place, 'TEXT_TOO_LONG', text, { length: String(text.length), limit: String(limit) });
      return null;
    }
    return text === '' ? null : text;
  };
}

/** Text on one line: every run of white space is one space. */
export function readLine(limit: number): Reader<string> {
  const read = readText(limit);
  return (value, place) => {
    const text = read(value, place);
    return text === null || !/[^\S ]| {2}/u.test(text) ? text : text.replace(/\s+/gu, ' ');
  };
}

const DATE_PROBLEMS = {
  impossible: 'DATE_INVALID',
  unknown: 'DATE_FORM_UNKNOWN',
  ambiguous: 'DATE_AMBIGUOUS',
} as const;

// What the other readers take their text from: longer than any value they accept.
const readRaw = readText(Number.MAX_SAFE_INTEGER);

/** A whole number between two bounds, quoted or not. */
export function readInteger(least: number, most: number = MAX_INT): Reader<number> {
  return (value, place) => {
    const text = readRaw(value, place);
    if (text === null) return null;
    const number = /^[-+]?\d{1,15}(?:\.0{1,15})?$/u.test(text) ? Number(text) : Number.NaN;
    if (number >= least && number <= most) return number === 0 ? 0 : number;
    report(place, 'NUMBER_INVALID', text, { least: String(least), most: String(most) });
    return null;
  };
}

// Bounded, so that a text of a megabyte is no number at once.
const NUMBER = /^[-+]?(?:\d{1,400}\.?\d{0,400}|\.\d{1,400})(?:e[-+]?\d{1,4})?$/iu;
/** Within the double of IEEE 754, with room for the order keys of what is missing. */
const MAX_FLOAT = 1e300;

/** A number, quoted or not, to 15 significant digits: more are not the same in every database. */
export const readFloat: Reader<number> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null) return null;
  const number = NUMBER.test(text) ? Number(Number(text).toPrecision(15)) : Number.NaN;
  if (Math.abs(number) <= MAX_FLOAT) return number === 0 ? 0 : number;
  report(place, 'FLOAT_INVALID', text);
  return null;
};

/** A YAML boolean; quoted, it is text. */
export const readBoolean: Reader<boolean> = (value, place) => {
  if (value instanceof YamlBoolean) return value.value;
  report(place, 'BOOLEAN_INVALID', value);
  return null;
};

/** A moment as `readMoment` gives it. */
export const readDateTime: Reader<string> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null) return null;
  const reading = readMoment(text, place.reading.offsetAt);
  if ('moment' in reading) return reading.moment;
  report(place, DATE_PROBLEMS[reading.trouble], text);
  return null;
};

/** An absolute http(s) URL as `normaliseUrl` gives it. An article's `url` within the site is its path, read elsewhere. */
export const readUrl: Reader<string> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null || (isUrlOfArticle(place) && isWithinSite(text))) return null;
  const url = normaliseUrl(text);
  if (url === null) report(place, 'URL_INVALID', text);
  return url;
};

function isUrlOfArticle({ key, parent }: Place): boolean {
  return parent?.parent === null && squashKey(String(key)) === 'url';
}

/** A path within the site as `normaliseSitePath` gives it. */
export const readSitePath: Reader<string> = (value, place) => {
  // To Eleventy this is an article without a page of its own.
  if (value instanceof YamlBoolean && !value.value) {
    report(place, 'SITE_PATH_NOT_USED', value, { found: '`false`' });
    return null;
  }
  const text = readRaw(value, place);
  if (text === null) return null;
  if (isPathTemplate(text)) {
    report(place, 'SITE_PATH_NOT_USED', text, { found: 'a template of another tool' });
    return null;
  }
  const path = normaliseSitePath(text);
  // A template of paths is of the whole site, and speaks of no article alone.
  if (path === null && !text.includes('/:')) report(place, 'SITE_PATH_INVALID', text);
  return path;
};

/** An address that a link leads to: as `readUrl` gives it, or a path within the site. */
export const readLinkUrl: Reader<string> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null) return null;
  const url = isWithinSite(text) ? normaliseSitePath(text) : normaliseUrl(text);
  if (url === null) report(place, 'URL_INVALID', text);
  return url;
};

/** A language tag as `normaliseLocale` gives it. */
export const readLocale: Reader<string> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null) return null;
  const locale = normaliseLocale(text);
  if (locale === null) report(place, 'LOCALE_INVALID', text);
  return locale;
};

/** A domain as `normaliseDomain` gives it. */
export const readDomain: Reader<string> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null) return null;
  const domain = normaliseDomain(text);
  if (domain === null) report(place, 'DOMAIN_INVALID', text);
  return domain;
};

/** A slug as `normaliseSlug` gives it. */
export const readSlug: Reader<string> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null) return null;
  const slug = normaliseSlug(text);
  if (slug === null) report(place, 'SLUG_INVALID', text);
  return slug;
};

/** A text in one of the forms of `isSecuredForm`. White space from a folded YAML text is taken out. */
export const readSecured: Reader<string> = (value, place) => {
  const text = readRaw(value, place);
  if (text === null) return null;
  const secured = text.replace(/\s+/gu, '');
  if (secured.length > MAX_SECURED_LENGTH) {
    const words = { length: String(secured.length), limit: String(MAX_SECURED_LENGTH) };
    report(place, 'TEXT_TOO_LONG', null, words);
    return null;
  }
  if (isSecuredForm(secured)) return secured;
  // The text may be a body that its author forgot to encrypt: it is not repeated.
  report(place, 'SECURED_INVALID', null);
  return null;
};
