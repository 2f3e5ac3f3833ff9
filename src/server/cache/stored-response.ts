import { createHash } from 'node:crypto';
import {
  acceptedEncodings,
  type Compression,
  compress,
  type Encoding,
  isCompressible,
} from '../http/compression.ts';
import { EMPTY_BODY, type GatewayRequest, type GatewayResponse, header } from '../http/exchange.ts';

/** Characters of base64: 162 bits. */
const TAG_LENGTH = 27;

/** One representation of an answer, ready to be written. */
interface Representation {
  ok: GatewayResponse;
  /** Null where the method has no conditional form. */
  notModified: GatewayResponse | null;
}

/** An answer that serves every client who asks the same: plain, in gzip and in brotli. */
export interface StoredResponse {
  /** The digest of the plain body; the entity tags of all representations begin with it. Empty without them. */
  readonly tag: string;
  readonly status: number;
  /** Headers that all representations share. */
  readonly shared: readonly string[];
  readonly plain: Buffer;
  readonly conditional: boolean;
  identity: Representation;
  gzip: Representation | null;
  br: Representation | null;
  /** Encodings being made at this moment. */
  pending: Set<Encoding>;
}

export interface StoredResponseInput {
  status: number;
  contentType: string;
  body: Buffer;
  /** Further headers, such as `vary` and `cache-control`; they go with a 304 too (RFC 9110, section 15.4.5). */
  headers: readonly string[];
  /** Whether an entity tag makes sense: for GET and HEAD, not for POST. */
  conditional: boolean;
}

export function createStoredResponse(input: StoredResponseInput): StoredResponse {
  // Hashing a page takes as long as some of the steps that made it, so only what is sent is hashed.
  const tag = input.conditional ? digest(input.body) : '';
  const base = {
    tag,
    status: input.status,
    shared: ['content-type', input.contentType, ...input.headers],
    plain: input.body,
    conditional: input.conditional,
  };
  const identity = represent(base, input.body, 'identity');
  return { ...base, identity, gzip: null, br: null, pending: new Set() };
}

function digest(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url').slice(0, TAG_LENGTH);
}

type Base = Pick<StoredResponse, 'tag' | 'status' | 'shared' | 'plain' | 'conditional'>;

// A strong entity tag names bytes, so each encoding has its own (RFC 9110, section 8.8.3.3).
const SUFFIXES = { identity: '', gzip: '-gz', br: '-br' } as const;

function represent(base: Base, body: Buffer, encoding: Encoding): Representation {
  const headers = [...base.shared, 'x-cache', 'HIT'];
  if (base.conditional) headers.push('etag', `"${base.tag}${SUFFIXES[encoding]}"`);
  const encoded = encoding === 'identity' ? [] : ['content-encoding', encoding];
  return {
    ok: {
      status: base.status,
      headers: [...headers, ...encoded, 'content-length', String(body.length)],
      body,
    },
    notModified: base.conditional ? { status: 304, headers: headers.slice(2), body: EMPTY_BODY } : null,
  };
}

/**
 * The answer for this client: the best representation there is, or 304 when the client has it.
 * Never waits; an encoding that is missing is left to `missingEncoding`.
 */
export function chooseResponse(stored: StoredResponse, request: GatewayRequest): GatewayResponse {
  const best = acceptedEncodings(header(request, 'accept-encoding')).find((encoding) => stored[encoding]);
  const representation = (best && stored[best]) ?? stored.identity;
  if (representation.notModified) {
    const condition = header(request, 'if-none-match');
    if (condition !== undefined && matches(condition, stored.tag)) return representation.notModified;
  }
  return representation.ok;
}

/** RFC 9110, section 13.1.2: weak comparison, any of a list, or `*`. Another encoding of the same content will do. */
function matches(condition: string, tag: string): boolean {
  if (condition === '*') return true;
  return condition.split(',').some((item) => {
    const opaque = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(item)?.[1];
    return opaque !== undefined && opaque.replace(/-(gz|br)$/, '') === tag;
  });
}

/** The encoding that this client would rather have and that is not there yet; null when all is well. */
export function missingEncoding(stored: StoredResponse, request: GatewayRequest): Compression | null {
  const [encoding] = acceptedEncodings(header(request, 'accept-encoding'));
  if (!encoding || stored[encoding] || stored.pending.has(encoding)) return null;
  return isCompressible(stored.plain.length) ? encoding : null;
}

/** Adds a representation. Two calls for one encoding do the work once. */
export async function addEncoding(stored: StoredResponse, encoding: Compression): Promise<void> {
  if (stored[encoding] || stored.pending.has(encoding)) return;
  stored.pending.add(encoding);
  try {
    stored[encoding] = represent(stored, await compress(stored.plain, encoding), encoding);
  } finally {
    stored.pending.delete(encoding);
  }
}

const OVERHEAD_BYTES = 2_000;

/** Bytes of memory that the answer takes, about. */
export function sizeOf(stored: StoredResponse): number {
  const encoded = (['gzip', 'br'] as const).reduce((sum, encoding) => {
    const body = stored[encoding]?.ok.body;
    return sum + (Buffer.isBuffer(body) ? body.length : 0);
  }, 0);
  return stored.plain.length + encoded + OVERHEAD_BYTES;
}
