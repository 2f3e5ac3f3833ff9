import { type Finding, fail, ok, warn } from './finding.ts';

const seed = 'npm run seed';

/** Whether the database driver and the generated client can be loaded, on this platform, and run. */
export async function examineDriver(): Promise<Finding> {
  const { PrismaLibSql } = await import('@prisma/adapter-libsql');
  const adapter = await new PrismaLibSql({ url: ':memory:' }).connect();
  const { rows } = await adapter.queryRaw({ sql: 'SELECT sqlite_version()', args: [], argTypes: [] });
  await adapter.dispose();
  await import('../../../store/sqlite/read/prisma-client.ts');
  return ok('driver', `SQLite ${rows[0]?.[0]} for ${process.platform} ${process.arch}`);
}

/** The file, its journal mode, its soundness and its migrations. Makes no database where there is none. */
export async function examineDatabase(url: string): Promise<Finding[]> {
  const { isPostgresql } = await import('../../../store/open-store.ts');
  return isPostgresql(url) ? examineServer(url) : examineFile(url);
}

/** The server, its version, and the tables. @throws StoreError when it cannot be reached */
async function examineServer(url: string): Promise<Finding[]> {
  const { examinePostgresql } = await import('../../../store/postgresql/connect/examine.ts');
  const { name, server, pending, mayWrite } = await examinePostgresql(url);
  const findings = [ok('database', `PostgreSQL ${server} at ${name}`)];
  if (pending === null) findings.push(warn('migrations', 'there are no tables yet', seed));
  else if (pending > 0)
    findings.push(warn('migrations', 'some are not applied; npm start does that too', seed));
  else findings.push(ok('migrations', 'all applied'));
  if (mayWrite) return findings;
  const grant = 'Take the role that owns the tables, or let another gateway load them.';
  return [...findings, warn('rights', 'this user may not write the tables', grant)];
}

async function examineFile(url: string): Promise<Finding[]> {
  const { databaseFile, fileIdentity } = await import('../../../store/sqlite/file/database-file.ts');
  const { findObstacle } = await import('../../../store/sqlite/file/database-folder.ts');
  const { showPath } = await import('../../../store/show-path.ts');
  const { openWriter } = await import('../../../store/sqlite/file/writer.ts');
  const file = databaseFile(url);
  const obstacle = findObstacle(file);
  if (obstacle !== null) {
    return [fail('database', obstacle, 'npm start -- --database file:<a place that you may write to>')];
  }
  if (fileIdentity(file) === null) return [warn('database', `${showPath(file)} does not exist yet`, seed)];

  const writer = await openWriter(url, 1_000);
  try {
    const damage = await writer.text('PRAGMA quick_check(1)');
    if (damage !== 'ok')
      return [fail('database', `${showPath(file)} is damaged: ${damage}`, `${seed} -- --rebuild`)];
    const mode = await writer.text('PRAGMA journal_mode');
    const findings = [ok('database', showPath(file))];
    if (mode === 'wal') findings.push(ok('journal', 'write-ahead log: readers and the sync do not wait'));
    else findings.push(warn('journal', `${mode}: readers wait for the sync`, `${seed} -- --rebuild`));
    findings.push(await examineMigrations(url));
    return findings;
  } finally {
    await writer.close();
  }
}

async function examineMigrations(url: string): Promise<Finding> {
  const { readMigrationState } = await import('../../../store/sqlite/file/migrate.ts');
  const { readMigrations } = await import('../../../store/migrations/migrations.ts');
  const migrations = await readMigrations('sqlite');
  const state = await readMigrationState(url, migrations);
  if (state === 'current') return ok('migrations', `all ${migrations.list.length} applied`);
  return warn('migrations', 'some are not applied; npm start does that too', seed);
}
