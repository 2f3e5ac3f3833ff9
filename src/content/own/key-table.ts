import { squashKey } from '../../text/keys/suggest-key.ts';

/** Which of several fields a key leads to, and the key's place among the field's names. */
interface Slot {
  readonly index: number;
  readonly rank: number;
}

/** The names under which fields are read; several fields may share one. */
export interface KeyTable {
  readonly exact: ReadonlyMap<string, readonly Slot[]>;
  /** The same by squashed key, behind all exact ones. */
  readonly loose: ReadonlyMap<string, readonly Slot[]>;
}

/** Added to the rank of a key in another spelling. */
const LOOSE = 1_000;

/** @param names of each field, the first before others */
export function createKeyTable(names: readonly (readonly string[])[]): KeyTable {
  const exact = new Map<string, Slot[]>();
  const loose = new Map<string, Slot[]>();
  for (const [index, keys] of names.entries()) {
    for (const [rank, key] of keys.entries()) {
      add(exact, key, { index, rank });
      add(loose, squashKey(key), { index, rank: LOOSE + rank });
    }
  }
  return { exact, loose };
}

function add(slots: Map<string, Slot[]>, key: string, slot: Slot): void {
  const known = slots.get(key);
  if (known === undefined) slots.set(key, [slot]);
  else if (known.every(({ index }) => index !== slot.index)) known.push(slot);
}

/** The fields that a key leads to: none, mostly. */
export function slotsOf({ exact, loose }: KeyTable, key: string): readonly Slot[] {
  return exact.get(key) ?? loose.get(squashKey(key)) ?? [];
}

/** What of a mapping is read by a table. */
export interface ChosenKeys {
  /** The key by which each field is read. */
  chosen: Map<number, string>;
  /** Keys with a value that lead to fields, each of which is read by another one. */
  unused: { key: string; used: string }[];
  /** Keys that lead to no field. */
  unknown: string[];
}

/** Chooses for each field the first of its names that is there and not null, exact spellings before others. */
export function chooseKeys(table: KeyTable, mapping: Readonly<Record<string, unknown>>): ChosenKeys {
  const found = new Map<number, { key: string; rank: number }>();
  const rest: { key: string; index: number }[] = [];
  const unknown: string[] = [];
  for (const key of Object.keys(mapping)) {
    const slots = slotsOf(table, key);
    if (slots.length === 0) unknown.push(key);
    if (mapping[key] === null) continue;
    for (const { index, rank } of slots) {
      const before = found.get(index);
      const isFirst = before === undefined || rank < before.rank;
      if (isFirst) found.set(index, { key, rank });
      if (before !== undefined) rest.push({ key: isFirst ? before.key : key, index });
    }
  }
  const chosen = new Map([...found].map(([index, { key }]) => [index, key]));
  const used = new Set(chosen.values());
  const unused = rest
    .filter(({ key }) => !used.has(key))
    .map(({ key, index }) => ({ key, used: chosen.get(index) ?? '' }));
  return { chosen, unused, unknown };
}
