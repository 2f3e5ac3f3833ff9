import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { StoreError } from '../../store-error.ts';

/** SQLSTATE of a driver's error, or the system's code, at any depth: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function errorCode(error: unknown): string {
  if (isDriverAdapterError(error)) return String(error.cause.originalCode ?? error.cause.kind);
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? errorCode(error.cause) : '';
}

/** Whether the connection is gone, and not just the statement. */
export function isConnectionLost(error: unknown): boolean {
  const code = errorCode(error);
  if (/^(?:08|57P)/.test(code) || /^E(?:CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_)/.test(code)) return true;
  return error instanceof Error && /Connection terminated|not queryable|timeout expired/i.test(error.message);
}

/**
 * The StoreError that a driver's error stands for, or the error itself when it says nothing about the database's state.
 * @param name of the database, for the message
 */
export function explainPostgresqlError(error: unknown, name: string): unknown {
  if (error instanceof StoreError) return error;
  const code = errorCode(error);
  const explain = (kind: ConstructorParameters<typeof StoreError>[0], message: string, fix: string) =>
    new StoreError(kind, null, message, fix, error);
  if (code.startsWith('28') || code === '3D000') {
    return explain(
      'DATABASE_UNREACHABLE',
      `PostgreSQL at ${name} refuses the connection (${code}).`,
      'Check the user, the password and the database in DATABASE_URL.',
    );
  }
  if (code === '53300') {
    return explain(
      'DATABASE_UNREACHABLE',
      `PostgreSQL at ${name} has as many connections as it allows.`,
      'Raise max_connections, or give each gateway fewer.',
    );
  }
  if (code === '42501' || code === '25006') {
    return explain(
      'DATABASE_READ_ONLY',
      `The user of DATABASE_URL may not write to PostgreSQL at ${name}.`,
      'Give it the right to create in the schema, or take the role that owns it.',
    );
  }
  if (code === '53100') {
    return explain('DISK_FULL', `The disk of PostgreSQL at ${name} is full.`, 'Free some space there.');
  }
  if (code === '55P03') {
    return explain(
      'SYNC_BUSY',
      `Another process is working on the tables of PostgreSQL at ${name}.`,
      'Wait until it is done; nothing was changed by this one.',
    );
  }
  if (isConnectionLost(error)) {
    return explain(
      'DATABASE_UNREACHABLE',
      `PostgreSQL at ${name} cannot be reached${code ? ` (${code})` : ''}.`,
      'Check that it runs and that DATABASE_URL names its host and port.',
    );
  }
  return error;
}
