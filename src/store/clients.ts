import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '../generated/prisma/client.ts';
import { databaseFile, driverUrl, fileIdentity } from './database-file.ts';
import { keepStatements } from './keep-statements.ts';
import { explained } from './writer.ts';

export type { PrismaClient } from '../generated/prisma/client.ts';
export { openWriter } from './writer.ts';

/** How long a statement waits for a lock, in milliseconds. */
const patience = 5_000;

/**
 * A client for reading only: any write through it fails. Readers see the last committed content whatever a writer
 * does meanwhile, and follow when another file takes the database's place. Opens at the first query.
 * @throws StoreError DATABASE_URL_INVALID
 */
export function openReader(url: string): PrismaClient {
  return new PrismaClient({ adapter: followFile(databaseFile(url)) });
}

/** An adapter that opens the database again when a rebuilt one has taken its place at the path. */
function followFile(file: string): SqlDriverAdapterFactory {
  const pragmas = [
    `PRAGMA busy_timeout = ${patience}`,
    'PRAGMA query_only = ON',
    'PRAGMA cache_size = -65536',
  ];
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    async connect() {
      let identity = fileIdentity(file);
      let opened = connectReader(file, pragmas);
      await opened;
      const current = (): Promise<SqlDriverAdapter> => {
        const found = fileIdentity(file);
        if (found === identity || found === null) return opened;
        void closeAfterUse(opened);
        identity = found;
        opened = connectReader(file, pragmas);
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

async function connectReader(file: string, pragmas: string[]): Promise<SqlDriverAdapter> {
  const adapter = await connect(file, pragmas);
  return explained(file, async () => keepStatements(adapter, file, pragmas));
}

/** Opens a connection and gives it its settings. @throws StoreError */
async function connect(file: string, pragmas: string[]): Promise<SqlDriverAdapter> {
  return explained(file, async () => {
    const adapter = await new PrismaLibSql({ url: driverUrl(file) }).connect();
    for (const sql of pragmas) await adapter.queryRaw({ sql, args: [], argTypes: [] });
    return adapter;
  });
}
