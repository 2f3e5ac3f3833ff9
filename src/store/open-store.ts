import type { ContentStore } from './content-store.ts';
import { openPostgresqlStore } from './postgresql-store.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** Whether a URL names a PostgreSQL database. */
export function isPostgresql(url: string): boolean {
  return /^postgres(?:ql)?:/.test(url);
}

/** The store that a URL names. @throws StoreError DATABASE_URL_INVALID */
export function openStore(url: string): ContentStore {
  return isPostgresql(url) ? openPostgresqlStore(url) : openSqliteStore(url);
}
