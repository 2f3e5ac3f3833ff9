import type { ScannedFile } from '../../content/read/scan-folder.ts';

/** A file on which a thread was at work. */
export interface MarkedFile {
  path: string;
  /** Bytes, when it was listed. */
  size: number;
  mtimeMs: number;
  /** SHA-256 in hex of its bytes; null while they have not been read. */
  digest: string | null;
}

/** Where a thread notes what it reads, in memory that other threads see and that outlives it. */
export type ReadingMark = SharedArrayBuffer;

// Linux' PATH_MAX. Longer paths cannot be opened.
const PATH_BYTES = 4_096;
const DIGEST_BYTES = 64;
const NUMBERS = 4;
/** Places of numbers: how often reading began or ended (odd: it has begun), bytes of the path and of the digest. */
const [TURN, PATH_LENGTH, DIGEST_LENGTH] = [0, 1, 2];
const SIZES_AT = NUMBERS * 4;
const PATH_AT = SIZES_AT + 2 * 8;
const DIGEST_AT = PATH_AT + PATH_BYTES;

const parts = (mark: ReadingMark) => ({
  numbers: new Int32Array(mark, 0, NUMBERS),
  sizes: new Float64Array(mark, SIZES_AT, 2),
  path: new Uint8Array(mark, PATH_AT, PATH_BYTES),
  digest: new Uint8Array(mark, DIGEST_AT, DIGEST_BYTES),
});

export function createMark(): ReadingMark {
  return new SharedArrayBuffer(DIGEST_AT + DIGEST_BYTES);
}

/** The side of the thread that reads. */
export interface Marker {
  begin(file: ScannedFile): void;
  noteDigest(digest: string): void;
  end(): void;
}

export function createMarker(mark: ReadingMark): Marker {
  const { numbers, sizes, path, digest } = parts(mark);
  const encoder = new TextEncoder();
  return {
    begin(file) {
      numbers[PATH_LENGTH] = encoder.encodeInto(file.path, path).written;
      numbers[DIGEST_LENGTH] = 0;
      sizes.set([file.size, file.mtimeMs]);
      Atomics.add(numbers, TURN, 1);
    },
    noteDigest(hex) {
      numbers[DIGEST_LENGTH] = encoder.encodeInto(hex, digest).written;
    },
    end: () => Atomics.add(numbers, TURN, 1),
  };
}

/** The file that a thread is reading, or was when it ended; null between two files. */
export function readMark(mark: ReadingMark): MarkedFile | null {
  const { numbers, sizes, path, digest } = parts(mark);
  if (!isOdd(Atomics.load(numbers, TURN))) return null;
  // A decoder takes no shared memory.
  const text = (bytes: Uint8Array, length = 0) => Buffer.from(bytes.slice(0, length)).toString('utf8');
  const [size = 0, mtimeMs = 0] = sizes;
  return {
    path: text(path, numbers[PATH_LENGTH]),
    size,
    mtimeMs,
    digest: text(digest, numbers[DIGEST_LENGTH]) || null,
  };
}

/** Looks at a mark this many times before a file has taken too long. */
const MAX_LOOKS = 10;

/**
 * Looks at a mark again and again, until stopped. Counts looks, not time: a machine that was asleep has looked at nothing.
 * @param limitMs what one file may take, about
 * @param onStuck called once when a file has taken longer
 */
export function watchMark(mark: ReadingMark, limitMs: number, onStuck: () => void): { stop(): void } {
  const { numbers } = parts(mark);
  let turn = 0;
  let looks = 0;
  const timer = setInterval(() => {
    const now = Atomics.load(numbers, TURN);
    looks = now === turn && isOdd(now) ? looks + 1 : 0;
    turn = now;
    if (looks < MAX_LOOKS) return;
    clearInterval(timer);
    onStuck();
  }, limitMs / MAX_LOOKS).unref();
  return { stop: () => clearInterval(timer) };
}

function isOdd(turn: number): boolean {
  return turn % 2 !== 0;
}
