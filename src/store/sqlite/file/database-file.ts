import { randomBytes } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemNow } from '../../../content/reading.ts';
import { isSystemError, StoreError } from '../../store-error.ts';

/**
 * The absolute path that a `file:` URL names; a relative one counts from the working directory.
 * @throws StoreError DATABASE_URL_INVALID for any other URL.
 */
export function databaseFile(url: string): string {
  const path = /^file:\/\//.test(url) ? fileURLToPath(url) : /^file:([^?#]+)$/.exec(url)?.[1];
  if (!path || path.startsWith(':')) {
    throw new StoreError(
      'DATABASE_URL_INVALID',
      null,
      `"${url}" does not name a database file.`,
      'Write it as file:./data/gateway.db or file:/var/lib/gateway.db.',
    );
  }
  return resolve(decodePath(path));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The URL by which the driver opens exactly this path. */
export function driverUrl(file: string): string {
  return `file:${file.split('/').map(encodeURIComponent).join('/')}`;
}

/** Which file stands at the path, through symbolic links: changes when another takes its place; null when there is none. */
export function fileIdentity(path: string): string | null {
  const stat = statOrNull(path);
  return stat ? `${stat.dev}:${stat.ino}` : null;
}

/** What there is at the path, through symbolic links; null when nothing is or can be, as below a file. */
export function statOrNull(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isSystemError(error, 'ENOTDIR')) return null;
    throw error;
  }
}

/** A name beside the database's for one that is being made, and no backup of anybody's. */
export function freshName(file: string): string {
  return `${file}.index-${systemNow().toString(36)}${randomBytes(3).toString('hex')}`;
}

/** Whether a file name in the database's folder is one of `freshName`, or of a log of such a file. */
export function isFreshName(file: string, name: string): boolean {
  return name.startsWith(`${basename(file)}.index-`);
}
