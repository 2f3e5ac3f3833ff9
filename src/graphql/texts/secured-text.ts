import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { codedError } from '../../engine/mapping/errors.ts';
import {
  AUTHENTICATED_PREFIX,
  isSecuredForm,
  MAX_SECURED_LENGTH,
  NONCE_BYTES,
  TAG_BYTES,
} from '../../text/secured-form.ts';

/** A secured text that was opened. */
export interface OpenedText {
  text: string;
  /** Whether it is sure that who wrote it has the key, and that nobody has changed it since. */
  isAuthenticated: boolean;
}

/** The most bytes of UTF-8 that can be sealed. */
export const MAX_TEXT_BYTES =
  Math.floor((MAX_SECURED_LENGTH - AUTHENTICATED_PREFIX.length) / 4) * 3 - NONCE_BYTES - TAG_BYTES;

/** The prefix is bound too: under another one the same bytes do not open. */
const associatedData = Buffer.from(AUTHENTICATED_PREFIX);

/**
 * Opens the `secured` value of a file: `v2:` and the base64 of nonce, ciphertext and tag, AES-256-GCM (NIST SP 800-38D), or
 * `<base64 ciphertext>;<base64 IV>`, AES-256-CBC with PKCS #7 padding (RFC 5652, section 6.3), which says nothing of
 * whether somebody has changed it. `key` has 32 bytes.
 * @throws SECURED_UNREADABLE, with nothing of key or text in it and the same whatever failed: the difference between a
 * wrong padding and a wrong text would open CBC byte by byte (Vaudenay, 2002)
 */
export function openSecured(secured: string, key: Buffer): OpenedText {
  const isAuthenticated = secured.startsWith(AUTHENTICATED_PREFIX);
  try {
    if (secured.length > MAX_SECURED_LENGTH || !isSecuredForm(secured)) throw new Error('not the form');
    const bytes = isAuthenticated ? openGcm(secured, key) : openCbc(secured, key);
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isAuthenticated };
  } catch {
    throw codedError('SECURED_UNREADABLE', 'The secured text does not open with the key of this server.');
  }
}

function openGcm(secured: string, key: Buffer): Buffer {
  const bytes = Buffer.from(secured.slice(AUTHENTICATED_PREFIX.length), 'base64');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  // Without its length a shorter tag would do, which is guessed the sooner.
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData).setAuthTag(bytes.subarray(-TAG_BYTES));
  const opened = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
  return Buffer.concat([opened, decipher.final()]);
}

function openCbc(secured: string, key: Buffer): Buffer {
  const [ciphertext = '', iv = ''] = secured.split(';');
  const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(iv, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64')), decipher.final()]);
}

/**
 * The authenticated `secured` value of a text of at most MAX_TEXT_BYTES bytes of UTF-8. Each call draws a nonce of its
 * own: one key is good for 2^32 texts (NIST SP 800-38D, section 8.3).
 */
export function sealSecured(text: string, key: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData);
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return AUTHENTICATED_PREFIX + sealed.toString('base64');
}
