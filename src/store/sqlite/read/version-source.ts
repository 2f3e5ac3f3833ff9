import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import type { ContentVersionRow } from '../../content-version.ts';
import { followReads, type OpenVersionSource } from '../../version-source.ts';
import { databaseFile, fileIdentity } from '../file/database-file.ts';
import type { DatabaseReader } from './clients.ts';
import { readContentVersion } from './read-content-version.ts';

/**
 * The WAL index begins with a header that every transaction changes (a counter, the last frame, checksums), 48 bytes
 * long: https://www.sqlite.org/walformat.html#the_wal_index_header
 */
const HEADER_LENGTH = 48;

/**
 * How long the shared memory of one database goes without another look at whether it is still the one at its path, in
 * milliseconds. SQLite makes it anew only when the last connection has closed, and the reader keeps one open.
 */
const INDEX_INTERVAL_MS = 50;

/** @param url of the database that the reader reads */
export function createVersionSource(reader: Pick<DatabaseReader, 'readRow'>, url: string): OpenVersionSource {
  const file = databaseFile(url);
  const seen = Buffer.alloc(HEADER_LENGTH);
  const now = Buffer.alloc(HEADER_LENGTH);
  let index: WalIndex | null = null;
  let isKnown = false;

  function isCurrent(): boolean {
    if (!isKnown || !index) return false;
    try {
      return isInPlace(index, file) && readHeader(index.descriptor, now) && now.equals(seen);
    } catch {
      // The system does not say what stands there. Timers ask, too, and whoever asks goes on to refresh, which tells why.
      return false;
    }
  }

  async function read(): Promise<ContentVersionRow> {
    // Looked at before the version is read: a commit in between makes the next isCurrent false, and costs one refresh.
    isKnown = false;
    if (!index || !isInPlace(index, file)) {
      if (index) closeSync(index.descriptor);
      index = null;
      readContentVersion(reader);
      index = openIndex(file);
    }
    const isRead = index !== null && readHeader(index.descriptor, seen);
    const version = readContentVersion(reader);
    if (!version) throw new Error(`No content has been loaded into ${file} yet.`);
    isKnown = isRead;
    return version;
  }

  return followReads({
    isCurrent,
    read,
    close() {
      if (index) closeSync(index.descriptor);
      index = null;
      isKnown = false;
    },
  });
}

interface WalIndex {
  descriptor: number;
  path: string;
  identity: string | null;
  /** Identity of the database file that it belongs to. */
  database: string | null;
  checkedAt: number;
}

/**
 * Whether the index is still that of the database at the path. The database is looked at each time, at 2 microseconds: an
 * interval, however short, would be one of old answers.
 */
function isInPlace(index: WalIndex, file: string): boolean {
  if (fileIdentity(file) !== index.database) return false;
  if (performance.now() - index.checkedAt > INDEX_INTERVAL_MS) {
    if (fileIdentity(index.path) !== index.identity) return false;
    index.checkedAt = performance.now();
  }
  return true;
}

/** Null when there is none: a database that only this process may read has no shared memory. */
function openIndex(file: string): WalIndex | null {
  try {
    const database = fileIdentity(file);
    const path = `${realpathSync(file)}-shm`;
    const descriptor = openSync(path, 'r');
    return { descriptor, path, identity: fileIdentity(path), database, checkedAt: performance.now() };
  } catch {
    return null;
  }
}

function readHeader(descriptor: number, into: Buffer): boolean {
  try {
    return readSync(descriptor, into, 0, HEADER_LENGTH, 0) === HEADER_LENGTH;
  } catch {
    return false;
  }
}
