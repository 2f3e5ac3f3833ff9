import { hash } from 'node:crypto';

/** SHA-256 in hex of bytes, or of a string's UTF-8. */
export function digestBytes(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}
