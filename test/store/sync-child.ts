// A sync in a process of its own: node --import tsx test/store/sync-child.ts FOLDER URL
// Says `ready` when it is about to begin, and then how it ended as one line of JSON.
import { StoreError } from '../../src/store/store-error.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';

const [folder = '', databaseUrl = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
try {
  const { changed, version } = await syncContent({ folder, databaseUrl });
  process.stdout.write(`${JSON.stringify({ changed, version })}\n`);
} catch (error) {
  const { code = null, file = null, fix = null } = error instanceof StoreError ? error : {};
  process.stdout.write(`${JSON.stringify({ code, file, fix, message: String(error) })}\n`);
}
