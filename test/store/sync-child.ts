// A sync in a process of its own: node --import tsx test/store/sync-child.ts FOLDER URL
// With `start` as third argument it makes the tables first and waits for others, as a gateway does. Says `ready` when it is about to begin, and then how it ended as one line of JSON.
import { openStore } from '../../src/store/open-store.ts';
import { StoreError } from '../../src/store/store-error.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';

const [folder = '', databaseUrl = '', mode] = process.argv.slice(2);
const isStart = mode === 'start';
process.stdout.write('ready\n');
try {
  if (isStart) await openStore(databaseUrl).migrate();
  const { changed, version } = await syncContent({ folder, databaseUrl, ...(isStart && { wait: 30_000 }) });
  process.stdout.write(`${JSON.stringify({ changed, version })}\n`);
} catch (error) {
  const { code = null, file = null, fix = null } = error instanceof StoreError ? error : {};
  process.stdout.write(`${JSON.stringify({ code, file, fix, message: String(error) })}\n`);
}
