import type { TextReader } from '../../read/read-connection.ts';
import { createReadPool, MIN_READ_CONNECTIONS } from '../../read/read-pool.ts';
import { connectionConfig, postgresqlPlace } from '../connect/connection-config.ts';
import { explainPostgresqlError } from '../connect/explain-error.ts';
import { openPostgresqlConnection } from './read-connection.ts';

export interface PostgresqlReaderOptions {
  /** The most connections that are open at a time, at least 3. @default 10 */
  connections?: number;
  /**
   * After how many milliseconds the server ends a statement by itself, for a gateway that is gone; to be longer than any request may
   * take. @default never
   */
  statementTimeoutMs?: number;
}

/** Reads from PostgreSQL by a pool of connections that cannot write. */
export interface PostgresqlReader extends TextReader {
  /** Ends what runs and waits, and closes all connections. */
  close(): Promise<void>;
}

/** Connections open when they are needed. @throws StoreError DATABASE_URL_INVALID */
export function openPostgresqlReader(
  url: string,
  { connections = 10, statementTimeoutMs }: PostgresqlReaderOptions = {},
): PostgresqlReader {
  const place = postgresqlPlace(url);
  const config = connectionConfig(place, {
    isReadOnly: true,
    ...(statementTimeoutMs !== undefined && { statementTimeoutMs }),
  });
  const pool = createReadPool({
    size: Math.max(connections, MIN_READ_CONNECTIONS),
    identity: () => place.name,
    open: () => openPostgresqlConnection(config),
  });
  return {
    async readText(sql, parameters, { isBounded, client = '', signal }) {
      try {
        return await pool.run({ sql, parameters, client, isBounded, signal });
      } catch (error) {
        if (signal?.aborted) throw error;
        throw explainPostgresqlError(error, place.name);
      }
    },
    close: () => pool.close(),
  };
}
