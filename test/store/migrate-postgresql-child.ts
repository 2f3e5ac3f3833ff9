// Makes the tables in a process of its own: node --import tsx test/store/migrate-postgresql-child.ts URL. Prints how it failed, if so.
import { migratePostgresql } from '../../src/store/postgresql/connect/migrate.ts';

const [url = ''] = process.argv.slice(2);
try {
  await migratePostgresql(url);
  process.stdout.write('done');
} catch (error) {
  process.stdout.write(String(error));
}
