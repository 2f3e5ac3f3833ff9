import { closeSync, openSync } from 'node:fs';
import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { showPath } from './show-path.ts';

export type StoreErrorCode =
  | 'SYNC_BUSY'
  | 'SYNC_INTERRUPTED'
  | 'DATABASE_READ_ONLY'
  | 'DISK_FULL'
  | 'DATABASE_DAMAGED'
  | 'DATABASE_FOREIGN'
  | 'DATABASE_UNREACHABLE'
  | 'DATABASE_URL_INVALID';

/** The database cannot do what was asked. Operational, not a bug: the message names the file, `fix` the remedy. */
export class StoreError extends Error {
  override readonly name: string = 'StoreError';
  readonly code: StoreErrorCode;
  /** Absolute path of the database file; null when there is none. */
  readonly file: string | null;
  readonly fix: string;

  constructor(code: StoreErrorCode, file: string | null, message: string, fix: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.file = file;
    this.fix = fix;
  }

  /** The same error from its fields, for one that crossed a thread. */
  static from(fields: {
    code: StoreErrorCode;
    file: string | null;
    message: string;
    fix: string;
  }): StoreError {
    return fields.code === 'SYNC_BUSY'
      ? new SyncBusyError(fields.file)
      : new StoreError(fields.code, fields.file, fields.message, fields.fix);
  }
}

/** Another sync is writing to the same database, in this process or another. */
export class SyncBusyError extends StoreError {
  override readonly name = 'SyncBusyError';

  constructor(file: string | null, cause?: unknown) {
    const message = `Another sync is writing to ${file === null ? 'the database' : showPath(file)}.`;
    super('SYNC_BUSY', file, message, 'Wait until it is done; nothing was changed by this one.', cause);
  }
}

/** The sync's thread has ended before its work. @param path the file that it was reading, if one */
export function syncInterrupted(harm: string, path: string | null, cause: unknown): StoreError {
  const place = path === null ? '' : ` while it read ${path}`;
  return new StoreError(
    'SYNC_INTERRUPTED',
    null,
    `The thread that syncs the content has ended${place}: ${harm}.`,
    'It is started again; a file that ends it a second time is set aside.',
    cause,
  );
}

const rebuild = 'Rebuild the index from the article files: npm run seed -- --rebuild';

/**
 * The StoreError that a driver's error stands for, or the error itself when it says nothing about the database's state.
 * Codes: https://www.sqlite.org/rescode.html
 */
export function explainDatabaseError(error: unknown, file: string): unknown {
  if (error instanceof StoreError) return error;
  const code = resultCode(error);
  const detail = error instanceof Error ? error.message : String(error);
  // A header that makes no sense is told as an error like any other.
  if (code === 1 && /unsupported file format|malformed/u.test(detail)) return damaged(file, detail, error);
  switch (code === null ? null : code & 0xff) {
    case 5:
    case 6:
      return new SyncBusyError(file, error);
    case 8:
    case 3:
      return new StoreError(
        'DATABASE_READ_ONLY',
        file,
        `The database ${showPath(file)} cannot be written to.`,
        'Give this user write permission on the file and its folder, or set DATABASE_URL to a place that has it.',
        error,
      );
    case 10:
    case 13:
      return new StoreError(
        'DISK_FULL',
        file,
        `The disk of ${showPath(file)} is full or failing (${detail}).`,
        'Free some space (the index needs about three times the size of the articles) and sync again.',
        error,
      );
    case 11:
      return damaged(file, detail, error);
    case 26:
      return new StoreError(
        'DATABASE_DAMAGED',
        file,
        `The file ${showPath(file)} is not a SQLite database, or its beginning is damaged.`,
        `If it is not yours to keep: ${rebuild} — else set DATABASE_URL to another file.`,
        error,
      );
    case 14:
      if (isOutOfDescriptors(file)) {
        return new StoreError(
          'DATABASE_UNREACHABLE',
          file,
          `The database ${showPath(file)} cannot be opened: the process has as many files and connections open as the system allows.`,
          'Raise that limit (ulimit -n, or LimitNOFILE of systemd).',
          error,
        );
      }
      return new StoreError(
        'DATABASE_UNREACHABLE',
        file,
        `The database ${showPath(file)} cannot be opened.`,
        'Check that its folder exists and that this user may read and write there.',
        error,
      );
    default:
      return error;
  }
}

function damaged(file: string, detail: string, cause: unknown): StoreError {
  return new StoreError(
    'DATABASE_DAMAGED',
    file,
    `The database ${showPath(file)} is damaged (${detail}).`,
    rebuild,
    cause,
  );
}

/** SQLite's result code of a driver's error at any depth, or null. */
function resultCode(error: unknown): number | null {
  if (isDriverAdapterError(error)) {
    const cause = error.cause;
    if (cause.kind === 'SocketTimeout') return 5;
    if (cause.originalCode !== undefined) return Number(cause.originalCode);
    return 'extendedCode' in cause && typeof cause.extendedCode === 'number' ? cause.extendedCode : null;
  }
  if (typeof error !== 'object' || error === null) return null;
  if ('rawCode' in error && typeof error.rawCode === 'number') return error.rawCode;
  // The driver tells of a failure to open in words alone.
  const opening = error instanceof Error ? /^ConnectionFailed\(.*: (\d+)"\)$/su.exec(error.message) : null;
  if (opening) return Number(opening[1]);
  return 'cause' in error ? resultCode(error.cause) : null;
}

/** SQLite tells of every failure to open a file by one code. */
function isOutOfDescriptors(file: string): boolean {
  try {
    closeSync(openSync(file, 'r'));
    return false;
  } catch (error) {
    return isSystemError(error, 'EMFILE') || isSystemError(error, 'ENFILE');
  }
}

/** Whether the operating system said no with this code, such as `ENOENT`. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
