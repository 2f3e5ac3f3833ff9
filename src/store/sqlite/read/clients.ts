import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '../../../generated/prisma/client.ts';
import { databaseFile, driverUrl, fileIdentity } from '../file/database-file.ts';
import { READ_CONNECTIONS } from '../file/driver-threads.ts';
import { explained } from '../file/writer.ts';
import { createReadPool, type ReadPool } from './read-pool.ts';

export type { PrismaClient } from '../../../generated/prisma/client.ts';
export { openWriter } from '../file/writer.ts';

/** How long a statement waits for a lock, in milliseconds. */
const MAX_LOCK_WAIT_MS = 5_000;

const readOnly = [`PRAGMA busy_timeout = ${MAX_LOCK_WAIT_MS}`, 'PRAGMA query_only = ON'];
// Pages that all connections together keep in memory, in KiB.
const MAX_PAGES_KIB = 128 * 1024;
const connectionPragmas = [
  ...readOnly,
  `PRAGMA cache_size = -${Math.floor(MAX_PAGES_KIB / READ_CONNECTIONS)}`,
];

const MIB = 1024 * 1024;
// What SQLite takes beside answers: the pages above, a sync's 64 MiB of pages and its batches, prepared statements.
const BASE_BYTES = 320 * MIB;
// An answer is copied into what stands around it on every level, and the room for a text that grows is doubled. Measured: a
// flat one takes 6 times its bytes at one moment, one below four lists in one another 40 times.
const BYTES_A_TEXT_BYTE = 64;

export interface ReaderOptions {
  /** The most bytes of text that readText is asked for. SQLite takes no more memory than such texts need. @default no bound */
  maxTextBytes?: number;
}

/** How readText may run a statement. */
export interface ReadTextOptions {
  /** Whether the statement's time is bounded by the size of its answer. */
  isBounded: boolean;
  /** For whom it runs: clients have their turns one after another. @default the gateway itself */
  client?: string | undefined;
  /** Ends the statement when it aborts; readText rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * A client for reading only: a write through it fails. Readers see the last committed content whatever a writer
 * does meanwhile, and follow when another file takes the database's place. Opens at the first query.
 */
export class DatabaseReader extends PrismaClient {
  readonly #pool: ReadPool;

  /** @throws StoreError DATABASE_URL_INVALID */
  constructor(url: string, { maxTextBytes }: ReaderOptions = {}) {
    const file = databaseFile(url);
    super({ adapter: followFile(file) });
    const bound = maxTextBytes === undefined ? [] : [boundMemory(maxTextBytes)];
    this.#pool = createReadPool(file, [...connectionPragmas, ...bound]);
  }

  /**
   * The text of a statement of one row with one column; null when there is no row. It runs beside the serving thread,
   * so that everything else goes on, and is interrupted when the signal aborts.
   * @throws StatementTooLargeError
   */
  readText(
    sql: string,
    parameters: readonly unknown[],
    { isBounded, client = '', signal }: ReadTextOptions,
  ): Promise<string | null> {
    return this.#pool.run({ sql, parameters, client, isBounded, signal });
  }

  override async $disconnect(): Promise<void> {
    await this.#pool.close();
    await super.$disconnect();
  }
}

/** @throws StoreError DATABASE_URL_INVALID */
export function openReader(url: string, options?: ReaderOptions): DatabaseReader {
  return new DatabaseReader(url, options);
}

/**
 * A bound for the whole process, which only ever gets lower. What asks for most at once is refused first: a text grows by
 * being doubled, so that small statements and syncs go on beside large ones.
 * https://www.sqlite.org/pragma.html#pragma_hard_heap_limit
 */
function boundMemory(maxTextBytes: number): string {
  return `PRAGMA hard_heap_limit = ${BASE_BYTES + BYTES_A_TEXT_BYTE * maxTextBytes}`;
}

/** An adapter that opens the database again when a rebuilt one has taken its place at the path. */
function followFile(file: string): SqlDriverAdapterFactory {
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    async connect() {
      let identity = fileIdentity(file);
      let opened = connect(file, readOnly);
      await opened;
      const current = (): Promise<SqlDriverAdapter> => {
        const found = fileIdentity(file);
        if (found === identity || found === null) return opened;
        void closeAfterUse(opened);
        identity = found;
        opened = connect(file, readOnly);
        opened.catch(() => {
          identity = null;
        });
        return opened;
      };
      return {
        provider: 'sqlite',
        adapterName: '@prisma/adapter-libsql',
        queryRaw: async (params) => (await current()).queryRaw(params),
        executeRaw: async (params) => (await current()).executeRaw(params),
        executeScript: async (script) => (await current()).executeScript(script),
        startTransaction: async (level) => (await current()).startTransaction(level),
        dispose: async () => (await opened).dispose(),
      };
    },
  };
}

/** Statements run one at a time, so that one more waits for its turn after those already asked for. */
async function closeAfterUse(connection: Promise<SqlDriverAdapter>): Promise<void> {
  try {
    const adapter = await connection;
    await adapter.queryRaw({ sql: 'SELECT 1', args: [], argTypes: [] });
    await adapter.dispose();
  } catch {
    // It never opened, or its file is damaged: there is nothing to close.
  }
}

/** Opens a connection and gives it its settings. @throws StoreError */
async function connect(file: string, pragmas: string[]): Promise<SqlDriverAdapter> {
  return explained(file, async () => {
    const adapter = await new PrismaLibSql({ url: driverUrl(file) }).connect();
    for (const sql of pragmas) await adapter.queryRaw({ sql, args: [], argTypes: [] });
    return adapter;
  });
}
