import { realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { ContentFolderError } from '../../content/read/content-folder-error.ts';
import { openStore } from '../../store/open-store.ts';

/**
 * Lets a folder pass that is there, and one that has gone but whose articles are in the database: the sync then keeps
 * them and says so. Any other path is a slip of the hand.
 * @throws ContentFolderError
 */
export async function requireFolder(folder: string, databaseUrl: string): Promise<void> {
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (stat?.isDirectory() || (await wasLoadedFrom(folder, databaseUrl))) return;
  throw new ContentFolderError(folder, stat ? 'not-a-folder' : 'missing');
}

async function wasLoadedFrom(folder: string, databaseUrl: string): Promise<boolean> {
  const store = openStore(databaseUrl);
  try {
    return (await store.exists()) && (await store.readFolder()) === formerRealPath(folder);
  } catch {
    // A database that cannot be read knows no folder; what is wrong with it is told when it is needed.
    return false;
  }
}

/** The real path that a folder had when it was there. */
function formerRealPath(folder: string): string {
  const path = resolve(folder);
  try {
    return join(realpathSync(dirname(path)), basename(path));
  } catch {
    return path;
  }
}
