import { link, lstat, readdir, readlink, realpath, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { systemNow } from '../../content/reading.ts';
import { type ContentVersionRow, versionOf } from '../content-version.ts';
import type { Writer } from '../database/writer.ts';
import { isPostgresql, openStore } from '../open-store.ts';
import {
  databaseFile,
  driverUrl,
  fileIdentity,
  freshName,
  isFreshName,
} from '../sqlite/file/database-file.ts';
import { prepareFolder } from '../sqlite/file/database-folder.ts';
import { migrate, refuseForeign } from '../sqlite/file/migrate.ts';
import { openWriter } from '../sqlite/file/writer.ts';
import {
  continuePreviousIndex,
  type PreviousIndex,
  readPreviousIndex,
} from '../sqlite/write/previous-index.ts';
import { noKeys } from '../sqlite/write/report-sync.ts';
import { isSystemError, StoreError } from '../store-error.ts';
import type { SyncOptions, SyncRefusal, SyncReport } from '../sync-report.ts';
import { refuseFewer } from './guard-removal.ts';
import { syncContent } from './sync-content.ts';

/**
 * Makes the index anew from the files, whatever state the old one is in, and puts it in the old one's place in one step:
 * readers go on with the old one until they look again. Version numbers go on growing, and the change feed goes on
 * where the old one's could be read.
 *
 * The new index is a file of another name, and the database's path becomes a symbolic link to it: SQLite keeps its log
 * beside the real file, so that logs of the old and the new index can never be taken for each other.
 * https://www.sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use
 * @param sync does what syncContent does, on whatever thread
 * @throws StoreError DATABASE_FOREIGN when the database is not the gateway's; SyncBusyError while a sync is writing
 */
export async function rebuildIndex(options: SyncOptions, sync = syncContent): Promise<SyncReport> {
  const { databaseUrl } = options;
  // There all is written again in the transaction of one sync; what is damaged there is for its own tools.
  if (isPostgresql(databaseUrl)) {
    await openStore(databaseUrl).migrate();
    return sync({ ...options, paths: undefined, rewrite: true });
  }
  const file = databaseFile(databaseUrl);
  await prepareFolder(file);
  const old = await holdOld(databaseUrl, file);
  const fresh = freshName(file);
  let isPlaced = false;
  try {
    const previous = await readPreviousIndex(old);
    await migrate(driverUrl(fresh));
    const report = await sync({
      ...options,
      databaseUrl: driverUrl(fresh),
      dryRun: false,
      paths: undefined,
    });
    const refusal = report.refusal ?? refuseLoss(options, previous, report);
    if (refusal || options.dryRun === true) return { ...report, refusal, changed: refusal === null };
    const version = await finishFresh(fresh, previous);
    await keepUnreadable(file, old);
    await takePlace(file, fresh);
    isPlaced = true;
    // What cannot be removed now can the next time.
    await removeOrphans(file, fresh).catch(() => {});
    return version ? reportRebuilt(report, version, previous) : { ...report, changed: true };
  } finally {
    await old?.rollback();
    await old?.close().catch(() => {});
    if (!isPlaced) await removeDatabase(fresh);
  }
}

function refuseLoss(
  options: SyncOptions,
  previous: PreviousIndex | null,
  report: SyncReport,
): SyncRefusal | null {
  const known = previous?.articles ?? 0;
  if (options.allowMassRemoval === true) return null;
  return refuseFewer(options.folder, known, report.totals.articles);
}

/** The old database with its write lock held; null when there is none or nothing can be read of it. */
async function holdOld(url: string, file: string): Promise<Writer | null> {
  if (fileIdentity(file) === null) return null;
  let writer: Writer | undefined;
  try {
    writer = await openWriter(url);
    await refuseForeign(writer, file);
    await writer.begin();
    return writer;
  } catch (error) {
    await writer?.close();
    if (error instanceof StoreError && error.code === 'DATABASE_DAMAGED') return null;
    throw error;
  }
}

function reportRebuilt(
  report: SyncReport,
  version: ContentVersionRow,
  previous: PreviousIndex | null,
): SyncReport {
  const changed = version.publicNumber !== previous?.publicNumber;
  const publicVersion = versionOf(version, false);
  return {
    ...{ ...report, version: versionOf(version, true), changed: true },
    public: { ...report.public, version: publicVersion, changed, ...(!changed && { changedKeys: noKeys }) },
  };
}

async function finishFresh(fresh: string, previous: PreviousIndex | null): Promise<ContentVersionRow | null> {
  const writer = await openWriter(driverUrl(fresh));
  try {
    const version = await continuePreviousIndex(writer, previous);
    await writer.text('PRAGMA wal_checkpoint(TRUNCATE)');
    return version;
  } finally {
    await writer.close();
  }
}

/** What is no database at all may be a file that somebody wants to keep: its bytes get a second name. */
async function keepUnreadable(file: string, old: Writer | null): Promise<void> {
  if (old !== null || fileIdentity(file) === null) return;
  await rm(`${file}.replaced`, { force: true });
  await link(await realpath(file), `${file}.replaced`);
}

async function takePlace(file: string, fresh: string): Promise<void> {
  const before = await readLink(file);
  const pointer = `${fresh}.link`;
  await symlink(basename(fresh), pointer);
  await rename(pointer, file);
  // Whoever has the old files open keeps them until it looks again.
  if (before === null) await removeLogs(file);
  else if (dirname(before) === dirname(file) && basename(before).startsWith(`${basename(file)}.`)) {
    await removeDatabase(before);
  }
}

/** A process killed while it makes a database leaves its half of one. None takes an hour to make. */
async function removeOrphans(file: string, fresh: string): Promise<void> {
  const folder = dirname(fresh);
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!isFreshName(file, name) || path.startsWith(fresh)) continue;
    const { mtimeMs } = await lstat(path);
    if (systemNow() - mtimeMs > 3_600_000) await rm(path, { force: true });
  }
}

async function readLink(file: string): Promise<string | null> {
  try {
    return resolve(dirname(file), await readlink(file));
  } catch (error) {
    if (isSystemError(error, 'EINVAL') || isSystemError(error, 'ENOENT')) return null;
    throw error;
  }
}

async function removeDatabase(file: string): Promise<void> {
  await rm(file, { force: true });
  await removeLogs(file);
}

async function removeLogs(file: string): Promise<void> {
  await rm(`${file}-wal`, { force: true });
  await rm(`${file}-shm`, { force: true });
}
