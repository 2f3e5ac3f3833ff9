import pg from 'pg';
import { readMigrations } from '../../migrations/migrations.ts';
import { connectionConfig, postgresqlPlace } from './connection-config.ts';
import { explainPostgresqlError } from './explain-error.ts';
import { readApplied } from './migrate.ts';

/** What there is at a URL. */
export interface PostgresqlFacts {
  /** As of PostgresqlPlace. */
  name: string;
  /** Version of the server. */
  server: string;
  /** How many migrations are to be applied; null where there are no tables. */
  pending: number | null;
  /** Whether the user may write the tables, or make them where there are none. */
  mayWrite: boolean;
}

/** Looks at a database and changes nothing. @throws StoreError when it cannot be reached, or is somebody else's */
export async function examinePostgresql(url: string): Promise<PostgresqlFacts> {
  const place = postgresqlPlace(url);
  const client = new pg.Client(connectionConfig(place, { isReadOnly: true }));
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ server: string; may: boolean | null; creates: boolean | null }>(
      `SELECT current_setting('server_version') AS server,
         has_table_privilege(to_regclass('"Article"'), 'INSERT, UPDATE, DELETE') AS may,
         coalesce((SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = $1),
           has_database_privilege(current_database(), 'CREATE')) AS creates`,
      [place.schema],
    );
    const { server = '', may = null, creates = false } = rows[0] ?? {};
    const migrations = await readMigrations('postgresql');
    const applied = await readApplied(client, place, migrations);
    return {
      ...{ name: place.name, server },
      pending: applied === 0 ? null : migrations.list.length - applied,
      mayWrite: may ?? creates ?? false,
    };
  } catch (error) {
    throw explainPostgresqlError(error, place.name);
  } finally {
    await client.end();
  }
}
