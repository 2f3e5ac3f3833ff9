import { createReadPool, type ReadPool } from '../../read/read-pool.ts';
import { fileIdentity } from '../file/database-file.ts';
import { READ_CONNECTIONS, reserveDriverThreads } from '../file/driver-threads.ts';
import { openReadConnection } from './read-connection.ts';

/**
 * A pool of connections to a database file; they follow when another file takes its place.
 * @param pragmas settings of each connection
 */
export function createSqliteReadPool(file: string, pragmas: readonly string[]): ReadPool {
  reserveDriverThreads();
  return createReadPool({
    size: READ_CONNECTIONS,
    identity: () => fileIdentity(file),
    open(identity) {
      // The driver would make an empty one.
      if (identity === null) throw new Error(`There is no database at ${file}.`);
      return openReadConnection(file, pragmas);
    },
  });
}
