import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { everyTable } from '../../src/store/migrations/migrations.ts';
import { openSchemaEngine } from '../../src/store/migrations/schema-engine.ts';

/** What the schema engine asks when it opens: whether the schema is there, and of which version the server is. */
const server = { columnNames: ['exists', 'version', 'number'], columnTypes: [5, 7, 0] };

/** In place of a database, which comparing two texts needs none of. */
const nothing: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'nothing',
  queryRaw: async () => ({ ...server, columnTypes: [5, 7, 0], rows: [[true, 'PostgreSQL 15.0', 150_000]] }),
  executeRaw: unasked,
  executeScript: unasked,
  startTransaction: unasked,
  dispose: async () => {},
};

const factory: SqlMigrationAwareDriverAdapterFactory = {
  provider: 'postgres',
  adapterName: 'nothing',
  connect: async () => nothing,
  connectToShadowDb: async () => nothing,
};

async function unasked(): Promise<never> {
  throw new Error('Comparing two data models needs no database.');
}

/** The SQL that brings a PostgreSQL database from one data model to another, both as texts; null is an empty database. */
export async function diffSchemas(from: string | null, to: string): Promise<string> {
  const engine = await openSchemaEngine(factory);
  const schema = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: '/schema.prisma', content }],
  });
  const { stdout } = await engine.diff({
    from: from === null ? { tag: 'empty' } : schema(from),
    to: schema(to),
    script: true,
    exitCode: null,
    filters: everyTable,
  });
  engine.free();
  return stdout ?? '';
}
