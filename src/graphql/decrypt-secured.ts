import { createDecipheriv } from 'node:crypto';
import { codedError } from '../engine/errors.ts';

/**
 * Decrypts the `secured` value of a file: `<base64 ciphertext>;<base64 16-byte IV>`, AES-256-CBC with PKCS #7 padding
 * (RFC 5652, section 6.3). `key` has 32 bytes.
 * Throws SECURED_UNREADABLE, with nothing of key or text in it, when they do not fit.
 */
export function decryptSecured(secured: string, key: Buffer): string {
  const [ciphertext = '', iv = ''] = secured.split(';');
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, Buffer.from(iv, 'base64'));
    const bytes = Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64')), decipher.final()]);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw codedError('SECURED_UNREADABLE', 'The secured text does not open with the key of this server.');
  }
}
