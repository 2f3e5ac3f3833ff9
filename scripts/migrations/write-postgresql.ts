import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsFolder, readMigrations } from '../../src/store/migrations/migrations.ts';
import { diffSchemas } from './diff-schemas.ts';
import { postgresqlMigration, postgresqlSchema } from './postgresql-schema.ts';

/** Beside each migration: the data model after it, by which the next one is told without a database. */
const MODEL = 'schema.prisma';

/**
 * Writes the migration for PostgreSQL that goes with the latest one for SQLite, under the same name. A migration whose like is
 * gone for SQLite goes, too.
 * @param schema the text of prisma/schema.prisma
 * @returns what was done, a sentence each
 */
export async function writePostgresqlMigration(schema: string): Promise<string[]> {
  const folder = migrationsFolder('postgresql');
  mkdirSync(folder, { recursive: true });
  const names = (await readMigrations('sqlite')).list.map(({ name }) => name);
  const done: string[] = [];
  for (const { name } of (await readMigrations('postgresql')).list) {
    if (names.includes(name)) continue;
    rmSync(join(folder, name), { recursive: true });
    done.push(`Removed ${join(folder, name)}, which SQLite has no more.`);
  }
  const last = (await readMigrations('postgresql')).list.at(-1);
  const wanted = postgresqlSchema(schema);
  const sql = await diffSchemas(last ? readFileSync(join(folder, last.name, MODEL), 'utf8') : null, wanted);
  const latest = names.at(-1);
  if (isEmptyMigration(sql) || latest === undefined) return done;
  const target = join(folder, latest);
  if (existsSync(target))
    throw new Error(`There is ${target} already: name a new migration for both databases.`);
  mkdirSync(target);
  writeFileSync(join(target, 'migration.sql'), postgresqlMigration(sql));
  writeFileSync(join(target, MODEL), wanted);
  writeFileSync(
    join(folder, 'migration_lock.toml'),
    '# Prisma reads here for which database these migrations are.\nprovider = "postgresql"\n',
  );
  return [...done, `Wrote ${join(target, 'migration.sql')}`];
}

/** Whether the schema engine's script changes nothing. */
export function isEmptyMigration(sql: string): boolean {
  return /^\s*(-- This is an empty migration\.\s*)?$/.test(sql);
}
