import { compareCodePoints } from '../../text/compare-code-points.ts';
import type { FileState } from '../sqlite/write/sync-state.ts';

/** A file as the folder lists it. */
export interface ListedFile {
  path: string;
  /** Bytes. */
  size: number;
  mtimeMs: number;
}

export interface ReadPlan<File> {
  /** New, changed, or in doubt, by path. */
  read: File[];
  /** Rows of files that are as they were. */
  kept: FileState[];
}

/**
 * Splits the listed files into those to read and those that are as the last sync saw them: same size, same time, and
 * read so long after that time that no later change can have left both the same.
 * @param force reads them all
 */
export function planReads<File extends ListedFile>(
  known: ReadonlyMap<string, FileState>,
  listed: readonly File[],
  force: boolean,
): ReadPlan<File> {
  const plan: ReadPlan<File> = { read: [], kept: [] };
  for (const file of listed) {
    const row = known.get(file.path);
    if (row && !force && isUnchanged(row, file)) plan.kept.push(row);
    else plan.read.push(file);
  }
  plan.read.sort((a, b) => compareCodePoints(a.path, b.path));
  return plan;
}

function isUnchanged(row: FileState, file: ListedFile): boolean {
  return (
    row.size === file.size && row.mtimeMs === roundTime(file.mtimeMs) && row.isSettled && row.digest !== ''
  );
}

/** SQLite's JSON keeps 15 digits of a number: milliseconds and two more. */
export function roundTime(mtimeMs: number): number {
  return Math.round(mtimeMs * 100) / 100;
}

/** File systems keep times to some milliseconds, and some to two seconds. */
export function isSettledTime(mtimeMs: number, readAt: number): boolean {
  const grain = mtimeMs % 1000 === 0 ? 2_000 : 50;
  return mtimeMs < readAt - grain;
}
