import { isProjectFile } from '../../content/read/select-files.ts';
import type { FileState } from '../sqlite/write/sync-state.ts';
import type { SyncRefusal } from '../sync-report.ts';

const allow = (folder: string, options = '--allow-mass-removal') =>
  `If it is meant: npm run seed -- ${quote(folder)} ${options}`;

/** For a POSIX shell. */
const quote = (path: string) => (/^[\w./-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);

/** The folder is not there, or cannot be listed. */
export function refuseFolder(message: string, known: number): SyncRefusal {
  return {
    reason: 'folder-missing',
    missing: known,
    known,
    message: `${message} The content loaded before is still served.`,
    fix: 'Bring the folder back (is its disk mounted?), or set CONTENT_DIR to the right one.',
  };
}

/**
 * Articles seldom go by the half, and mounts that fail, wrong paths and slips of the hand take them all at once.
 * @param removed ids of the articles that would go
 * @param isNamed whether `.gatewayignore` names a path: its file is there, and its owner's word is plain
 * @returns null when there is nothing to refuse
 */
export function refuseMassRemoval(
  folder: string,
  listed: number,
  known: number,
  removed: readonly string[],
  files: { before: ReadonlyMap<string, FileState>; after: ReadonlyMap<string, FileState> },
  isNamed: (path: string) => boolean,
): SyncRefusal | null {
  const isNamedOrNone = ({ path, articleId }: FileState) => articleId === null || isNamed(path);
  if (known > 0 && listed === 0) {
    if ([...files.before.values()].every(isNamedOrNone)) return null;
    return {
      reason: 'folder-empty',
      missing: known,
      known,
      message: `The content folder ${folder} has no article file, and ${known} articles were loaded from it. They are still served.`,
      fix: `Bring the files back. ${allow(folder)}`,
    };
  }
  const missing = removed.length * 2 > known ? countMissing(removed, files, isNamed) : 0;
  const outcome = 'They are still served; what the other files say is loaded.';
  return missing * 2 > known ? refuseMissing(folder, known, missing, outcome) : null;
}

/** For a rebuilt index, of which only the number of articles is compared with the old one's. */
export function refuseFewer(folder: string, before: number, after: number): SyncRefusal | null {
  if (after * 2 >= before) return null;
  const fix = `Bring the files back. ${allow(folder, '--rebuild --allow-mass-removal')}`;
  const outcome = 'The content loaded before is still served.';
  return { ...refuseMissing(folder, before, before - after, outcome), fix };
}

function refuseMissing(folder: string, known: number, missing: number, outcome: string): SyncRefusal {
  return {
    reason: 'mass-removal',
    missing,
    known,
    message: `${missing} of ${known} articles are missing from ${folder}. ${outcome}`,
    fix: `Bring the files back. ${allow(folder)}`,
  };
}

/** Not missing is a file that has only moved, although its path made another article of it, and a README that has company now. */
function countMissing(
  removed: readonly string[],
  { before, after }: { before: ReadonlyMap<string, FileState>; after: ReadonlyMap<string, FileState> },
  isNamed: (path: string) => boolean,
): number {
  const moved = new Set<string>();
  for (const row of after.values()) if (!before.has(row.path)) moved.add(row.digest);
  const gone = new Set(removed);
  for (const { path, articleId } of before.values()) {
    if (articleId !== null && (isProjectFile(path) || isNamed(path))) gone.delete(articleId);
  }
  for (const { path, articleId } of before.values()) {
    // The file is there, and says that its article is hidden.
    if (articleId !== null && after.get(path)?.state === 'rejected') gone.delete(articleId);
  }
  for (const row of before.values()) {
    if (row.articleId !== null && !after.has(row.path) && moved.has(row.digest)) gone.delete(row.articleId);
  }
  return gone.size;
}
