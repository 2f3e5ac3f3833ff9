import { normaliseUnicode } from './normalise-unicode.ts';

/**
 * The form in which two paths of one place in a site are equal: in NFC, without percent encoding, query, fragment and slashes at the
 * end; a missing one before is added. The first page has `/`.
 */
export function pathKey(path: string): string {
  const [plain = ''] = path.split(/[?#]/u, 1);
  const text = normaliseUnicode(decode(plain), 'NFC');
  let end = text.length;
  while (end > 0 && text[end - 1] === '/') end -= 1;
  const key = text.slice(0, end);
  return key.startsWith('/') ? key : `/${key}`;
}

function decode(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
