import type { PrismaClient } from '../../../generated/prisma/client.ts';
import type { ReadTextOptions, TextReader } from '../../read/read-connection.ts';
import type { ReadPool } from '../../read/read-pool.ts';
import { databaseFile } from '../file/database-file.ts';
import { READ_CONNECTIONS } from '../file/driver-threads.ts';
import { openRowReader, type RowReader } from '../file/row-reader.ts';
import { createSqliteReadPool } from './read-pool.ts';

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

/**
 * Reads a database, and cannot write to it. Readers see the last committed content whatever a writer does meanwhile, and follow
 * when another file takes the database's place. Each way of reading opens at its first use.
 */
export class DatabaseReader implements TextReader {
  readonly #file: string;
  readonly #pool: ReadPool;
  #rows: RowReader | null = null;
  #prisma: Promise<PrismaClient> | null = null;

  /** @throws StoreError DATABASE_URL_INVALID */
  constructor(url: string, { maxTextBytes }: ReaderOptions = {}) {
    this.#file = databaseFile(url);
    const bound = maxTextBytes === undefined ? [] : [boundMemory(maxTextBytes)];
    this.#pool = createSqliteReadPool(this.#file, [...connectionPragmas, ...bound]);
  }

  readText(
    sql: string,
    parameters: readonly unknown[],
    { isBounded, client = '', signal }: ReadTextOptions,
  ): Promise<string | null> {
    return this.#pool.run({ sql, parameters, client, isBounded, signal });
  }

  /**
   * The first row of a statement without parameters, null when there is none; read on this thread, so for what is one row by its
   * key. Its connection stays open until the reader is closed or another file takes the database's place.
   * @throws StoreError
   */
  readRow(sql: string): readonly unknown[] | null {
    this.#rows ??= openRowReader(this.#file, readOnly);
    return this.#rows.read(sql);
  }

  /** Prisma's client, for everyday reads. It is loaded when it is first asked for: it takes 55 MB and 100 ms. */
  prisma(): Promise<PrismaClient> {
    this.#prisma ??= import('./prisma-client.ts').then(({ openPrismaClient }) =>
      openPrismaClient(this.#file, readOnly),
    );
    return this.#prisma;
  }

  async close(): Promise<void> {
    this.#rows?.close();
    await this.#pool.close();
    await (await this.#prisma)?.$disconnect();
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
