import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import Negotiator from 'negotiator';
import type { GatewayResponse } from './exchange.ts';

export type Compression = 'gzip' | 'br';
export type Encoding = Compression | 'identity';

const gzipAsync = promisify(gzip);
const brotliAsync = promisify(brotliCompress);

/** Below this a compressed body saves no packet. */
const MIN_BYTES = 1024;
const GZIP_LEVEL = 6;
const BROTLI_QUALITY = 5;

/** Whether a body of this many bytes is worth compressing. */
export function isCompressible(bytes: number): boolean {
  return bytes >= MIN_BYTES;
}

/** The body in that encoding, made off the main thread. */
export async function compress(body: Buffer, encoding: Compression): Promise<Buffer> {
  if (encoding === 'gzip') return gzipAsync(body, { level: GZIP_LEVEL });
  return brotliAsync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}

const chosen = new Map<string, readonly Compression[]>();
const MAX_CHOSEN = 500;
const MAX_CHOSEN_LENGTH = 200;
const NONE: readonly Compression[] = [];
/** The smaller one first. */
const ENCODINGS = ['br', 'gzip'] as const;

/** Those of our encodings that `Accept-Encoding` allows (RFC 9110, section 12.5.3), the best first. */
export function acceptedEncodings(acceptEncoding: string | undefined): readonly Compression[] {
  if (acceptEncoding === undefined) return NONE;
  const known = chosen.get(acceptEncoding);
  if (known) return known;
  const encodings = negotiate(acceptEncoding);
  // Browsers send few spellings; whoever sends many pays for the parsing, not we with memory.
  if (chosen.size < MAX_CHOSEN && acceptEncoding.length <= MAX_CHOSEN_LENGTH) {
    chosen.set(acceptEncoding, encodings);
  }
  return encodings;
}

/** What the library's types leave out: which encoding to take of those with one weight. */
interface EncodingNegotiator {
  encodings(available: string[], options: { preferred: string[] }): string[];
}

function negotiate(acceptEncoding: string): readonly Compression[] {
  // `x-gzip` is an alias (RFC 9110, section 8.4.1.3), which the library does not know.
  const named = acceptEncoding.replace(/\bx-gzip\b/giu, 'gzip');
  const negotiator: EncodingNegotiator = new Negotiator({ headers: { 'accept-encoding': named } });
  return negotiator.encodings([...ENCODINGS], { preferred: [...ENCODINGS] }) as Compression[];
}

/** The encoding for an answer that somebody waits for: gzip, which is made faster, where the client takes it. */
export function quickEncoding(acceptEncoding: string | undefined): Compression | null {
  const encodings = acceptedEncodings(acceptEncoding);
  return encodings.includes('gzip') ? 'gzip' : (encodings[0] ?? null);
}

/** As many as this may be made at the same time: more would wait for the few threads of zlib, each with its body. */
const MAX_UNDER_WAY = 16;
let underWay = 0;

/** The same answer compressed for this client, where that is worth it and can be done at once; made off the main thread. */
export async function compressResponse(
  answer: GatewayResponse,
  acceptEncoding: string | undefined,
): Promise<GatewayResponse> {
  const { body } = answer;
  const encoding = quickEncoding(acceptEncoding);
  if (encoding === null || !Buffer.isBuffer(body) || !isCompressible(body.length)) return answer;
  if (underWay >= MAX_UNDER_WAY) return answer;
  underWay += 1;
  const compressed = await compress(body, encoding).finally(() => (underWay -= 1));
  const headers = answer.headers.map((value, at, all) =>
    all[at - 1] === 'content-length' ? String(compressed.length) : value,
  );
  return { ...answer, headers: [...headers, 'content-encoding', encoding], body: compressed };
}
