import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { mappingOf } from '../engine/mapping/mapping.ts';
import { sharedKinds } from '../model/kinds/shared-kinds.ts';
import type { ChangedList } from '../store/sync-report.ts';

/** The purge key of one thing: `topic:cities` of the prefix `topic` and the field `slug`. */
export interface PurgeKey {
  prefix: string;
  field: string;
}

/**
 * By which purge keys an answer that has a type is known: its own; those of the things that it is a part of; undefined where only
 * the whole content tells. A type says so as `extensions.purgeKey`.
 */
export function purgeKeyOf({ extensions }: GraphQLObjectType): PurgeKey | 'part' | undefined {
  return extensions.purgeKey as PurgeKey | 'part' | undefined;
}

/** Whether a list may gain things that its owner's purge key does not tell of: those that were hidden, or not there. */
export function mayGain(field: GraphQLField<unknown, unknown>): boolean {
  const read = mappingOf(field);
  if (read?.kind !== 'list') return false;
  return read.peers !== undefined || (read.joins.at(-1)?.publicFrom ?? null) !== null;
}

/** The prefixes of all purge keys, each with the list of the names that a sync has changed of it. */
export const purgePrefixes: readonly { prefix: string; changed: ChangedList }[] = [
  { prefix: 'article', changed: 'articles' },
  { prefix: 'provider', changed: 'providers' },
  ...sharedKinds.map(({ one, many }) => ({ prefix: one, changed: many })),
];
