// Writes the migration from the committed ones to prisma/schema.prisma: node --import tsx scripts/generate-migrations.ts <name>.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  describeMigrations,
  everyTable,
  migrationsFolder,
  readMigrations,
} from '../src/store/sqlite/file/migrations.ts';
import { openSchemaEngine } from '../src/store/sqlite/file/schema-engine.ts';

const [name = 'change'] = process.argv.slice(2);
const schema = resolve('prisma/schema.prisma');
const folder = migrationsFolder();
mkdirSync(folder, { recursive: true });

const temporary = mkdtempSync(join(tmpdir(), 'migrations-'));
const engine = await openSchemaEngine(
  `file:${join(temporary, 'main.db')}`,
  `file:${join(temporary, 'shadow.db')}`,
);
const { stdout } = await engine.diff({
  from: { tag: 'migrations', ...describeMigrations(await readMigrations(folder), folder) },
  to: { tag: 'schemaDatamodel', files: [{ path: schema, content: readFileSync(schema, 'utf8') }] },
  script: true,
  exitCode: null,
  filters: everyTable,
});
rmSync(temporary, { recursive: true });
const sql = stdout ?? '';
if (/^\s*(-- This is an empty migration\.\s*)?$/.test(sql)) {
  console.log('The migrations are up to date with prisma/schema.prisma.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const target = join(folder, `${stamp}_${name}`);
  mkdirSync(target);
  writeFileSync(join(target, 'migration.sql'), sql);
  writeFileSync(
    join(folder, 'migration_lock.toml'),
    '# Prisma reads here for which database these migrations are.\nprovider = "sqlite"\n',
  );
  console.log(`Wrote ${join(target, 'migration.sql')}`);
}
