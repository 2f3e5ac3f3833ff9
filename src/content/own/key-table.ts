import { squashKey } from '../../text/keys/suggest-key.ts';
import { remember } from '../values/remember.ts';

/** Which of several fields a key leads to, and the key's place among the field's names. */
interface Slot {
  readonly index: number;
  readonly rank: number;
}

/** The names under which fields are read; several fields may share one. */
export interface KeyTable {
  /** How many fields there are. */
  readonly size: number;
  /** The fields that a key leads to: none, mostly. */
  readonly slotsOf: (key: string) => readonly Slot[];
}

/** Keys of which a table remembers where they lead; there may be hundreds of tables. */
const MAX_REMEMBERED = 500;

const noSlots: readonly Slot[] = [];

/** Added to the rank of a key in another spelling. */
const LOOSE = 1_000;

/** @param names of each field, the first before others */
export function createKeyTable(names: readonly (readonly string[])[]): KeyTable {
  const exact = new Map<string, Slot[]>();
  // By squashed key, behind all exact ones.
  const loose = new Map<string, Slot[]>();
  for (const [index, keys] of names.entries()) {
    for (const [rank, key] of keys.entries()) {
      add(exact, key, { index, rank });
      add(loose, squashKey(key), { index, rank: LOOSE + rank });
    }
  }
  const find = (key: string) => exact.get(key) ?? loose.get(squashKey(key)) ?? noSlots;
  return { size: names.length, slotsOf: remember(find, MAX_REMEMBERED) };
}

function add(slots: Map<string, Slot[]>, key: string, slot: Slot): void {
  const known = slots.get(key);
  if (known === undefined) slots.set(key, [slot]);
  else if (known.every(({ index }) => index !== slot.index)) known.push(slot);
}

/** What of a mapping is read by a table. */
export interface ChosenKeys {
  /** The key by which each field is read, in the order of the table; undefined of a field that none is for. */
  chosen: readonly (string | undefined)[];
  /** Keys with a value that lead to fields, each of which is read by another one. */
  unused: readonly { key: string; used: string }[];
  /** Keys that lead to no field. */
  unknown: readonly string[];
}

/** Chooses for each field the first of its names that is there and not null, exact spellings before others. */
export function chooseKeys(
  { size, slotsOf }: KeyTable,
  mapping: Readonly<Record<string, unknown>>,
): ChosenKeys {
  const chosen: (string | undefined)[] = new Array(size);
  const ranks: number[] = [];
  const rest: { key: string; index: number }[] = [];
  const unknown: string[] = [];
  for (const key of Object.keys(mapping)) {
    const slots = slotsOf(key);
    if (slots.length === 0) unknown.push(key);
    else if (mapping[key] !== null) for (const slot of slots) offer(key, slot);
  }
  if (rest.length === 0) return { chosen, unused: [], unknown };
  const used = new Set(chosen);
  const unused = rest
    .filter(({ key }) => !used.has(key))
    .map(({ key, index }) => ({ key, used: chosen[index] ?? '' }));
  return { chosen, unused, unknown };

  function offer(key: string, { index, rank }: Slot): void {
    const before = chosen[index];
    const isFirst = before === undefined || rank < (ranks[index] ?? 0);
    if (before !== undefined) rest.push({ key: isFirst ? before : key, index });
    if (!isFirst) return;
    chosen[index] = key;
    ranks[index] = rank;
  }
}
