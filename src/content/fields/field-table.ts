import { squashKey, suggestKey } from '../../text/keys/suggest-key.ts';
import { type Place, report, reportKey, within } from '../problems/collect-problems.ts';
import { remember } from '../values/remember.ts';
import { describeKind, YamlBoolean } from '../values/yaml-boolean.ts';

/** A fragment of JSON Schema, draft 2020-12. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** Reads a value that is not null. Answers null, having told why, when the value cannot be used. */
export type Reader<T> = (value: unknown, place: Place) => T | null;

/** One key of the front matter: everything that is known of it. */
export interface Field<T> {
  /** Other names, in the order in which they are looked for after the key itself. */
  readonly aliases?: readonly string[];
  /** What other tools call it with another shape: not read, but named in "did you mean". In lower case, letters only. */
  readonly hints?: readonly string[];
  readonly description: string;
  readonly schema: JsonSchema;
  /** Null is absence, but for a field of which an empty value must not pass as absent. */
  readonly readsNull?: true;
  readonly read: Reader<T>;
  /** Makes one value of those of all its names that are present, in their order. Without it the first of them is read. */
  merge?(values: T[]): T | null;
}

/** What a table's readers answer, by key. */
export type FieldValues<F> = { [K in keyof F]: F[K] extends Field<infer T> ? T | null : never };

/** A table of fields, made ready for reading mappings. */
export interface FieldTable<F extends Record<string, Field<unknown>>> {
  readonly fields: F;
  readonly entries: readonly (readonly [name: string, field: Field<unknown>])[];
  readonly known: readonly string[];
  /** What a suggestion is chosen from, and what other tools call a key, as `suggestKey` takes them. */
  readonly suggestible: readonly string[];
  readonly hints: ReadonlyMap<string, string>;
  /** The known key that was most likely meant by an unknown one. */
  readonly suggest: (key: string) => string | null;
  readonly slotOf: ReadonlyMap<string, Slot>;
  /** The same by squashed key, behind all exact ones. */
  readonly looseSlotOf: ReadonlyMap<string, Slot>;
}

/** Where a key leads: its field's place in the table, and the key's place among the field's names. */
interface Slot {
  readonly index: number;
  readonly rank: number;
}

/** Added to the rank of a key in another spelling. */
const LOOSE = 1_000;

/**
 * Prepares a table; done once, when the module is loaded.
 * @param readElsewhere keys that are known and have no field here
 */
export function defineFields<F extends Record<string, Field<unknown>>>(
  fields: F,
  readElsewhere: readonly string[] = [],
): FieldTable<F> {
  const entries = Object.entries<Field<unknown>>(fields);
  const slotOf = new Map<string, Slot>();
  const looseSlotOf = new Map<string, Slot>();
  const hints = new Map<string, string>();
  for (const [index, [name, field]] of entries.entries()) {
    for (const [rank, key] of [name, ...(field.aliases ?? [])].entries()) {
      slotOf.set(key, { index, rank });
      const loose = squashKey(key);
      if (!looseSlotOf.has(loose)) looseSlotOf.set(loose, { index, rank: LOOSE + rank });
    }
    for (const hint of field.hints ?? []) hints.set(hint, name);
  }
  const known = [...slotOf.keys()];
  const suggestible = [...known, ...readElsewhere];
  // To compare an unknown key with all known ones takes longer than to read the rest of a file.
  const suggest = remember((key) => suggestKey(key, suggestible, hints));
  return { fields, entries, known, suggestible, hints, suggest, slotOf, looseSlotOf };
}

/**
 * The same table where somebody else reads some of the keys: an alias that is one of `taken` leads to no field any more, but to
 * those of `kept`. The main names of fields stay.
 * @param taken keys as of squashKey
 * @param more keys that are suggested, too
 */
export function withoutAliases<F extends Record<string, Field<unknown>>>(
  table: FieldTable<F>,
  taken: ReadonlySet<string>,
  kept: ReadonlySet<string>,
  more: readonly string[],
): FieldTable<F> {
  const isLeft = ([key, { index, rank }]: readonly [string, Slot]) =>
    rank % LOOSE === 0 || !taken.has(squashKey(key)) || kept.has(table.entries[index]?.[0] ?? '');
  const slotOf = new Map([...table.slotOf].filter(isLeft));
  const suggestible = [
    ...more,
    ...table.suggestible.filter((key) => table.slotOf.has(key) === slotOf.has(key)),
  ];
  return {
    ...table,
    known: [...slotOf.keys()],
    suggestible,
    suggest: remember((key) => suggestKey(key, suggestible, table.hints)),
    slotOf,
    looseSlotOf: new Map([...table.looseSlotOf].filter(isLeft)),
  };
}

/** Told of each key that no field of the table has; the default is a notice. */
export type UnknownKeyHandler = (key: string, value: unknown, place: Place) => void;

/**
 * Reads a mapping by a table. Of a field's names the first that is present and not null is read, exact spellings before others;
 * the others are told of, unless the field merges them. Unknown keys are told of once a file.
 */
export function readFields<F extends Record<string, Field<unknown>>>(
  table: FieldTable<F>,
  mapping: Readonly<Record<string, unknown>>,
  place: Place,
  onUnknown: UnknownKeyHandler = (key, _value, at) => reportUnknown(table, key, at),
): FieldValues<F> {
  const chosen: (string | undefined)[] = new Array(table.entries.length);
  const ranks: number[] = [];
  const unused: { key: string; index: number; rank: number }[] = [];
  for (const key of Object.keys(mapping)) {
    const slot = table.slotOf.get(key) ?? table.looseSlotOf.get(squashKey(key));
    if (slot === undefined) {
      onUnknown(key, mapping[key], within(place, key));
      continue;
    }
    const { index, rank } = slot;
    if (mapping[key] === null && table.entries[index]?.[1].readsNull !== true) continue;
    const before = chosen[index];
    const rankBefore = ranks[index] ?? 0;
    const isFirst = before === undefined || rank < rankBefore;
    if (isFirst) {
      chosen[index] = key;
      ranks[index] = rank;
    }
    if (before !== undefined)
      unused.push(isFirst ? { key: before, index, rank: rankBefore } : { key, index, rank });
  }
  for (const { key, index } of unused) {
    if (table.entries[index]?.[1].merge) continue;
    reportKey(within(place, key), 'ALIAS_NOT_USED', { used: chosen[index] ?? '' });
  }

  const values: Record<string, unknown> = {};
  let index = 0;
  for (const [name, field] of table.entries) {
    const key = chosen[index];
    const value = key === undefined ? null : field.read(mapping[key], within(place, key));
    values[name] = field.merge ? mergeOthers(field.merge, value, index) : value;
    index += 1;
  }
  // The loop above goes through the table's own names, each with its own reader's answer.
  return values as FieldValues<F>;

  function mergeOthers<T>(merge: (values: T[]) => T | null, first: T | null, at: number): T | null {
    const others = unused.filter((other) => other.index === at).sort((a, b) => a.rank - b.rank);
    if (others.length === 0) return first;
    const { read } = (table.entries[at] as (typeof table.entries)[number])[1];
    const rest = others.map(({ key }) => read(mapping[key], within(place, key)) as T | null);
    return merge([first, ...rest].filter((value) => value !== null));
  }
}

/** The field that a key leads to; null when it leads to none. */
export function fieldOf<F extends Record<string, Field<unknown>>>(
  table: FieldTable<F>,
  key: string,
): string | null {
  const slot = table.slotOf.get(key) ?? table.looseSlotOf.get(squashKey(key));
  return (slot && table.entries[slot.index]?.[0]) ?? null;
}

/** The notice of an unknown key, with the nearest known one; once a file for each spelling. */
export function reportUnknown<F extends Record<string, Field<unknown>>>(
  table: FieldTable<F>,
  key: string,
  place: Place,
): void {
  const name = `${place.parent?.parent == null ? '' : 'nested '}${key}`;
  if (place.unknownKeys.has(name)) return;
  place.unknownKeys.add(name);
  const near = table.suggest(key);
  reportKey(place, 'UNKNOWN_KEY', { hint: near === null ? '' : `Did you mean \`${near}\`? ` });
}

/** A reader of a mapping that reads its keys by `table`. Null when it is no mapping, having told so. */
export function readMapping<F extends Record<string, Field<unknown>>>(
  table: FieldTable<F>,
  value: unknown,
  place: Place,
): FieldValues<F> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof YamlBoolean) {
    report(place, 'MAPPING_EXPECTED', value, { found: describeKind(value) });
    return null;
  }
  return readFields(table, value as Record<string, unknown>, place);
}
