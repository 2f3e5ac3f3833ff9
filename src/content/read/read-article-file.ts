import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { digestBytes } from '../../text/digest.ts';
import type { Problem } from '../problems/problem.ts';
import { createProblem } from '../problems/problem-catalogue.ts';
import { confirmPlace } from './confirm-place.ts';
import { decodeText } from './decode-text.ts';
import type { ScannedFile } from './scan-folder.ts';
import { systemErrorCode } from './system-error-code.ts';

/** Bytes an article file may have: 4 MiB. */
export const MAX_FILE_SIZE = 4 * 1024 * 1024;

/** Bytes at the beginning of a file that cannot be read in which a line that hides is looked for: as many as front matter may have. */
const MAX_LEGIBLE = 2 * 1024 * 1024;

/** What became of reading one file. */
export type ReadFile =
  | { kind: 'read'; text: string; size: number; mtimeMs: number; digest: string }
  /** Somebody is writing it: try again a little later. */
  | { kind: 'changing'; size: number; mtimeMs: number }
  /** It was deleted after the scan. */
  | { kind: 'gone' }
  /** `legible`: what can be made out of its beginning, for the one question whether it says that it is hidden; null when nothing can. */
  | {
      kind: 'rejected';
      problem: Problem;
      size: number;
      mtimeMs: number;
      digest: string;
      legible: string | null;
    };

// A FIFO must not block the reader, nor a file that became a link since the scan lead out of the folder.
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;

/**
 * Reads one scanned file. Synchronous: for small files four system calls are faster than four trips through the thread
 * pool.
 *
 * @param openFiles as of confirmPlace
 * @returns its text (UTF-8, without BOM) and the SHA-256 of its bytes; or a problem when it is larger than 4 MiB, no
 * regular file, unreadable, not UTF-8, or has NUL bytes.
 */
export function readArticleFile(root: string, scanned: ScannedFile, openFiles?: string): ReadFile {
  const inside = scanned.target ?? scanned.path;
  let descriptor: number;
  try {
    descriptor = openSync(`${root}/${inside}`, FLAGS);
  } catch (error) {
    return explain(scanned, error);
  }
  try {
    const place = confirmPlace(descriptor, root, inside, openFiles);
    if (place === 'there') return readOpenFile(descriptor, scanned);
    const { size, mtimeMs } = scanned;
    if (place === 'moved') return { kind: 'changing', size, mtimeMs };
    return {
      kind: 'rejected',
      problem: createProblem('LINK_OUTSIDE', scanned.path),
      size,
      mtimeMs,
      digest: '',
      legible: null,
    };
  } catch (error) {
    return explain(scanned, error);
  } finally {
    closeSync(descriptor);
  }
}

/** For one file at a time: fresh memory for each costs more than all else of reading it. */
let buffer = Buffer.allocUnsafeSlow(64 * 1024);

function readOpenFile(descriptor: number, scanned: ScannedFile): ReadFile {
  const before = fstatSync(descriptor);
  const { size, mtimeMs } = before;
  const reject = (problem: Problem, digest = '', legible: string | null = null): ReadFile => ({
    kind: 'rejected',
    problem,
    size,
    mtimeMs,
    digest,
    legible,
  });
  if (!before.isFile()) {
    return reject(createProblem('NOT_A_FILE', scanned.path, { words: { found: 'something else by now' } }));
  }
  if (size > MAX_FILE_SIZE) {
    const words = { size: size.toLocaleString('en'), limit: MAX_FILE_SIZE.toLocaleString('en') };
    const head = Buffer.allocUnsafe(MAX_LEGIBLE);
    const legible = makeOut(head.subarray(0, readSync(descriptor, head, 0, MAX_LEGIBLE, 0)));
    return reject(createProblem('FILE_TOO_LARGE', scanned.path, { words }), '', legible);
  }
  // One byte more than it has, so that a file that has grown shows.
  if (buffer.length <= size) buffer = Buffer.allocUnsafeSlow(size + 1);
  const length = readSync(descriptor, buffer, 0, size + 1, 0);
  const after = fstatSync(descriptor);
  if (length !== size || after.size !== size || after.mtimeMs !== mtimeMs) {
    return { kind: 'changing', size: after.size, mtimeMs: after.mtimeMs };
  }
  const bytes = buffer.subarray(0, length);
  const digest = digestBytes(bytes);
  const decoded = decodeText(bytes);
  if ('code' in decoded) {
    const problem = createProblem(decoded.code, scanned.path, { line: decoded.line });
    return reject(problem, digest, makeOut(bytes.subarray(0, MAX_LEGIBLE)));
  }
  return { kind: 'read', text: decoded.text, size, mtimeMs, digest };
}

/** The ASCII of bytes in whatever encoding: in UTF-16 there is a NUL beside each. */
function makeOut(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/u, '')
    .replace(/\r\n?/gu, '\n');
}

function explain(scanned: ScannedFile, error: unknown): ReadFile {
  const { path, size, mtimeMs } = scanned;
  const code = systemErrorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' };
  const problem =
    code === 'ELOOP'
      ? createProblem('LINK_OUTSIDE', path)
      : createProblem('UNREADABLE', path, { words: { reason: code } });
  return { kind: 'rejected', problem, size, mtimeMs, digest: '', legible: null };
}
