// Makes a database in a process of its own: node --import tsx test/store/migrate-child.ts URL. Prints how it failed, if so.
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { StoreError } from '../../src/store/store-error.ts';

const [url = ''] = process.argv.slice(2);
try {
  await migrate(url);
  process.stdout.write('{}');
} catch (error) {
  const { code = null, file = null } = error instanceof StoreError ? error : {};
  process.stdout.write(JSON.stringify({ code, file }));
}
