import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openLane } from '../../src/store/sqlite/read/lane.ts';
import { createLanes, type Lanes } from '../../src/store/sqlite/read/lanes.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

vi.mock('../../src/store/sqlite/read/lane.ts', async (original) => {
  const lane = await original<typeof import('../../src/store/sqlite/read/lane.ts')>();
  return { ...lane, openLane: vi.fn(lane.openLane) };
});

let database: TestDatabase;
let lanes: Lanes;
beforeEach(async () => {
  vi.mocked(openLane).mockClear();
  database = await createTestDatabase();
  lanes = createLanes(database.url.slice('file:'.length), []);
});
afterEach(async () => {
  await lanes.close();
  database.remove();
});

const run = (sql: string) =>
  lanes.run({ sql, parameters: [], client: 'a', isBounded: true, signal: undefined });

it('a statement that takes too much memory costs no connection; one that fails otherwise does', async () => {
  expect(await run("SELECT 'a'")).toBe('a');
  for (let times = 0; times < 3; times += 1) {
    await expect(run('SELECT zeroblob(2000000000)')).rejects.toThrow();
    expect(await run("SELECT 'a'")).toBe('a');
  }
  expect(openLane).toHaveBeenCalledTimes(1);
  await expect(run('SELECT nothing')).rejects.toThrow();
  expect(await run("SELECT 'a'")).toBe('a');
  expect(openLane).toHaveBeenCalledTimes(2);
});
