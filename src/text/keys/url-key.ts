const TRACKING = new Set(
  ['gclid', 'dclid', 'gbraid', 'wbraid', 'fbclid', 'msclkid', 'twclid', 'ttclid', 'yclid', 'igshid', 'igsh']
    .concat([
      'mc_cid',
      'mc_eid',
      'mkt_tok',
      'vero_id',
      'oly_enc_id',
      'oly_anon_id',
      '_hsenc',
      '_hsmi',
      '_ga',
      '_gl',
    ])
    .concat(['spm', 'scm', 'cmpid', 's_cid']),
);

/**
 * The form in which two addresses of one page are equal: scheme, `www.`, default port, trailing slash, fragment and
 * tracking parameters put aside; host in lower case; the other parameters in their order. Path and parameters keep their
 * case (RFC 3986, section 6.2.2.1).
 *
 * @returns for example `example.org/a?id=2`; null when `url` is not an absolute http(s) URL.
 */
export function urlKey(url: string): string | null {
  const parsed = parseUrl(url);
  if (parsed === null) return null;
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  const port = parsed.port === '' || parsed.port === '80' || parsed.port === '443' ? '' : `:${parsed.port}`;
  const key =
    stripHost(parsed.hostname) + port + stripSlashes(parsed.pathname) + keepParameters(parsed.search);
  return key.includes('%') ? key.replace(/%[0-9a-f]{2}/giu, (octet) => octet.toUpperCase()) : key;
}

/** WHATWG URL; null when `text` is none. A file names the same few URLs again and again, so the last ones are kept. */
export function parseUrl(text: string): URL | null {
  const known = parsedUrls.get(text);
  if (known !== undefined) return known;
  if (parsedUrls.size >= 64) parsedUrls.clear();
  const url = URL.canParse(text) ? new URL(text) : null;
  parsedUrls.set(text, url);
  return url;
}

const parsedUrls = new Map<string, URL | null>();

/** A host without its first `www.` and its last dot; `www.com` is left as it is. */
export function stripHost(hostname: string): string {
  const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  return host.startsWith('www.') && host.includes('.', 4) ? host.slice(4) : host;
}

function stripSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function keepParameters(search: string): string {
  if (search === '') return '';
  const kept = search
    .slice(1)
    .split('&')
    .filter((parameter) => parameter !== '' && !isTracking(parameter));
  return kept.length === 0 ? '' : `?${kept.join('&')}`;
}

function isTracking(parameter: string): boolean {
  const equals = parameter.indexOf('=');
  const name = (equals === -1 ? parameter : parameter.slice(0, equals)).toLowerCase();
  return name.startsWith('utm_') || TRACKING.has(name);
}
