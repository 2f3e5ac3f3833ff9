import type { KnownVersions } from '../../engine/mapping/mapping.ts';
import { columnOf, tableName } from './builder.ts';

const column = (name: string) => columnOf('ContentVersion', name).name;

/** Of which versions changes are known: from the beginning of the history to the version that is served. */
export const knownVersions: KnownVersions = {
  table: tableName('ContentVersion'),
  key: column('number'),
  first: { public: column('publicHistoryFrom'), full: column('historyFrom') },
  last: { public: column('publicNumber'), full: column('number') },
};
