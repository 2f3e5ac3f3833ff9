import ignore, { type Ignore } from 'ignore';
import { articleKeys } from '../../model/built-in/article.ts';
import { type Key, keysOf } from '../../model/built-in/key.ts';
import {
  isObjectKey,
  isReferenceKey,
  isScalarKey,
  type OwnField,
  type OwnModel,
} from '../../model/own-model.ts';
import type { OwnPart, OwnReference, OwnScalar, OwnTerm } from '../../model/own-values.ts';
import { squashKey } from '../../text/keys/suggest-key.ts';
import { type ClaimedKeys, noClaims } from '../fields/claimed-keys.ts';
import { withoutAliases } from '../fields/field-table.ts';
import { articleFields } from '../fields/fields.ts';
import type { Place } from '../problems/collect-problems.ts';
import { isBag } from '../visibility/find-visibility.ts';
import { createKeyTable, type KeyTable } from './key-table.ts';
import { createObjectsReader } from './read-objects.ts';
import { createScalarReader } from './read-own-scalar.ts';
import { readReferences } from './read-references.ts';
import { createTermsReader } from './read-terms.ts';

/** Values of one file while they are read. */
export interface ValuesDraft {
  readonly scalars: Map<string, OwnScalar>;
  readonly terms: Map<string, readonly OwnTerm[]>;
  readonly references: Map<string, readonly OwnReference[]>;
  readonly parts: Map<string, readonly OwnPart[]>;
}

/** A key of the owner's made ready for reading many files. */
interface PreparedKey {
  readonly field: OwnField;
  /** The keys of its objects, if it has objects. */
  readonly parts: KeyTable | null;
  /** Puts what a value says into the draft, unless it says nothing. @param filePath relative to the content folder */
  read(draft: ValuesDraft, value: unknown, place: Place, filePath: string): void;
}

/** The keys of the owner's that are for one file. */
export interface FileKeys extends ClaimedKeys {
  readonly keys: readonly PreparedKey[];
  readonly names: KeyTable;
  /** Whether a built-in key reads a key at the top, too. */
  isShared(key: string): boolean;
}

/** Entries of a list of the owner's that are used. */
const MAX_ENTRIES = 200;
/** Selections of keys by the patterns that a path meets; as many as folders mostly. */
const MAX_SELECTIONS = 200;

/** Built-in keys whose aliases nobody takes away: what they say decides when, where and whether an article is shown. */
const READ_BY_BOTH: ReadonlySet<string> = new Set([
  ...Object.entries<Key>(keysOf(articleKeys)).flatMap(([name, { value }]) =>
    value.kind === 'date' || value.kind === 'slug' || value.kind === 'path' ? [name] : [],
  ),
  'aliases',
]);

const noKeys: FileKeys = {
  ...noClaims,
  keys: [],
  names: createKeyTable([]),
  isShared: () => false,
};

/** Finds the keys that are for a file. @param path relative to the content folder, with `/` */
export type KeysFor = (path: string) => FileKeys;

const prepared = new WeakMap<OwnModel, KeysFor>();

/** Makes a model ready; of one and the same once. */
export function prepareOwnKeys(model: OwnModel): KeysFor {
  const known = prepared.get(model);
  if (known !== undefined) return known;
  const made = model.fields.length === 0 ? () => noKeys : prepare(model);
  prepared.set(model, made);
  return made;
}

function prepare({ fields }: OwnModel): KeysFor {
  const keys = fields.map(prepareKey);
  const patterns = new Map<string, Ignore>();
  for (const { only } of fields)
    if (only !== null && !patterns.has(only)) patterns.set(only, ignore().add(only));
  const all = selectKeys(keys);
  if (patterns.size === 0) return () => all;
  const selections = new Map<string, FileKeys>();
  return (path) => {
    const met = new Set([...patterns].flatMap(([only, pattern]) => (pattern.ignores(path) ? [only] : [])));
    const name = JSON.stringify([...met]);
    const known = selections.get(name);
    if (known !== undefined) return known;
    if (selections.size >= MAX_SELECTIONS) selections.clear();
    const made = selectKeys(keys.filter(({ field: { only } }) => only === null || met.has(only)));
    selections.set(name, made);
    return made;
  };
}

function selectKeys(keys: readonly PreparedKey[]): FileKeys {
  const from = keys.map(({ field }) => field.from);
  const names = createKeyTable(from);
  const table = claimedTable(from);
  return {
    keys,
    names,
    table,
    isOwn: (key) => names.slotsOf(key).length > 0,
    isShared: (key) => table.slotOf.has(key) || table.looseSlotOf.has(squashKey(key)),
    isOwnPart(key, [top, item, ...below]) {
      if (typeof top !== 'string' || isBag(top) || typeof item === 'string' || below.length > 0) return false;
      return names.slotsOf(top).some(({ index }) => {
        const parts = keys[index]?.parts;
        return parts != null && parts.slotsOf(key).length > 0;
      });
    },
  };
}

/** The built-in keys without the aliases that others read. @param from the names of each of these */
export function claimedTable(from: readonly (readonly string[])[]): FileKeys['table'] {
  const names = from.flat();
  return withoutAliases(articleFields, new Set(names.map(squashKey)), READ_BY_BOTH, names);
}

function prepareKey(field: OwnField): PreparedKey {
  const { name, kind } = field;
  const most = kind === 'term' || kind === 'article' || kind === 'object' ? 1 : MAX_ENTRIES;
  if (isScalarKey(field)) {
    const read = createScalarReader(field);
    return { field, parts: null, read: (draft, value, place) => put(draft.scalars, read(value, place)) };
  }
  if (isReferenceKey(field)) {
    return {
      field,
      parts: null,
      read: (draft, value, place, filePath) =>
        putList(draft.references, readReferences(value, place, filePath, most)),
    };
  }
  if (isObjectKey(field)) {
    const { table, read } = createObjectsReader(field, most);
    return {
      field,
      parts: table,
      read: (draft, value, place) => putList(draft.parts, read(value, place)),
    };
  }
  const read = createTermsReader(field.of, most);
  return { field, parts: null, read: (draft, value, place) => putList(draft.terms, read(value, place)) };

  function put(values: Map<string, OwnScalar>, value: OwnScalar): void {
    if (value !== null) values.set(name, value);
  }

  function putList<T>(values: Map<string, readonly T[]>, list: readonly T[] | null): void {
    if (list !== null && list.length > 0) values.set(name, list);
  }
}
