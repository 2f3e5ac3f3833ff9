import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import type { Scopes } from '../../graphql/context.ts';
import { authenticationUnavailable, unauthenticated } from '../http/refusals.ts';
import { createBoundedFetch } from './fetch-bounded.ts';
import type { JwtVerifier } from './readers.ts';

export interface JwtOptions {
  /** A shared secret, or null. */
  secret: string | null;
  /** The URL of a JWK set (RFC 7517), or null. */
  jwksUrl: string | null;
  issuer: string | null;
  audience: string | null;
}

const JWKS_TIMEOUT_MS = 3_000;
/** Hundreds of keys. */
const MAX_JWKS_BYTES = 256 * 1024;
const CLOCK_TOLERANCE_SECONDS = 5;
// Never "none", and never a shared-secret algorithm with a public key (RFC 8725, section 3.1).
const SECRET_ALGORITHMS = ['HS256', 'HS384', 'HS512'];
const KEY_SET_ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/**
 * The check of JSON Web Tokens (RFC 7519) that the options describe; null when they describe none.
 * A token must expire. Its claim `scope`, a space-separated string (RFC 8693, section 4.2) or a list, grants
 * `preview` and `secured`; a valid token with neither is a public reader.
 */
export function createJwtVerifier(options: JwtOptions): JwtVerifier | null {
  const key = findKey(options);
  if (!key) return null;
  const checks = {
    algorithms: options.secret === null ? KEY_SET_ALGORITHMS : SECRET_ALGORITHMS,
    requiredClaims: ['exp'],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    ...(options.issuer !== null && { issuer: options.issuer }),
    ...(options.audience !== null && { audience: options.audience }),
  };
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, key, checks);
      const { sub, exp = 0 } = payload;
      // jose does not look at its type, and all objects are one text.
      const subject: unknown = sub;
      const named = typeof subject === 'string' ? { subject } : {};
      return { scopes: readScopes(payload), ...named, expiresAt: exp * 1_000 };
    } catch (error) {
      // With the key at hand, whatever fails is a token that this key does not vouch for; a key too weak vouches for none.
      throw error instanceof KeyUnavailableError ? authenticationUnavailable() : unauthenticated();
    }
  };
}

function findKey(options: JwtOptions): JWTVerifyGetKey | null {
  if (options.jwksUrl !== null) {
    const keySet = createRemoteJWKSet(new URL(options.jwksUrl), {
      timeoutDuration: JWKS_TIMEOUT_MS,
      [customFetch]: createBoundedFetch(MAX_JWKS_BYTES),
    });
    return async (header, token) => {
      try {
        return await keySet(header, token);
      } catch (error) {
        throw isTokenFault(error) ? error : new KeyUnavailableError();
      }
    };
  }
  if (options.secret === null) return null;
  const secret = new TextEncoder().encode(options.secret);
  return async () => secret;
}

class KeyUnavailableError extends Error {
  override readonly name = 'KeyUnavailableError';
}

/** Whether there is no key because the token names none of the set; else it is the key set, or the way to it. */
function isTokenFault(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  // jose reports a key set that is answered with an error status, or is no JSON, by its base class.
  return error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
}

function readScopes(payload: JWTPayload): Scopes {
  const claim: unknown = payload.scope;
  const granted = typeof claim === 'string' ? claim.split(' ') : Array.isArray(claim) ? claim : [];
  return { preview: granted.includes('preview'), secured: granted.includes('secured') };
}
