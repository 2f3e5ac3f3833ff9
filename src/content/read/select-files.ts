import { readFileSync, statSync } from 'node:fs';
import ignore, { type Ignore } from 'ignore';
import { findCostlyPattern } from './check-ignore-patterns.ts';
import { ContentFolderError } from './content-folder-error.ts';

/** Names, in gitignore's syntax, what in the content folder is not to be read. */
export const IGNORE_FILE = '.gatewayignore';

/** Bytes that it may have. */
const MAX_IGNORE_FILE = 64 * 1024;

/**
 * Folders in one another that are looked into: what patterns take grows with their number, and with each `**` again; and the
 * system walks all of them for each one that is listed.
 */
export const MAX_FOLDERS = 100;

// Of a project rather than of a site, and so the folder's own papers when they lie at its top.
const PROJECT_FILE = /^(?:(?:readme|license|changelog|contributing|code_of_conduct)\.[a-z]+|robots\.txt)$/iu;

/** How many files and folders are not read, by the reason: an extension such as `.rst`, or words. */
export type UnreadCounts = Record<string, number>;

/** Decides which paths of a content folder are read. */
export interface Selection {
  /** Why a path is left alone whatever it is, as `UnreadCounts` names it; null when it is to be looked at. */
  refuse(path: string, isFolder: boolean): string | null;
}

/**
 * The selection that the folder's `.gatewayignore` makes, if there is one.
 * @throws ContentFolderError when it cannot be read, or not in bounded time: what it names must not be served by mistake
 */
export function readSelection(root: string): Selection {
  const patterns = readIgnoreFile(root);
  return {
    refuse(path, isFolder) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      if (name === 'node_modules') return 'node_modules';
      if (name.startsWith('.')) return 'hidden (the name begins with a dot)';
      return patterns?.ignores(isFolder ? `${path}/` : path) ? `named in ${IGNORE_FILE}` : null;
    },
  };
}

/** Whether a path, relative to the content folder, is below so many folders that it is not looked at. */
export function isTooDeep(path: string, isFolder: boolean): boolean {
  let folders = isFolder ? 1 : 0;
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) folders += 1;
  return folders > MAX_FOLDERS;
}

/** What `UnreadCounts` calls a file that is no article by its name. */
export function describeExtension(name: string): string {
  if (/\.(?:mdx?|markdown|txt)$/iu.test(name)) return "an editor's own";
  return /(?!^)\.[^.]{1,20}$/u.exec(name)?.[0].toLowerCase() ?? 'without an extension';
}

/** True for a README, a licence and the like directly in the content folder: read only when there is no other file. */
export function isProjectFile(path: string): boolean {
  return PROJECT_FILE.test(path);
}

function lookAt(root: string, file: string) {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (error) {
    throw new ContentFolderError(root, 'unreadable', error);
  }
}

function readIgnoreFile(root: string): Ignore | null {
  const file = `${root}/${IGNORE_FILE}`;
  const stat = lookAt(root, file);
  if (!stat) return null;
  let text: string;
  try {
    if (!stat.isFile() || stat.size > MAX_IGNORE_FILE) throw new Error('It is no file of at most 64 KiB.');
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ContentFolderError(root, 'ignore-file-unreadable', error);
  }
  const costly = findCostlyPattern(text);
  if (costly !== null) throw new ContentFolderError(root, 'ignore-file-costly', undefined, costly);
  return ignore().add(text);
}
