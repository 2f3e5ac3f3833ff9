import type { ContentStore } from './content-store.ts';
import type { Writer } from './database/writer.ts';
import { postgresqlPlace } from './postgresql/connect/connection-config.ts';
import type { TextReader } from './read/read-connection.ts';

/** What a server ends by itself comes later than what the gateway ends, in milliseconds. */
const GRACE_MS = 5_000;

/**
 * The index in a schema of a PostgreSQL database. The driver is loaded when it is needed: most gateways have the index in a file.
 * @throws StoreError DATABASE_URL_INVALID
 */
export function openPostgresqlStore(url: string): ContentStore {
  const { name } = postgresqlPlace(url);

  async function openWriter(wait?: number): Promise<Writer> {
    const { openPostgresqlWriter } = await import('./postgresql/write/writer.ts');
    return openPostgresqlWriter(url, wait);
  }

  /** One answer by a connection of its own; null where there are no tables of ours. */
  async function ask(sql: string): Promise<string | null> {
    const writer = await openWriter();
    try {
      if ((await writer.text(`SELECT to_regclass('"SyncState"')`)) === null) return null;
      return await writer.text(sql);
    } finally {
      await writer.close();
    }
  }

  return {
    kind: 'postgresql',
    async migrate() {
      const { migratePostgresql } = await import('./postgresql/connect/migrate.ts');
      await migratePostgresql(url);
    },
    exists: async () => (await ask('SELECT 1')) !== null,
    openWriter,
    prepareLayout: async () => {},
    async applyLayout(writer, model, addIndex) {
      const { applyOwnLayout } = await import('./postgresql/own/apply-layout.ts');
      const { settleEnums } = await import('./sqlite/own/settle-enums.ts');
      await applyOwnLayout(writer, model, addIndex);
      await settleEnums(writer, model);
    },
    async openReading({ maxStatementMs } = {}) {
      const { openPostgresqlReader } = await import('./postgresql/read/open-reader.ts');
      const { createPostgresqlVersions } = await import('./postgresql/read/version-source.ts');
      const { selectVersionText, parseVersionText } = await import('./sqlite/read/read-content-version.ts');
      const { readChanges } = await import('./sqlite/read/read-changes.ts');
      const { spellForPostgresql } = await import('./postgresql/write/spell-for-postgresql.ts');
      const reader = openPostgresqlReader(
        url,
        maxStatementMs === undefined ? {} : { statementTimeoutMs: maxStatementMs + GRACE_MS },
      );
      const spelling: TextReader = {
        readText: (sql, ...rest) => reader.readText(spellForPostgresql(sql), ...rest),
      };
      const read = async () =>
        parseVersionText(await spelling.readText(selectVersionText, [], { isBounded: true }));
      const versions = createPostgresqlVersions(read, name);
      return {
        reader,
        versions,
        readChanges: (since) => readChanges(spelling, since),
        async close() {
          versions.close();
          await reader.close();
        },
      };
    },
    async readVersion() {
      const { selectVersionText, parseVersionText } = await import('./sqlite/read/read-content-version.ts');
      return parseVersionText(await ask(selectVersionText));
    },
    readFolder: () => ask('SELECT folder FROM SyncState WHERE id = 1'),
  };
}
