import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSystemError } from '../../store-error.ts';
import { statOrNull } from './database-file.ts';

/**
 * Makes a folder and those above it that are not there. Not by `mkdir`'s own `recursive`, which tries for ever where a folder
 * answers that the one to be made in it does not exist, as /proc does.
 * @throws the system's error when one of them cannot be made
 */
export async function makeFolder(folder: string): Promise<void> {
  const missing: string[] = [];
  for (let path = folder; !isFolder(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) await makeOne(path);
}

function isFolder(path: string): boolean {
  // The root is one, so that the way up ends.
  return dirname(path) === path || statOrNull(path)?.isDirectory() === true;
}

async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    // Another process may have made it just now.
    if (!isSystemError(error, 'EEXIST') || !isFolder(path)) throw error;
  }
}
