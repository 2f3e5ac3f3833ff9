import type { IsOfAnother } from '../visibility/read-visibility.ts';
import { articleFields } from './fields.ts';

/** The keys of one file that the owner's keys read, as far as they matter to the built-in ones. */
export interface ClaimedKeys {
  /** The built-in keys without the aliases that are the owner's. */
  readonly table: typeof articleFields;
  /** Whether a key at the top is one of the owner's. */
  isOwn(key: string): boolean;
  /** Whether a key below others is a part of an object of the owner's. */
  readonly isOwnPart: IsOfAnother;
}

/** Those of a folder without keys of its owner's. */
export const noClaims: ClaimedKeys = { table: articleFields, isOwn: () => false, isOwnPart: () => false };
