import { PrismaLibSql } from '@prisma/adapter-libsql';
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaClient } from '../../../generated/prisma/client.ts';
import { driverUrl, fileIdentity } from '../file/database-file.ts';
import { explained } from '../file/writer.ts';

/** Prisma's client on a database file; it follows when another file takes its place. @param pragmas settings of its connection */
export function openPrismaClient(file: string, pragmas: readonly string[]): PrismaClient {
  return new PrismaClient({ adapter: followFile(file, pragmas) });
}

/** An adapter that opens the database again when a rebuilt one has taken its place at the path. */
function followFile(file: string, pragmas: readonly string[]): SqlDriverAdapterFactory {
  return {
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    async connect() {
      let identity = fileIdentity(file);
      let opened = connect(file, pragmas);
      await opened;
      const current = (): Promise<SqlDriverAdapter> => {
        const found = fileIdentity(file);
        if (found === identity || found === null) return opened;
        void closeAfterUse(opened);
        identity = found;
        opened = connect(file, pragmas);
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
async function connect(file: string, pragmas: readonly string[]): Promise<SqlDriverAdapter> {
  return explained(file, async () => {
    const adapter = await new PrismaLibSql({ url: driverUrl(file) }).connect();
    for (const sql of pragmas) await adapter.queryRaw({ sql, args: [], argTypes: [] });
    return adapter;
  });
}
