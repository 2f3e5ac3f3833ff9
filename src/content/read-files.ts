import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { isArticleName, isReadableName } from './article-name.ts';
import { compareCodePoints } from './compare-code-points.ts';
import { confirmPlace } from './confirm-place.ts';
import { ContentFolderError } from './content-folder-error.ts';
import { decodeText } from './decode-text.ts';
import { digestBytes } from './digest.ts';
import type { Problem } from './problem.ts';
import { createProblem, type ProblemCode } from './problem-catalogue.ts';
import {
  describeExtension,
  isProjectFile,
  readSelection,
  type Selection,
  type UnreadCounts,
} from './select-files.ts';
import { takeTurns } from './take-turns.ts';

/** An article file as a scan found it. */
export interface ScannedFile {
  /** Relative to the content folder, with `/`. */
  path: string;
  /** Bytes. */
  size: number;
  mtimeMs: number;
  /** Where in the folder it really is, when a link was followed to it. */
  target?: string;
}

/** What a content folder holds, in the order of the paths' code points, and what could not be looked at. */
export interface ScannedFolder {
  files: ScannedFile[];
  problems: Problem[];
  /** What was left alone. */
  unread: UnreadCounts;
}

interface Folder {
  /** Relative, empty or ending with `/`. */
  path: string;
  /** Absolute, without links. */
  real: string;
  isLinked: boolean;
}

interface Scan extends ScannedFolder {
  realRoot: string;
  folders: Folder[];
  selection: Selection;
}

/**
 * Lists the article files of a folder, at any depth, without opening them. Links are followed within the folder, one link
 * deep. Work is synchronous in slices: ten thousand files take about 0.1 s.
 *
 * @throws ContentFolderError when the folder is missing, no folder, or cannot be listed.
 */
export async function scanFolder(root: string): Promise<ScannedFolder> {
  const realRoot = openRoot(root);
  const scan: Scan = {
    realRoot,
    files: [],
    problems: [],
    unread: {},
    selection: readSelection(realRoot),
    folders: [{ path: '', real: realRoot, isLinked: false }],
  };
  const turn = takeTurns();
  for (let folder = scan.folders.pop(); folder !== undefined; folder = scan.folders.pop()) {
    for (const entry of listFolder(root, folder, scan)) {
      scanEntry(scan, folder, entry);
      const pause = turn();
      if (pause !== undefined) await pause;
    }
  }
  leaveProjectFiles(scan);
  scan.files.sort((a, b) => compareCodePoints(a.path, b.path));
  scan.problems.sort((a, b) => compareCodePoints(a.path, b.path));
  return { files: scan.files, problems: scan.problems, unread: scan.unread };
}

/** A folder's only file is meant, whatever its name. */
function leaveProjectFiles(scan: Scan): void {
  if (scan.files.length === 1) return;
  scan.files = scan.files.filter(({ path }) => {
    if (!isProjectFile(path)) return true;
    countUnread(scan, 'README, LICENSE and the like');
    return false;
  });
}

function countUnread({ unread }: Scan, reason: string): void {
  unread[reason] = (unread[reason] ?? 0) + 1;
}

function openRoot(root: string): string {
  try {
    const real = realpathSync(root);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    throw new ContentFolderError(root, errorCode(error) === 'ENOENT' ? 'missing' : 'unreadable', error);
  }
  throw new ContentFolderError(root, 'not-a-folder');
}

function listFolder(root: string, folder: Folder, scan: Scan): Dirent[] {
  try {
    const entries = readdirSync(folder.real, { withFileTypes: true });
    if (realpathSync(folder.real) === folder.real) return entries;
    note(scan, 'UNREADABLE', folder.path.slice(0, -1), { reason: 'it was replaced while it was listed' });
    return [];
  } catch (error) {
    if (folder.path === '') throw new ContentFolderError(root, 'unreadable', error);
    note(scan, 'UNREADABLE', folder.path.slice(0, -1), { reason: errorCode(error) });
    return [];
  }
}

function scanEntry(scan: Scan, folder: Folder, entry: Dirent): void {
  const { name } = entry;
  const path = folder.path + name;
  const refused = scan.selection.refuse(path, entry.isDirectory());
  const real = `${folder.real}/${name}`;
  const isArticle = isArticleName(name);
  if (refused !== null) countUnread(scan, refused);
  else if (!isArticle && !entry.isDirectory() && !entry.isSymbolicLink()) {
    countUnread(scan, describeExtension(name));
  } else if (!isReadableName(name)) note(scan, 'FILE_NAME_INVALID', path);
  else if (entry.isFile()) addFile(scan, path, real, folder.isLinked);
  else if (entry.isDirectory())
    addFolder(scan, isArticle, { path: `${path}/`, real, isLinked: folder.isLinked });
  else if (entry.isSymbolicLink()) followLink(scan, folder, path, real, isArticle);
  else note(scan, 'NOT_A_FILE', path, { found: nameKind(entry) });
}

function addFile(scan: Scan, path: string, real: string, isLinked: boolean): void {
  try {
    const { size, mtimeMs } = lstatSync(real);
    const target = real.slice(scan.realRoot.length + 1);
    scan.files.push(isLinked ? { path, size, mtimeMs, target } : { path, size, mtimeMs });
  } catch (error) {
    // Deleted between the listing and now: it is not there.
    if (errorCode(error) !== 'ENOENT') note(scan, 'UNREADABLE', path, { reason: errorCode(error) });
  }
}

function addFolder(scan: Scan, isArticle: boolean, folder: Folder): void {
  if (isArticle) note(scan, 'NOT_A_FILE', folder.path.slice(0, -1), { found: 'a folder' });
  scan.folders.push(folder);
}

function followLink(scan: Scan, folder: Folder, path: string, link: string, isArticle: boolean): void {
  let real: string;
  let kind: ReturnType<typeof statSync>;
  try {
    real = realpathSync(link);
    kind = statSync(real);
  } catch (error) {
    const code = errorCode(error);
    if (isArticle) note(scan, code === 'ELOOP' ? 'LINK_CYCLE' : 'LINK_BROKEN', path);
    return;
  }
  if (!isArticle && !kind.isDirectory()) return;
  if (real !== scan.realRoot && !real.startsWith(`${scan.realRoot}/`)) note(scan, 'LINK_OUTSIDE', path);
  else if (kind.isFile()) addFile(scan, path, real, true);
  else if (!kind.isDirectory()) note(scan, 'NOT_A_FILE', path, { found: nameKind(kind) });
  else if (`${folder.real}/`.startsWith(`${real}/`)) note(scan, 'LINK_CYCLE', path);
  else if (folder.isLinked) note(scan, 'LINK_NESTED', path);
  else addFolder(scan, isArticle, { path: `${path}/`, real, isLinked: true });
}

function nameKind(entry: Pick<Dirent, 'isFIFO' | 'isSocket'>): string {
  if (entry.isFIFO()) return 'a named pipe';
  return entry.isSocket() ? 'a socket' : 'a device';
}

function note(scan: Scan, code: ProblemCode, path: string, words: Record<string, string> = {}): void {
  scan.problems.push(createProblem(code, path, { words }));
}

/** Bytes an article file may have: 4 MiB. */
export const MAX_FILE_SIZE = 4 * 1024 * 1024;

/** What became of reading one file. */
export type ReadFile =
  | { kind: 'read'; text: string; size: number; mtimeMs: number; digest: string }
  /** Somebody is writing it: try again a little later. */
  | { kind: 'changing'; size: number; mtimeMs: number }
  /** It was deleted after the scan. */
  | { kind: 'gone' }
  | { kind: 'rejected'; problem: Problem; size: number; mtimeMs: number; digest: string };

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
  const reject = (problem: Problem, digest = ''): ReadFile => ({
    kind: 'rejected',
    problem,
    size,
    mtimeMs,
    digest,
  });
  if (!before.isFile()) {
    return reject(createProblem('NOT_A_FILE', scanned.path, { words: { found: 'something else by now' } }));
  }
  if (size > MAX_FILE_SIZE) {
    const words = { size: size.toLocaleString('en'), limit: MAX_FILE_SIZE.toLocaleString('en') };
    return reject(createProblem('FILE_TOO_LARGE', scanned.path, { words }));
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
  if ('code' in decoded)
    return reject(createProblem(decoded.code, scanned.path, { line: decoded.line }), digest);
  return { kind: 'read', text: decoded.text, size, mtimeMs, digest };
}

function explain(scanned: ScannedFile, error: unknown): ReadFile {
  const { path, size, mtimeMs } = scanned;
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'gone' };
  const problem =
    code === 'ELOOP'
      ? createProblem('LINK_OUTSIDE', path)
      : createProblem('UNREADABLE', path, { words: { reason: code } });
  return { kind: 'rejected', problem, size, mtimeMs, digest: '' };
}

function errorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  throw error;
}
