import type { ContentStore } from './content-store.ts';
import { databaseFile, fileIdentity } from './sqlite/file/database-file.ts';
import { migrate } from './sqlite/file/migrate.ts';
import { openWriter } from './sqlite/file/writer.ts';
import { applyLayout } from './sqlite/own/apply-layout.ts';
import { openReader } from './sqlite/read/clients.ts';
import { readChanges } from './sqlite/read/read-changes.ts';
import { readContentVersion } from './sqlite/read/read-content-version.ts';
import { createVersionSource } from './sqlite/read/version-source.ts';

/** The index in a file. @throws StoreError DATABASE_URL_INVALID */
export function openSqliteStore(url: string): ContentStore {
  const file = databaseFile(url);
  return {
    kind: 'sqlite',
    migrate: () => migrate(url),
    exists: async () => fileIdentity(file) !== null,
    openWriter: (wait) => openWriter(url, wait),
    // A transaction cannot switch foreign keys off, and with them the table of articles cannot be made anew.
    prepareLayout: async (writer) => void (await writer.run('PRAGMA foreign_keys = OFF')),
    applyLayout,
    async openReading({ maxTextBytes } = {}) {
      const reader = openReader(url, maxTextBytes === undefined ? {} : { maxTextBytes });
      const versions = createVersionSource(reader, url);
      return {
        reader,
        versions,
        readChanges: (since) => readChanges(reader, since),
        async close() {
          versions.close();
          await reader.close();
        },
      };
    },
    async readVersion() {
      const reader = openReader(url);
      try {
        return readContentVersion(reader);
      } finally {
        await reader.close();
      }
    },
    async readFolder() {
      const reader = openReader(url);
      try {
        const { syncState } = await reader.prisma();
        return (await syncState.findFirst())?.folder ?? null;
      } finally {
        await reader.close();
      }
    },
  };
}
