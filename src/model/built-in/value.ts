/** What one value of a built-in key may be, as data: how it is read, checked and kept follows from it. */
export type Value =
  | TextValue
  | IntegerValue
  | {
      readonly kind: 'date' | 'boolean' | 'url' | 'link' | 'path' | 'slug' | 'locale' | 'domain' | 'secured';
    };

/** A text, on one line or on several. */
export interface TextValue {
  readonly kind: 'line' | 'text';
  /** The most UTF-16 units that it may have. */
  readonly max: number;
  /** Whether it may have Markdown's inline marks, which are taken off. */
  readonly isMarkdown?: true;
}

export interface IntegerValue {
  readonly kind: 'int';
  readonly least: number;
  /** The greatest of GraphQL's Int when left out. */
  readonly most?: number;
  /** A number that means that there is none. */
  readonly absent?: number;
}

/** What such a value is in TypeScript: a date is a text in ISO 8601, in UTC with milliseconds. */
export type ValueOf<V extends Value> = V['kind'] extends 'int'
  ? number
  : V['kind'] extends 'boolean'
    ? boolean
    : string;

/** A name; it must fit an index entry. */
export const name = { kind: 'line', max: 300 } as const;
export const title = { kind: 'line', max: 1_000, isMarkdown: true } as const;
export const summary = { kind: 'text', max: 20_000, isMarkdown: true } as const;
export const score = { kind: 'int', least: 0, most: 100 } as const;
export const pixels = { kind: 'int', least: 1 } as const;
