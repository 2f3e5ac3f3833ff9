import { type Dirent, lstatSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { compareCodePoints } from '../../text/compare-code-points.ts';
import type { Problem } from '../problems/problem.ts';
import { createProblem, type ProblemCode } from '../problems/problem-catalogue.ts';
import { isArticleName, isReadableName } from './article-name.ts';
import { ContentFolderError } from './content-folder-error.ts';
import { MODEL_FILE, realModelFile } from './model-file.ts';
import {
  describeExtension,
  isProjectFile,
  isTooDeep,
  MAX_FOLDERS,
  readSelection,
  type Selection,
  type UnreadCounts,
} from './select-files.ts';
import { systemErrorCode } from './system-error-code.ts';
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
  /** As of realModelFile. */
  realModel: string | null;
  folders: Folder[];
  selection: Selection;
}

/**
 * Lists the article files of a folder, at any depth, without opening them. Links are followed within the folder, one link
 * deep. Work is synchronous in slices: ten thousand files take about 0.1 s.
 *
 * @param modelFile the file that MODEL names; null where nothing is named
 * @throws ContentFolderError when the folder is missing, no folder, or cannot be listed.
 */
export async function scanFolder(root: string, modelFile: string | null = null): Promise<ScannedFolder> {
  const realRoot = openRoot(root);
  const scan: Scan = {
    realRoot,
    realModel: realModelFile({ folder: realRoot, file: modelFile }),
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
    const real = realpathSync.native(root);
    if (statSync(real).isDirectory()) return real;
  } catch (error) {
    throw new ContentFolderError(root, systemErrorCode(error) === 'ENOENT' ? 'missing' : 'unreadable', error);
  }
  throw new ContentFolderError(root, 'not-a-folder');
}

function listFolder(root: string, folder: Folder, scan: Scan): Dirent[] {
  try {
    const entries = readdirSync(folder.real, { withFileTypes: true });
    if (realpathSync.native(folder.real) === folder.real) return entries;
    note(scan, 'UNREADABLE', folder.path.slice(0, -1), { reason: 'it was replaced while it was listed' });
    return [];
  } catch (error) {
    if (folder.path === '') throw new ContentFolderError(root, 'unreadable', error);
    note(scan, 'UNREADABLE', folder.path.slice(0, -1), { reason: systemErrorCode(error) });
    return [];
  }
}

function scanEntry(scan: Scan, folder: Folder, entry: Dirent): void {
  const { name } = entry;
  const path = folder.path + name;
  const isFolder = entry.isDirectory();
  const real = `${folder.real}/${name}`;
  // Below a link the place may be deeper than the path.
  const isDeep = isTooDeep(path, isFolder) || isTooDeep(placeIn(scan, real), isFolder);
  // Patterns would take long with it.
  const refused = isDeep ? null : scan.selection.refuse(path, isFolder);
  const isArticle = isArticleName(name);
  // It is no article, and it is read: by findModel.
  if ((path === MODEL_FILE && !isFolder) || real === scan.realModel) return;
  if (refused !== null) countUnread(scan, refused);
  else if (!isArticle && !entry.isDirectory() && !entry.isSymbolicLink()) {
    countUnread(scan, describeExtension(name));
  } else if (!isReadableName(name)) note(scan, 'FILE_NAME_INVALID', path);
  else if (isDeep) noteDepth(scan, path);
  else if (entry.isFile()) addFile(scan, path, real, folder.isLinked);
  else if (entry.isDirectory())
    addFolder(scan, isArticle, { path: `${path}/`, real, isLinked: folder.isLinked });
  else if (entry.isSymbolicLink()) followLink(scan, folder, path, real, isArticle);
  else note(scan, 'NOT_A_FILE', path, { found: nameKind(entry) });
}

function addFile(scan: Scan, path: string, real: string, isLinked: boolean): void {
  try {
    const { size, mtimeMs } = lstatSync(real);
    const target = placeIn(scan, real);
    scan.files.push(isLinked ? { path, size, mtimeMs, target } : { path, size, mtimeMs });
  } catch (error) {
    // Deleted between the listing and now: it is not there.
    if (systemErrorCode(error) !== 'ENOENT')
      note(scan, 'UNREADABLE', path, { reason: systemErrorCode(error) });
  }
}

function addFolder(scan: Scan, isArticle: boolean, folder: Folder): void {
  if (isArticle) note(scan, 'NOT_A_FILE', folder.path.slice(0, -1), { found: 'a folder' });
  scan.folders.push(folder);
}

function followLink(scan: Scan, folder: Folder, path: string, link: string, isArticle: boolean): void {
  let real: string;
  let isDeep: boolean;
  let kind: ReturnType<typeof statSync>;
  try {
    // The system bounds the links in one another, and what it is told of one is bounded here.
    kind = statSync(link);
    isDeep = isTooDeep(readlinkSync(link), true);
    real = isDeep ? link : realpathSync.native(link);
  } catch (error) {
    const code = systemErrorCode(error);
    if (isArticle) note(scan, code === 'ELOOP' ? 'LINK_CYCLE' : 'LINK_BROKEN', path);
    return;
  }
  if ((!isArticle && !kind.isDirectory()) || real === scan.realModel) return;
  if (real !== scan.realRoot && !real.startsWith(`${scan.realRoot}/`)) note(scan, 'LINK_OUTSIDE', path);
  else if (isDeep || isTooDeep(placeIn(scan, real), kind.isDirectory())) noteDepth(scan, path);
  else if (kind.isFile()) addFile(scan, path, real, true);
  else if (!kind.isDirectory()) note(scan, 'NOT_A_FILE', path, { found: nameKind(kind) });
  else if (`${folder.real}/`.startsWith(`${real}/`)) note(scan, 'LINK_CYCLE', path);
  else if (folder.isLinked) note(scan, 'LINK_NESTED', path);
  else addFolder(scan, isArticle, { path: `${path}/`, real, isLinked: true });
}

/** A real path as relative to the content folder. */
function placeIn({ realRoot }: Scan, real: string): string {
  return real.slice(realRoot.length + 1);
}

function noteDepth(scan: Scan, path: string): void {
  note(scan, 'TOO_DEEP', path, { limit: String(MAX_FOLDERS) });
}

function nameKind(entry: Pick<Dirent, 'isFIFO' | 'isSocket'>): string {
  if (entry.isFIFO()) return 'a named pipe';
  return entry.isSocket() ? 'a socket' : 'a device';
}

function note(scan: Scan, code: ProblemCode, path: string, words: Record<string, string> = {}): void {
  scan.problems.push(createProblem(code, path, { words }));
}
