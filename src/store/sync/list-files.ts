import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Problem } from '../../content/problems/problem.ts';
import { isArticleName } from '../../content/read/article-name.ts';
import { realModelFile } from '../../content/read/model-file.ts';
import { type ScannedFile, scanFolder } from '../../content/read/scan-folder.ts';
import {
  isProjectFile,
  isTooDeep,
  readSelection,
  type UnreadCounts,
} from '../../content/read/select-files.ts';
import type { FileState } from '../sqlite/write/sync-state.ts';
import { isSystemError } from '../store-error.ts';

export interface Listing {
  /** Files to look at. */
  files: ScannedFile[];
  /** Of paths that could not even be looked at. */
  problems: Problem[];
  /** Rows of files that are taken to be as they were. */
  untouched: FileState[];
  /** Article files in the folder. */
  total: number;
  /** What in the folder was left alone; null when only some paths were looked at. */
  unread: UnreadCounts | null;
}

/**
 * Lists the whole folder. Files in a folder that cannot be listed are taken to be as they were.
 * @param modelFile as of scanFolder
 * @throws ContentFolderError when the content folder itself is missing or cannot be listed
 */
export async function listFolder(
  root: string,
  known: ReadonlyMap<string, FileState>,
  modelFile: string | null,
): Promise<Listing> {
  const { files, problems, unread } = await scanFolder(root, modelFile);
  const closed = problems.filter(({ code }) => code === 'UNREADABLE').map(({ path }) => `${path}/`);
  const untouched =
    closed.length === 0
      ? []
      : [...known.values()].filter(({ path }) => closed.some((folder) => path.startsWith(folder)));
  return { files, problems, untouched, total: files.length + untouched.length, unread };
}

/**
 * Lists the given paths only. Null when that needs a scan of the whole folder: something is not a plain file in plain
 * folders, where the rules for links and names apply.
 */
export function listPaths(
  root: string,
  paths: readonly string[],
  known: ReadonlyMap<string, FileState>,
  modelFile: string | null,
): Listing | null {
  // Whether one of them is read depends on what else there is.
  if ([...paths, ...known.keys()].some(isProjectFile)) return null;
  const wanted = new Set(paths);
  const files: ScannedFile[] = [];
  let realRoot: string;
  try {
    realRoot = realpathSync.native(root);
  } catch {
    return null;
  }
  const selection = readSelection(realRoot);
  const realModel = realModelFile({ folder: realRoot, file: modelFile });
  for (const path of wanted) {
    if (!isArticleName(path.slice(path.lastIndexOf('/') + 1))) return null;
    // As a scan, which tells of the folder.
    if (isTooDeep(path, false) || selection.refuse(path, false) !== null) continue;
    try {
      const absolute = join(realRoot, path);
      if (absolute === realModel) continue;
      if (realpathSync.native(dirname(absolute)) !== dirname(absolute)) return null;
      const stat = lstatSync(absolute);
      if (!stat.isFile()) return null;
      files.push({ path, size: stat.size, mtimeMs: stat.mtimeMs });
    } catch (error) {
      if (!isSystemError(error, 'ENOENT') && !isSystemError(error, 'ENOTDIR')) return null;
    }
  }
  const untouched = [...known.values()].filter(({ path }) => !wanted.has(path));
  return { files, problems: [], untouched, total: files.length + untouched.length, unread: null };
}
