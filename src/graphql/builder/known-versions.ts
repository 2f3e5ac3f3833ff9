import type { KnownVersions } from '../../engine/mapping/mapping.ts';
import type { DataModel } from './data-model.ts';

/** Of which versions changes are known: from the beginning of the history to the version that is served. */
export function knownVersions({ columnOf, tableName }: DataModel): KnownVersions {
  const column = (name: string) => columnOf('ContentVersion', name).name;
  return {
    table: tableName('ContentVersion'),
    key: column('number'),
    first: { public: column('publicHistoryFrom'), full: column('historyFrom') },
    last: { public: column('publicNumber'), full: column('number') },
  };
}
