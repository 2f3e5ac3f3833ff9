import type { ClientConfig } from 'pg';
import { StoreError } from '../../store-error.ts';

/** Where a PostgreSQL database is, from its URL. */
export interface PostgresqlPlace {
  /** For the driver: the URL without what is ours. It may hold a password, so no message has it. */
  connectionString: string;
  /** The schema that has the tables. */
  schema: string;
  /** Host, port, database and schema, for messages. */
  name: string;
}

export interface ConnectionSettings {
  /** Whether everything but reading fails. @default false */
  isReadOnly?: boolean;
  /** After how many milliseconds the server ends a statement by itself. @default never */
  statementTimeoutMs?: number;
  /** How long a statement waits for a lock, in milliseconds. @default as the server says */
  lockTimeoutMs?: number;
}

// A name that stands in `options` as it is.
const SCHEMA = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Reads a URL such as `postgresql://user:password@host:5432/database?schema=gateway`; the schema is `public` where none is named.
 * Everything else in it is the driver's.
 * @throws StoreError DATABASE_URL_INVALID
 */
export function postgresqlPlace(text: string): PostgresqlPlace {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(?:ql)?:$/.test(url.protocol)) {
    throw invalid(
      'DATABASE_URL does not name a PostgreSQL database.',
      'Write it as postgresql://user:password@host:5432/database?schema=gateway.',
    );
  }
  const schema = url.searchParams.get('schema') ?? 'public';
  if (!SCHEMA.test(schema)) {
    throw invalid(
      'The schema in DATABASE_URL has characters that no schema of the gateway may have.',
      'Take letters, digits and underscores, at most 63.',
    );
  }
  url.searchParams.delete('schema');
  const host = url.searchParams.get('host') ?? (decodeURIComponent(url.hostname) || 'localhost');
  const database = decodeURIComponent(url.pathname.slice(1));
  const name = `${host}:${url.port || '5432'}/${database}${schema === 'public' ? '' : `, schema ${schema}`}`;
  return { connectionString: url.href, schema, name };
}

/**
 * How to open a connection. Its settings go with the startup message, so that it costs no round trip; a pooler in front of the server
 * must let `options` through.
 */
export function connectionConfig(
  { connectionString, schema }: PostgresqlPlace,
  { isReadOnly = false, statementTimeoutMs, lockTimeoutMs }: ConnectionSettings = {},
): ClientConfig {
  const own = new URL(connectionString).searchParams.get('options');
  const options = [
    ...(own ? [own] : []),
    `-c search_path="${schema}"`,
    // Compiling a statement takes longer than running one of ours.
    '-c jit=off',
    // Numbers have 15 digits, as SQLite prints them.
    '-c extra_float_digits=0',
    // The default is that of turning disks, by which small tables are read whole for each row of a page.
    '-c random_page_cost=1.1',
    ...(isReadOnly ? ['-c default_transaction_read_only=on'] : []),
    ...(statementTimeoutMs === undefined ? [] : [`-c statement_timeout=${statementTimeoutMs}`]),
    ...(lockTimeoutMs === undefined ? [] : [`-c lock_timeout=${lockTimeoutMs}`]),
  ];
  const url = new URL(connectionString);
  // What the URL says would win.
  url.searchParams.delete('options');
  return {
    connectionString: url.href,
    options: options.join(' '),
    application_name: 'content-gateway',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  };
}

function invalid(message: string, fix: string): StoreError {
  return new StoreError('DATABASE_URL_INVALID', null, message, fix);
}
