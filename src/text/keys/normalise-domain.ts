import { domainToASCII, domainToUnicode } from 'node:url';
import { normaliseUnicode } from './normalise-unicode.ts';
import { parseUrl, stripHost } from './url-key.ts';

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

/** What is asked for as a whole domain: as `normaliseDomain` gives it, else in lower case, which no domain is. */
export function foldDomain(text: string): string {
  return normaliseDomain(text.trim()) ?? foldDomainPart(text.trim());
}

/** A part of a domain as domains are shown: lower case, NFC. Case is not folded: `ß` and `ss` are two domains. */
export function foldDomainPart(text: string): string {
  return normaliseUnicode(text, 'NFC').toLowerCase();
}

function extractHost(text: string): string | null {
  if (text.includes('://')) return stripHost(parseUrl(text)?.hostname ?? '') || null;
  const host = text.replace(/:\d+$/u, '').replace(/\/$/u, '');
  return /^[^\s/@:?#]+$/u.test(host) ? stripHost(host.toLowerCase()) : null;
}
