/** One value of the owner's: a moment as articles have it, of an enum the name; null where there is none. */
export type OwnScalar = string | number | boolean | null;

/** A shared thing as one file names it; `id` and `slug` depend on the kind and the folded name alone. */
export interface OwnTerm {
  id: string;
  slug: string;
  name: string;
}

/** Another article as one file names it. What is not null may be the article's, the first before others. */
export interface OwnReference {
  /** As written. */
  text: string;
  /** As of `urlKey`, of an absolute URL. */
  urlKey: string | null;
  /** As of `pathKey`, of a path within the site. */
  pathKey: string | null;
  slug: string | null;
  /** Where its file stands, as `ArticleRecord.placeKey`. */
  placeKey: string | null;
}

/** An object's values by the names of its fields. */
export type OwnPart = ReadonlyMap<string, OwnScalar>;

/** What an article's file says under the owner's keys, by field name; what is not there has no entry, unless it has a default. */
export interface OwnValues {
  scalars: ReadonlyMap<string, OwnScalar>;
  terms: ReadonlyMap<string, readonly OwnTerm[]>;
  references: ReadonlyMap<string, readonly OwnReference[]>;
  parts: ReadonlyMap<string, readonly OwnPart[]>;
}

export const noOwnValues: OwnValues = {
  scalars: new Map(),
  terms: new Map(),
  references: new Map(),
  parts: new Map(),
};
