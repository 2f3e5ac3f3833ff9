/** What one value of the owner's keys may be. */
export type ScalarKind = 'text' | 'url' | 'int' | 'float' | 'date' | 'boolean' | 'enum';

/** What every key of the owner's has. Plain data, which crosses threads and is kept as JSON. */
interface OwnKey {
  /** The field's name in GraphQL. */
  readonly name: string;
  /** The keys of the front matter that it is read from, the first that is present before others. */
  readonly from: readonly string[];
  readonly description: string | null;
  /** Whether a file without it has a problem. */
  readonly isRequired: boolean;
  /** The files that it is for, as a pattern in gitignore's syntax; null: all. */
  readonly only: string | null;
  /** False: it is for readers with the preview scope alone. */
  readonly isPublic: boolean;
}

/** One value. */
export interface ScalarKey extends OwnKey {
  readonly kind: ScalarKind;
  /** Of an enum, in order. */
  readonly values: readonly EnumValue[];
  /** What an article without the key has; of a date a moment as articles have it, of an enum the name. */
  readonly default: string | number | boolean | null;
  /** Whether lists of articles can be sorted by it. */
  readonly isOrder: boolean;
  /** Whether an index finds the articles that have a value. */
  readonly isIndexed: boolean;
}

export interface EnumValue {
  /** In GraphQL. */
  readonly name: string;
  /** In the files; case does not matter. */
  readonly text: string;
}

/** Names of things that articles share, such as their authors: at most one, or a list. */
export interface TermKey extends OwnKey {
  readonly kind: 'term' | 'terms';
  /** The type of the things; several keys may share it. */
  readonly of: string;
}

/** Other articles, by slug, path or URL: at most one, or a list. */
export interface ReferenceKey extends OwnKey {
  readonly kind: 'article' | 'articles';
}

/** Objects of several values: one, or a list. */
export interface ObjectKey extends OwnKey {
  readonly kind: 'object' | 'list';
  readonly fields: readonly PartKey[];
}

/** One value of an object. */
export interface PartKey {
  readonly name: string;
  readonly from: readonly string[];
  readonly kind: ScalarKind;
  readonly values: readonly EnumValue[];
  readonly description: string | null;
}

export type OwnField = ScalarKey | TermKey | ReferenceKey | ObjectKey;

/** The keys that an owner of content adds to the built-in ones, in the order of the file that tells them. */
export interface OwnModel {
  readonly fields: readonly OwnField[];
}

/** What a folder without a model has. */
export const noOwnKeys: OwnModel = { fields: [] };

const SCALARS: ReadonlySet<string> = new Set<ScalarKind>([
  'text',
  'url',
  'int',
  'float',
  'date',
  'boolean',
  'enum',
]);

export function isScalarKey(field: OwnField): field is ScalarKey {
  return SCALARS.has(field.kind);
}

export function isTermKey(field: OwnField): field is TermKey {
  return field.kind === 'term' || field.kind === 'terms';
}

export function isReferenceKey(field: OwnField): field is ReferenceKey {
  return field.kind === 'article' || field.kind === 'articles';
}

export function isObjectKey(field: OwnField): field is ObjectKey {
  return field.kind === 'object' || field.kind === 'list';
}

/** What of a model readers without the preview scope may know; the model itself when that is all of it. */
export function publicModel(model: OwnModel): OwnModel {
  const fields = model.fields.filter(({ isPublic }) => isPublic);
  return fields.length === model.fields.length ? model : { fields };
}

/** The key whose articles a thing has as plain `articles`, of those that name its kind: one that every reader may know, if there is any. */
export function plainKey(keys: readonly TermKey[]): TermKey | undefined {
  return keys.find(({ isPublic }) => isPublic) ?? keys[0];
}

/** The kinds of shared things that a model names, each with the keys that name it, in order. */
export function termKinds({ fields }: OwnModel): Map<string, TermKey[]> {
  const kinds = new Map<string, TermKey[]>();
  for (const field of fields.filter(isTermKey)) kinds.set(field.of, [...(kinds.get(field.of) ?? []), field]);
  return kinds;
}
