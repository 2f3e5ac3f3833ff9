import { normaliseDomain } from '../../text/keys/normalise-domain.ts';
import { parseUrl } from '../../text/keys/url-key.ts';

// An index entry must hold it; browsers and proxies agree on about as much.
const MAX_URL_LENGTH = 2048;

/** What the WHATWG parser takes for sure and as it is: letters, digits and dots for a host, no user, no port. */
const PLAIN_URL =
  /^https?:\/\/(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,63}(?:\/[\x21-\x5b\x5d-\x7e]*)?$/;

/**
 * An absolute http(s) URL. A URL in plain ASCII keeps the author's spelling; one with other letters or spaces is
 * percent-encoded and its host put in Punycode (WHATWG URL).
 *
 * @returns null when it is relative, of another scheme, longer than 2,048 characters, or carries a user name or password,
 * which would be published with it.
 */
export function normaliseUrl(text: string): string | null {
  if (text.length > MAX_URL_LENGTH) return null;
  // A host of Punycode is the one that may not be what it seems.
  if (PLAIN_URL.test(text) && !text.includes('xn--')) return text;
  if (!/^https?:\/\/[^/\\]/iu.test(text) || /[\t\n\r\\]/u.test(text)) return null;
  const url = parseUrl(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (/^[\x21-\x7e]+$/u.test(text)) return text;
  return url.href.length > MAX_URL_LENGTH ? null : url.href;
}

/** True for a text that is itself a domain, such as a provider written as `example.org`. */
export function looksLikeDomain(text: string): boolean {
  return (
    /^(?:[\p{L}\p{N}\p{M}-]{1,63}\.){1,10}\p{L}[\p{L}\p{M}]{1,62}$/u.test(text) &&
    normaliseDomain(text) !== null
  );
}
