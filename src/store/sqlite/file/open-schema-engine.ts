import { PrismaLibSql } from '@prisma/adapter-libsql';
import { openSchemaEngine, type SchemaEngine } from '../../migrations/schema-engine.ts';

/**
 * Prisma's schema engine on a SQLite database.
 * @param url as the driver takes it
 * @param shadowUrl an empty database to try migrations in. It must be a file: the driver takes a new connection after
 *   each transaction, and another connection to `:memory:` is another database.
 */
export function openSqliteSchemaEngine(url: string, shadowUrl = url): Promise<SchemaEngine> {
  return openSchemaEngine({
    provider: 'sqlite',
    adapterName: '@prisma/adapter-libsql',
    connect: () => new PrismaLibSql({ url }).connect(),
    async connectToShadowDb() {
      const shadow = await new PrismaLibSql({ url: shadowUrl }).connect();
      // The engine hands over a migration as one statement, of which the driver would run only the first.
      const executeRaw: typeof shadow.executeRaw = ({ sql }) => shadow.executeScript(sql).then(() => 0);
      return Object.assign(shadow, { executeRaw });
    },
  });
}
