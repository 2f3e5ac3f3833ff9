import type { GraphQLObjectType } from 'graphql';

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
