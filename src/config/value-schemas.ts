import { z } from 'zod';

export const whole = (min: number, max = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));

export const onOff = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['on', 'off', 'true', 'false', '1', '0', 'yes', 'no'], 'must be on or off'))
  .transform((value) => ['on', 'true', '1', 'yes'].includes(value));

/** One of a few words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.enum(words, `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);

/** What is fetched; fetch refuses an address with a user. */
export const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL', abort: true })
  .refine((value) => hasNoUser(new URL(value)), 'must be a URL without user and password');

function hasNoUser({ username, password }: URL): boolean {
  return username === '' && password === '';
}

const list = z.string().transform((value) =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

export const languageTag = z
  .string()
  .regex(/^[a-z]{2,3}(?:[-_][a-z\d]{2,8}){0,4}$/iu, 'must be a language tag such as en or pt-BR');

export const languageTags = list.pipe(z.array(languageTag));

/** An http or https URL without query and fragment, and without slashes at its end. */
export const siteUrl = httpUrl.transform((value, ctx): string => {
  const url = new URL(value);
  if (url.search !== '' || url.hash !== '') {
    ctx.addIssue({ code: 'custom', message: 'must be a URL without query and fragment' });
  }
  return url.origin + url.pathname.replace(/\/+$/u, '');
});

/** Hosts in lower case, which may begin with `*.` for those below. */
export const hosts = list.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .regex(
        /^(?:\*\.)?[a-z\d-]+(?:\.[a-z\d-]+)+$/,
        'must be hosts such as player.vimeo.com or *.example.com',
      ),
  ),
);

export const origins = list.pipe(
  z.array(
    z.string().transform((value, ctx): string => {
      const origin = value === '*' || value === 'none' ? value : readOrigin(value);
      if (origin === null) {
        ctx.addIssue({ code: 'custom', message: 'must be *, none or origins like https://example.com' });
      }
      return origin ?? '';
    }),
  ),
);

/** An origin as browsers send it: in lower case, without the port of its scheme and a slash at its end; null for what is none. */
function readOrigin(value: string): string | null {
  if (!/^https?:\/\/[^/\s?#*]+\/?$/iu.test(value) || !URL.canParse(value)) return null;
  const url = new URL(value);
  return hasNoUser(url) ? url.origin : null;
}

/** A static bearer token; the name stands in logs and metrics in its place. */
export interface NamedToken {
  name: string;
  token: string;
}

// The name of a token is whose limits are counted: two of one name would share them.
export const namedTokens = list.pipe(
  z
    .array(
      z
        .string()
        // The value is never put into a message: it is a secret.
        .regex(
          /^[A-Za-z0-9_-]+:[A-Za-z0-9._~+/=-]{16,}$/,
          'must be a list of name:token, each token 16 characters or more',
        )
        .transform((pair): NamedToken => {
          const colon = pair.indexOf(':');
          return { name: pair.slice(0, colon), token: pair.slice(colon + 1) };
        }),
    )
    .refine(
      (tokens) => new Set(tokens.map(({ name }) => name)).size === tokens.length,
      'must have each name once',
    ),
);

const AES_256_KEY_BYTES = 32;
export const aesKey = z.string().transform((value, ctx): Buffer => {
  const key = /^[0-9a-f]{64}$/i.test(value) ? Buffer.from(value, 'hex') : Buffer.from(value, 'base64');
  if (key.length !== AES_256_KEY_BYTES) {
    ctx.addIssue({ code: 'custom', message: 'must be 32 bytes, as 64 hex digits or as base64' });
  }
  return key;
});

export const timeZone = z.string().refine(isTimeZone, 'must be a time zone such as UTC or Europe/Paris');

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
