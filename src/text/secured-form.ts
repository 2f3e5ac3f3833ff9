/** The beginning of the authenticated form, and what its tag is bound to beside the text. */
export const AUTHENTICATED_PREFIX = 'v2:';
/** NIST SP 800-38D, section 8.2: the length that GCM is made for. */
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
const BLOCK_BYTES = 16;

/** Characters of a secured text as a file has it: opening one takes a few milliseconds at the most. */
export const MAX_SECURED_LENGTH = 1024 * 1024;

/**
 * Whether a text has the form of a secured one, opened or not:
 * `v2:<base64 of 12 bytes of nonce, ciphertext, 16 bytes of tag>`, or the older
 * `<base64 of blocks of 16 bytes>;<base64 of an IV of 16 bytes>`.
 */
export function isSecuredForm(text: string): boolean {
  if (text.startsWith(AUTHENTICATED_PREFIX)) {
    return base64Length(text.slice(AUTHENTICATED_PREFIX.length)) > NONCE_BYTES + TAG_BYTES;
  }
  const [cipher = '', iv = '', ...more] = text.split(';');
  const bytes = base64Length(cipher);
  return bytes > 0 && bytes % BLOCK_BYTES === 0 && base64Length(iv) === BLOCK_BYTES && more.length === 0;
}

/** Bytes that a base64 text with padding (RFC 4648, section 4) stands for; -1 when it is none. */
function base64Length(text: string): number {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/u.test(text)) return -1;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return (text.length / 4) * 3 - padding;
}
