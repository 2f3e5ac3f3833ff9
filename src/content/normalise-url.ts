import { domainToASCII, domainToUnicode } from 'node:url';
import { parseUrl, stripHost } from '../text/url-key.ts';

// An index entry must hold it; browsers and proxies agree on about as much.
const MAX_URL_LENGTH = 2048;

/**
 * An absolute http(s) URL. A URL in plain ASCII keeps the author's spelling; one with other letters or spaces is
 * percent-encoded and its host put in Punycode (WHATWG URL).
 *
 * @returns null when it is relative, of another scheme, longer than 2,048 characters, or carries a user name or password,
 * which would be published with it.
 */
export function normaliseUrl(text: string): string | null {
  if (text.length > MAX_URL_LENGTH || !/^https?:\/\/[^/\\]/iu.test(text) || /[\t\n\r\\]/u.test(text))
    return null;
  const url = parseUrl(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (/^[\x21-\x7e]+$/u.test(text)) return text;
  return url.href.length > MAX_URL_LENGTH ? null : url.href;
}

/**
 * A provider's domain: lower case, no `www.`, no port, no last dot. A URL gives its host. Punycode and Unicode are one
 * domain, shown in Unicode.
 *
 * @returns null when it is no host name with a dot.
 */
export function normaliseDomain(text: string): string | null {
  const host = extractHost(text);
  if (host === null || host.length > 253) return null;
  const ascii = /^[a-z0-9.-]*$/u.test(host) && !host.includes('xn--') ? host : domainToASCII(host);
  if (!/^(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9-]+$/u.test(ascii)) return null;
  const domain = stripHost(ascii);
  return domain.includes('xn--') ? domainToUnicode(domain) || domain : domain;
}

/** True for a text that is itself a domain, such as a provider written as `example.org`. */
export function looksLikeDomain(text: string): boolean {
  return (
    /^(?:[\p{L}\p{N}\p{M}-]{1,63}\.){1,10}\p{L}[\p{L}\p{M}]{1,62}$/u.test(text) &&
    normaliseDomain(text) !== null
  );
}

function extractHost(text: string): string | null {
  if (text.includes('://')) return stripHost(parseUrl(text)?.hostname ?? '') || null;
  const host = text.replace(/:\d+$/u, '').replace(/\/$/u, '');
  return /^[^\s/@:?#]+$/u.test(host) ? stripHost(host.toLowerCase()) : null;
}
