import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ReadPool } from '../../src/store/read/read-pool.ts';
import { openReadConnection } from '../../src/store/sqlite/read/read-connection.ts';
import { createSqliteReadPool } from '../../src/store/sqlite/read/read-pool.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

vi.mock('../../src/store/sqlite/read/read-connection.ts', async (original) => {
  const module = await original<typeof import('../../src/store/sqlite/read/read-connection.ts')>();
  return { ...module, openReadConnection: vi.fn(module.openReadConnection) };
});

let database: TestDatabase;
let pool: ReadPool;
beforeEach(async () => {
  vi.mocked(openReadConnection).mockClear();
  database = await createTestDatabase();
  pool = createSqliteReadPool(database.url.slice('file:'.length), []);
});
afterEach(async () => {
  await pool.close();
  database.remove();
});

const run = (sql: string) =>
  pool.run({ sql, parameters: [], client: 'a', isBounded: true, signal: undefined });

it('a statement that takes too much memory costs no connection; one that fails otherwise does', async () => {
  expect(await run("SELECT 'a'")).toBe('a');
  for (let times = 0; times < 3; times += 1) {
    await expect(run('SELECT zeroblob(2000000000)')).rejects.toThrow();
    expect(await run("SELECT 'a'")).toBe('a');
  }
  expect(openReadConnection).toHaveBeenCalledTimes(1);
  await expect(run('SELECT nothing')).rejects.toThrow();
  expect(await run("SELECT 'a'")).toBe('a');
  expect(openReadConnection).toHaveBeenCalledTimes(2);
});
