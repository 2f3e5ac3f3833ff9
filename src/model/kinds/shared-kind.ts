/**
 * A kind of thing that articles share by naming it, such as topics: its type in GraphQL with lists, filters and orders, the key
 * and the field of articles that name them, the tables, the counts and the purge keys all follow from this.
 */
export interface SharedKind {
  /** The type in GraphQL, and the table. */
  readonly type: string;
  /** What the ids begin with: a letter or two and `_`. */
  readonly idPrefix: string;
  /** In GraphQL the root fields for one and for all, the latter the field of articles as well. */
  readonly one: string;
  readonly many: string;
  /** What it is, as a sentence of its type's description. */
  readonly about: string;
  /** What the terminal calls one and several; `one` and `many` when left out. */
  readonly words?: readonly [one: string, several: string];
  /** How many there are, in the counts of a version. */
  readonly counted: string;
  /** What an article's field of them is, and the condition on it. */
  readonly field: string;
  readonly filter: string;
  /** How many an article is reckoned to name. */
  readonly usual: number;
  readonly key: SharedKey;
}

/** The key of the front matter that names things of a kind. */
export interface SharedKey {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly hints?: readonly string[];
  /** For authors. */
  readonly description: string;
  /** The most that an article may name. */
  readonly most: number;
  /** Whether all of its names that are there are read, in place of the first. */
  readonly isMerged?: true;
  /** Whether lists may have lists in them, whose entries are named as well. */
  readonly isNested?: true;
  /** A sign before a name that is no part of it. */
  readonly sign?: '#';
}
