import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '../generated/prisma/client.ts';
import { databaseFile, driverUrl, fileIdentity } from './database-file.ts';
import { keepStatements } from './keep-statements.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { createPace, type Pace } from './pace.ts';
import { explained } from './writer.ts';

export type { PrismaClient } from '../generated/prisma/client.ts';
export { openWriter } from './writer.ts';

/** How long a statement waits for a lock, in milliseconds. */
const patience = 5_000;

const readOnly = [`PRAGMA busy_timeout = ${patience}`, 'PRAGMA query_only = ON'];
const servingPragmas = [...readOnly, 'PRAGMA cache_size = -65536'];
// There are several, and what they read is mostly read once.
const lanePragmas = [...readOnly, 'PRAGMA cache_size = -16384'];

/** How readText may run a statement. */
export interface ReadTextOptions {
  /** Whether the statement's time is bounded by the size of its answer, as far as its text tells. */
  isBounded: boolean;
  /** Ends the statement when it aborts; readText rejects with its reason. */
  signal?: AbortSignal | undefined;
}

/**
 * A client for reading only: a write through it fails. Readers see the last committed content whatever a writer
 * does meanwhile, and follow when another file takes the database's place. Opens at the first query.
 */
export class DatabaseReader extends PrismaClient {
  readonly #pace: Pace;
  readonly #lanes: Lanes;

  /** @throws StoreError DATABASE_URL_INVALID */
  constructor(url: string) {
    const file = databaseFile(url);
    const pace = createPace();
    super({ adapter: followFile(file, pace) });
    this.#pace = pace;
    this.#lanes = createLanes(file, lanePragmas);
  }

  /**
   * The text of a statement of one row with one column named `data`; null when there is no row. One that may take long
   * runs beside the serving thread, so that everything else goes on, and is interrupted when the signal aborts.
   */
  async readText(
    sql: string,
    parameters: readonly unknown[],
    { isBounded, signal }: ReadTextOptions,
  ): Promise<string | null> {
    signal?.throwIfAborted();
    if (isBounded && this.#pace.isQuick(sql)) {
      // Not a template: the statement's text is compiled from the data model, and every value is a parameter.
      const rows = await this.$queryRawUnsafe<{ data: string }[]>(sql, ...parameters);
      return rows[0]?.data ?? null;
    }
    return this.#lanes.run({ sql, parameters, isBounded, signal }, (ms) => this.#pace.note(sql, ms));
  }

  override async $disconnect(): Promise<void> {
    await this.#lanes.close();
    await super.$disconnect();
  }
}

/** @throws StoreError DATABASE_URL_INVALID */
export function openReader(url: string): DatabaseReader {
  return new DatabaseReader(url);
}

/** An adapter that opens the database again when a rebuilt one has taken its place at the path. */
function followFile(file: string, pace: Pace): SqlDriverAdapterFactory {
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    async connect() {
      let identity = fileIdentity(file);
      let opened = connectReader(file, pace);
      await opened;
      const current = (): Promise<SqlDriverAdapter> => {
        const found = fileIdentity(file);
        if (found === identity || found === null) return opened;
        void closeAfterUse(opened);
        identity = found;
        opened = connectReader(file, pace);
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

async function connectReader(file: string, pace: Pace): Promise<SqlDriverAdapter> {
  const adapter = await connect(file, servingPragmas);
  return explained(file, async () => keepStatements(adapter, file, servingPragmas, pace));
}

/** Opens a connection and gives it its settings. @throws StoreError */
async function connect(file: string, pragmas: string[]): Promise<SqlDriverAdapter> {
  return explained(file, async () => {
    const adapter = await new PrismaLibSql({ url: driverUrl(file) }).connect();
    for (const sql of pragmas) await adapter.queryRaw({ sql, args: [], argTypes: [] });
    return adapter;
  });
}
