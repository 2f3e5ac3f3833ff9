import { accessSync, constants } from 'node:fs';
import { dirname, join } from 'node:path';
import { showPath } from '../../show-path.ts';
import { StoreError } from '../../store-error.ts';
import { statOrNull } from './database-file.ts';
import { makeFolder } from './make-folder.ts';

const remedy = 'Give this user write permission there, or set DATABASE_URL to another place.';

/**
 * Makes the folder of a database file where it is not there.
 * @throws StoreError DATABASE_UNREACHABLE when it cannot be made, DATABASE_READ_ONLY when no file can be made in it
 */
export async function prepareFolder(file: string): Promise<void> {
  try {
    await makeFolder(dirname(file));
  } catch (error) {
    const message = `The folder of the database ${showPath(file)} cannot be made.`;
    throw new StoreError('DATABASE_UNREACHABLE', file, message, `Make it. ${remedy}`, error);
  }
  const obstacle = findObstacle(file);
  if (obstacle !== null) throw new StoreError('DATABASE_READ_ONLY', file, obstacle, remedy);
}

/** Why this user could not write a database at this path, as a sentence; null when nothing is in the way. Makes nothing. */
export function findObstacle(file: string): string | null {
  if (statOrNull(file) !== null && !isWritable(file)) {
    return `The database ${showPath(file)} cannot be written to.`;
  }
  // SQLite makes files beside the database, also where that is there already.
  let folder = dirname(file);
  while (statOrNull(folder) === null && dirname(folder) !== folder) folder = dirname(folder);
  if (statOrNull(folder)?.isDirectory() !== true) {
    return `The folder of the database ${showPath(file)} cannot be made: ${showPath(folder)} is no folder.`;
  }
  if (isWritable(join(folder, '.'))) return null;
  return `The folder ${showPath(folder)} of the database cannot be written to.`;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
