import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'identity' | 'gzip' | 'br';

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
export async function compress(body: Buffer, encoding: 'gzip' | 'br'): Promise<Buffer> {
  if (encoding === 'gzip') return gzipAsync(body, { level: GZIP_LEVEL });
  return brotliAsync(body, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  });
}

const chosen = new Map<string, Encoding>();
const MAX_CHOSEN = 500;

/** The best of our encodings that `Accept-Encoding` allows (RFC 9110, section 12.5.3); identity when there is none. */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding {
  if (acceptEncoding === undefined) return 'identity';
  const known = chosen.get(acceptEncoding);
  if (known) return known;
  const encoding = negotiate(acceptEncoding);
  // Browsers send few spellings; whoever sends many pays for the parsing, not we with memory.
  if (chosen.size < MAX_CHOSEN) chosen.set(acceptEncoding, encoding);
  return encoding;
}

function negotiate(acceptEncoding: string): Encoding {
  const weights = new Map<string, number>();
  for (const part of acceptEncoding.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    weights.set(name, Number.isFinite(weight) ? weight : 0);
  }
  const weigh = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const brotli = weigh('br');
  const gzipped = Math.max(weigh('gzip'), weights.get('x-gzip') ?? 0);
  if (brotli > 0 && brotli >= gzipped) return 'br';
  return gzipped > 0 ? 'gzip' : 'identity';
}
