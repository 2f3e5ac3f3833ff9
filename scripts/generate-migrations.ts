// Writes the migrations from the committed ones to prisma/schema.prisma, for SQLite and for PostgreSQL:
// node --import tsx scripts/generate-migrations.ts <name>.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  describeMigrations,
  everyTable,
  migrationsFolder,
  readMigrations,
} from '../src/store/migrations/migrations.ts';
import { openSqliteSchemaEngine } from '../src/store/sqlite/file/open-schema-engine.ts';
import { isEmptyMigration, writePostgresqlMigration } from './migrations/write-postgresql.ts';

const [name = 'change'] = process.argv.slice(2);
const schema = resolve('prisma/schema.prisma');
const content = readFileSync(schema, 'utf8');
const folder = migrationsFolder('sqlite');
mkdirSync(folder, { recursive: true });

const temporary = mkdtempSync(join(tmpdir(), 'migrations-'));
const engine = await openSqliteSchemaEngine(
  `file:${join(temporary, 'main.db')}`,
  `file:${join(temporary, 'shadow.db')}`,
);
const { stdout } = await engine.diff({
  from: { tag: 'migrations', ...describeMigrations(await readMigrations('sqlite')) },
  to: { tag: 'schemaDatamodel', files: [{ path: schema, content }] },
  script: true,
  exitCode: null,
  filters: everyTable,
});
rmSync(temporary, { recursive: true });
const sql = stdout ?? '';
const done: string[] = [];
if (!isEmptyMigration(sql)) {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const target = join(folder, `${stamp}_${name}`);
  mkdirSync(target);
  writeFileSync(join(target, 'migration.sql'), sql);
  writeFileSync(
    join(folder, 'migration_lock.toml'),
    '# Prisma reads here for which database these migrations are.\nprovider = "sqlite"\n',
  );
  done.push(`Wrote ${join(target, 'migration.sql')}`);
}
done.push(...(await writePostgresqlMigration(content)));
if (done.length === 0) done.push('The migrations are up to date with prisma/schema.prisma.');
for (const line of done) console.log(line);
