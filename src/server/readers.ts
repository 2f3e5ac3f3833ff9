import { createHash, timingSafeEqual } from 'node:crypto';
import type { NamedToken } from '../config/value-schemas.ts';
import type { Scopes } from '../graphql/context.ts';
import { unauthenticated } from './refusals.ts';

/** Who asks. */
export interface Reader {
  /** The name of the token, for logs; null for the public and for holders of JSON Web Tokens. */
  name: string | null;
  scopes: Scopes;
}

export const PUBLIC_READER: Reader = { name: null, scopes: { preview: false, secured: false } };

/** Whether anything was granted at all. */
export function isEntitled({ scopes }: Reader): boolean {
  return scopes.preview || scopes.secured;
}

/** Checks a JSON Web Token and gives its scopes; see verify-jwt.ts. */
export type JwtVerifier = (token: string) => Promise<Scopes>;

export interface ReaderOptions {
  previewTokens: readonly NamedToken[];
  securedTokens: readonly NamedToken[];
  verifyJwt: JwtVerifier | null;
}

interface Grant extends Reader {
  digest: Buffer;
}

/**
 * Makes the function that turns an `Authorization` header into a reader.
 * It answers at once for the public and for static tokens, later for JSON Web Tokens,
 * and throws UNAUTHENTICATED for a header it cannot make sense of: a wrong token never reads as the public.
 */
export function createReaderResolver(
  options: ReaderOptions,
): (authorization: string | undefined) => Reader | Promise<Reader> {
  const grants = [...collectGrants(options)];

  return (authorization) => {
    if (authorization === undefined) return PUBLIC_READER;
    const token = /^bearer +(\S+)$/i.exec(authorization)?.[1];
    if (token === undefined) throw unauthenticated();
    const digest = sha256(token);
    let found: Grant | null = null;
    // Every token is compared, all in the same time, so that the time tells nothing of which one came near.
    for (const grant of grants) {
      if (timingSafeEqual(grant.digest, digest)) found = grant;
    }
    if (found) return found;
    if (options.verifyJwt && token.split('.').length === 3) return resolveJwt(options.verifyJwt, token);
    throw unauthenticated();
  };
}

async function resolveJwt(verify: JwtVerifier, token: string): Promise<Reader> {
  return { name: null, scopes: await verify(token) };
}

/** One grant a token; a token that stands in both lists has both scopes. */
function collectGrants(options: ReaderOptions): Iterable<Grant> {
  const byToken = new Map<string, Grant>();
  for (const scope of ['preview', 'secured'] as const) {
    for (const { name, token } of scope === 'preview' ? options.previewTokens : options.securedTokens) {
      const grant = byToken.get(token) ?? {
        name,
        scopes: { preview: false, secured: false },
        digest: sha256(token),
      };
      grant.scopes[scope] = true;
      byToken.set(token, grant);
    }
  }
  return byToken.values();
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
