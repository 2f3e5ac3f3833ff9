import { createHash, timingSafeEqual } from 'node:crypto';
import type { NamedToken } from '../../config/value-schemas.ts';
import type { Scopes } from '../../graphql/context.ts';
import { unauthenticated } from '../http/refusals.ts';

/** Who asks. */
export interface Reader {
  /** The name of the token, for logs; null for the public and for holders of JSON Web Tokens. */
  name: string | null;
  scopes: Scopes;
  /** Claim `sub` of a JSON Web Token, where it has one. */
  subject?: string | undefined;
  /** Claim `exp` of a JSON Web Token, in milliseconds since 1970. Static tokens are good for as long as the process runs. */
  expiresAt?: number | undefined;
}

export const PUBLIC_READER: Reader = { name: null, scopes: { preview: false, secured: false } };

/** Whether anything was granted at all. */
export function isEntitled({ scopes }: Reader): boolean {
  return scopes.preview || scopes.secured;
}

/** Checks a JSON Web Token and gives its scopes, its subject and its end; see verify-jwt.ts. */
export type JwtVerifier = (token: string) => Promise<Omit<Reader, 'name'>>;

export interface ReaderOptions {
  previewTokens: readonly NamedToken[];
  securedTokens: readonly NamedToken[];
  verifyJwt: JwtVerifier | null;
}

interface Grant extends Reader {
  digest: Buffer;
}

/**
 * Turns an `Authorization` header into a reader. `onStranger` is called first for all but holders of static tokens,
 * before anything is verified.
 * @throws UNAUTHENTICATED, AUTHENTICATION_UNAVAILABLE, and what `onStranger` throws
 */
export type ReaderResolver = (
  authorization: string | undefined,
  onStranger?: () => void,
) => Reader | Promise<Reader>;

/**
 * Makes the function that turns an `Authorization` header into a reader.
 * It answers at once for the public and for static tokens, later for JSON Web Tokens. A header that it cannot make sense of is
 * UNAUTHENTICATED: a wrong token never reads as the public.
 */
export function createReaderResolver(options: ReaderOptions): ReaderResolver {
  const grants = [...collectGrants(options)];

  const findGrant = (token: string): Grant | null => {
    const digest = sha256(token);
    let found: Grant | null = null;
    // Every token is compared, all in the same time, so that the time tells nothing of which one came near.
    for (const grant of grants) {
      if (timingSafeEqual(grant.digest, digest)) found = grant;
    }
    return found;
  };

  return (authorization, onStranger = () => undefined) => {
    const token = authorization && /^bearer +(\S+)$/i.exec(authorization)?.[1];
    const grant = token ? findGrant(token) : null;
    if (grant) return grant;
    onStranger();
    if (authorization === undefined) return PUBLIC_READER;
    if (!token) throw unauthenticated();
    if (options.verifyJwt && token.split('.').length === 3) return resolveJwt(options.verifyJwt, token);
    throw unauthenticated();
  };
}

async function resolveJwt(verify: JwtVerifier, token: string): Promise<Reader> {
  return { name: null, ...(await verify(token)) };
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
