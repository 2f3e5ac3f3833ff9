import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { MAX_TEXT_BYTES, openSecured, sealSecured } from '../../src/graphql/texts/secured-text.ts';
import { isSecuredForm, MAX_SECURED_LENGTH } from '../../src/text/secured-form.ts';

const key = randomBytes(32);
const TEXT = 'The price is 100 crowns; nobody may know: žluťoučký 🐎.';

function sealCbc(bytes: Buffer, iv = randomBytes(16), padding = true): string {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(padding);
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return `${sealed.toString('base64')};${iv.toString('base64')}`;
}

/** How the text fails to open: all that a client is told. */
function failureOf(secured: string, by = key): unknown {
  try {
    return { opened: openSecured(secured, by) };
  } catch (error) {
    return error instanceof GraphQLError ? error.toJSON() : error;
  }
}

const REFUSED = {
  message: 'The secured text does not open with the key of this server.',
  extensions: { code: 'SECURED_UNREADABLE' },
};

describe('the authenticated form', () => {
  it('opens to the text, of any length up to the limit', () => {
    for (const text of [TEXT, 'x', 'ž'.repeat(1_000), 'x'.repeat(MAX_TEXT_BYTES)]) {
      const secured = sealSecured(text, key);
      expect(isSecuredForm(secured)).toBe(true);
      expect(secured.length).toBeLessThanOrEqual(MAX_SECURED_LENGTH);
      expect(openSecured(secured, key)).toEqual({ text, isAuthenticated: true });
    }
    expect(sealSecured('x'.repeat(MAX_TEXT_BYTES + 3), key).length).toBeGreaterThan(MAX_SECURED_LENGTH);
  });

  it('is laid out as docs/files.md says', () => {
    const bytes = Buffer.from(sealSecured(TEXT, key).slice('v2:'.length), 'base64');
    expect(bytes.length).toBe(12 + Buffer.byteLength(TEXT) + 16);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from('v2:')).setAuthTag(bytes.subarray(-16));
    expect(decipher.update(bytes.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')).toBe(TEXT);
  });

  it('draws another nonce each time', () => {
    const nonces = new Set(Array.from({ length: 1_000 }, () => sealSecured(TEXT, key).slice(3, 19)));
    expect(nonces.size).toBe(1_000);
  });

  it('does not open when any bit of it is another, with one answer for all', () => {
    const bytes = Buffer.from(sealSecured(TEXT, key).slice(3), 'base64');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(failureOf(`v2:${changed.toString('base64')}`)).toEqual(REFUSED);
    }
  });

  it.each([
    ['cut short', (secured: string) => secured.slice(0, -4)],
    ['with a tag of 12 bytes', (secured: string) => `v2:${cut(secured, -4)}`],
    ['with nothing but a nonce and a tag', () => `v2:${randomBytes(28).toString('base64')}`],
    ['without anything', () => 'v2:'],
    ['under another prefix', (secured: string) => secured.replace('v2:', 'v3:')],
    ['without the prefix', (secured: string) => secured.slice(3)],
    ['with something behind it', (secured: string) => `${secured};AAAAAAAAAAAAAAAAAAAAAA==`],
    ['in base64 that others write otherwise', (secured: string) => `${secured.replace(/=*$/, '')} `],
    ['longer than the limit', () => sealSecured('x'.repeat(MAX_TEXT_BYTES + 3), key)],
  ])('does not open %s', (_, change) => {
    expect(failureOf(change(sealSecured(`${TEXT}!`, key)))).toEqual(REFUSED);
  });

  it('does not open with another key, nor a text of another form under its prefix', () => {
    expect(failureOf(sealSecured(TEXT, key), randomBytes(32))).toEqual(REFUSED);
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12));
    const plain = Buffer.concat([Buffer.alloc(12), cipher.update(TEXT), cipher.final(), cipher.getAuthTag()]);
    expect(failureOf(`v2:${plain.toString('base64')}`)).toEqual(REFUSED);
  });
});

function cut(secured: string, end: number): string {
  return Buffer.from(secured.slice(3), 'base64').subarray(0, end).toString('base64');
}

describe('the older form', () => {
  it('opens, and says that nobody vouches for it', () => {
    expect(openSecured(sealCbc(Buffer.from(TEXT)), key)).toEqual({ text: TEXT, isAuthenticated: false });
  });

  it('is changed by who flips a bit, which is why it says so', () => {
    const iv = randomBytes(16);
    const [cipher] = sealCbc(Buffer.from('100 crowns are the price'), iv).split(';');
    iv[0] = (iv[0] ?? 0) ^ ('1'.charCodeAt(0) ^ '9'.charCodeAt(0));
    expect(openSecured(`${cipher};${iv.toString('base64')}`, key)).toEqual({
      text: '900 crowns are the price',
      isAuthenticated: false,
    });
  });

  it('fails alike for a wrong padding and for what is no text', () => {
    const failures = Array.from({ length: 256 }, (_, last) => {
      const block = Buffer.from(`fifteen bytes..${String.fromCharCode(0)}`);
      block[15] = last;
      return failureOf(sealCbc(block, undefined, false));
    });
    expect(failures.filter((failure) => 'opened' in (failure as object))).toHaveLength(1);
    for (const failure of failures.filter((one) => !('opened' in (one as object)))) {
      expect(failure).toEqual(REFUSED);
    }
    expect(failureOf(sealCbc(Buffer.from([0xff, 0xfe, 0xfd])))).toEqual(REFUSED);
    expect(failureOf(sealCbc(Buffer.from(TEXT)), randomBytes(32))).toEqual(REFUSED);
  });
});
