import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { READ_CONNECTIONS } from '../../src/store/sqlite/file/driver-threads.ts';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { createTestDatabase } from '../support/database.ts';

it.runIf(process.platform === 'linux')('the driver has a thread for each read connection', async () => {
  expect(READ_CONNECTIONS).toBeGreaterThanOrEqual(2);
  const database = await createTestDatabase();
  const writer = await openWriter(database.url);
  const names = readdirSync('/proc/self/task').map((id) =>
    readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim(),
  );
  await writer.close();
  database.remove();
  expect(names.filter((name) => name.startsWith('tokio')).length, names.join()).toBe(READ_CONNECTIONS);
});
