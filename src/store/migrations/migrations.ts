import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A database that there are migrations for, as Prisma names it. */
export type Provider = 'sqlite' | 'postgresql';

export interface Migration {
  name: string;
  sql: string;
  /** SHA-256 in hex of the SQL, as Prisma keeps it in `_prisma_migrations`. */
  checksum: string;
}

/** The committed migrations of one database. */
export interface Migrations {
  provider: Provider;
  folder: string;
  /** In the order in which they apply. */
  list: readonly Migration[];
}

/** The folder of the committed migrations, found from src/ and from dist/ alike. */
export function migrationsFolder(provider: Provider): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return join(folder, 'prisma', 'migrations', provider);
}

/** Reads the committed migrations. @throws the system's error when the folder cannot be read */
export async function readMigrations(provider: Provider): Promise<Migrations> {
  const folder = migrationsFolder(provider);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const list = await Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
  return { provider, folder, list };
}

/** What the schema engine wants to know of a migrations folder. */
export function describeMigrations({ provider, folder, list }: Migrations) {
  return {
    baseDir: folder,
    lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
    shadowDbInitScript: '',
    migrationDirectories: list.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  };
}

/** No table is outside of what the schema engine manages. */
export const everyTable = { externalTables: [], externalEnums: [] };
