import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diffSchemas } from '../../scripts/migrations/diff-schemas.ts';
import { postgresqlMigration, postgresqlSchema } from '../../scripts/migrations/postgresql-schema.ts';
import { isEmptyMigration } from '../../scripts/migrations/write-postgresql.ts';
import { readMigrations } from '../../src/store/migrations/migrations.ts';

// When one of these fails: node --import tsx scripts/generate-migrations.ts <name>

const { folder, list } = await readMigrations('postgresql');
const models = list.map(({ name }) => readFileSync(join(folder, name, 'schema.prisma'), 'utf8'));

test('PostgreSQL has the migrations that SQLite has', async () => {
  expect(list.map(({ name }) => name)).toEqual((await readMigrations('sqlite')).list.map(({ name }) => name));
});

test('the last migration leads to what prisma/schema.prisma says', async () => {
  const wanted = postgresqlSchema(readFileSync('prisma/schema.prisma', 'utf8'));
  expect(isEmptyMigration(await diffSchemas(models.at(-1) ?? null, wanted))).toBe(true);
});

test('each migration is what Prisma writes from the data model before it to its own', async () => {
  for (const [i, { sql }] of list.entries()) {
    expect(sql).toBe(postgresqlMigration(await diffSchemas(models[i - 1] ?? null, models[i] ?? '')));
  }
});

test('every text is compared by its bytes, and no table names a schema', () => {
  for (const { sql } of list) {
    expect(sql.match(/^.*\bTEXT\b(?! COLLATE "C").*$/gm)).toBeNull();
    expect(sql).not.toMatch(/CREATE SCHEMA|"public"/);
    expect(sql).not.toMatch(/\b(?:BOOLEAN|TIMESTAMP)\b/);
  }
});

test('a model that has changed is told from one that has not', async () => {
  const before = postgresqlSchema(readFileSync('prisma/schema.prisma', 'utf8'));
  const after = before.replace(/^(model HiddenCount \{)$/m, '$1\n  note String?');
  expect(postgresqlMigration(await diffSchemas(before, after))).toContain(
    'ALTER TABLE "HiddenCount" ADD COLUMN     "note" TEXT COLLATE "C";',
  );
});
