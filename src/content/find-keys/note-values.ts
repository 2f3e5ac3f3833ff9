import { squashKey } from '../../text/keys/suggest-key.ts';
import { urlKey } from '../../text/keys/url-key.ts';
import { readMoment } from '../values/read-moment.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';

/** What all values of one key are, counted, so that a folder of any size takes bounded memory. */
export interface ValueNotes {
  /** The spelling of each key that is the same key, and how often it is used. */
  readonly spellings: Map<string, number>;
  /** Files that say something under it. */
  files: number;
  /** The first folder of those files; null when there are several, or when one stands at the top. */
  folder: string | null;
  /** How often each value is used, up to a bound. */
  readonly distinct: Map<string, number>;
  isCut: boolean;
  /** Texts, numbers and booleans, alone and in lists. */
  scalars: number;
  lists: number;
  objects: number;
  /** Of the scalars, how many are each; a whole number is a float, too. */
  booleans: number;
  ints: number;
  floats: number;
  dates: number;
  urls: number;
  /** In characters. */
  longest: number;
  /** What other files the values may mean, as of `referenceKeys`; null when one is no reference in any case. */
  references: Map<string, readonly string[]> | null;
  /** How many of them lead to their own file. */
  selfReferences: number;
  /** The keys of its objects. */
  readonly parts: Map<string, ValueNotes>;
}

/** How much is still kept, over all keys together. */
export interface NoteBudget {
  keys: number;
  values: number;
}

/** Where a value stands. */
export interface NotePlace {
  readonly budget: NoteBudget;
  /** The keys by which a text may mean another file; null when it cannot. */
  referTo(text: string): readonly string[] | null;
  isOwn(key: string): boolean;
}

/** Values of one key that are told apart. */
const MAX_DISTINCT = 10_000;
const MAX_SPELLINGS = 10;
/** Characters of a value that are kept; a longer one is but a text. */
const MAX_KEPT = 300;
const INT = /^[+-]?(?:0|[1-9]\d{0,9})$/u;
const FLOAT = /^[+-]?(?:0|[1-9]\d{0,15})?(?:\.\d{1,20})?(?:[eE][+-]?\d{1,3})?$/u;

/** Notes of a key of which nothing is known yet. */
export function startNotes(): ValueNotes {
  return {
    ...{ spellings: new Map(), files: 0, folder: null, distinct: new Map(), isCut: false },
    ...{ scalars: 0, lists: 0, objects: 0, booleans: 0, ints: 0, floats: 0, dates: 0, urls: 0, longest: 0 },
    ...{ references: new Map(), selfReferences: 0, parts: new Map() },
  };
}

/** The notes of a key, whatever its spelling; null when there are too many keys. */
export function notesOf(all: Map<string, ValueNotes>, key: string, budget: NoteBudget): ValueNotes | null {
  const plain = squashKey(key);
  let notes = all.get(plain);
  if (notes === undefined) {
    if (budget.keys <= 0) return null;
    budget.keys -= 1;
    notes = startNotes();
    all.set(plain, notes);
  }
  const used = notes.spellings.get(key);
  if (used !== undefined || notes.spellings.size < MAX_SPELLINGS) notes.spellings.set(key, (used ?? 0) + 1);
  return notes;
}

/** Whether a value says anything: null, an empty text and a mapping without keys do not. */
export function saysSomething(value: unknown): boolean {
  if (value === null || value === undefined) return false;
  if (typeof value === 'string') return value.trim() !== '';
  return !isMapping(value) || Object.keys(value).length > 0;
}

/** Counts one value of a key, and all that is in it. */
export function noteValue(notes: ValueNotes, value: unknown, place: NotePlace): void {
  if (Array.isArray(value)) {
    notes.lists += 1;
    for (const item of value) if (!Array.isArray(item)) noteOne(notes, item, place);
  } else noteOne(notes, value, place);
}

function noteOne(notes: ValueNotes, value: unknown, place: NotePlace): void {
  if (!saysSomething(value)) return;
  if (isMapping(value)) {
    notes.objects += 1;
    for (const [key, part] of Object.entries(value)) {
      if (!saysSomething(part)) continue;
      const of = notesOf(notes.parts, key, place.budget);
      if (of === null) continue;
      of.files += 1;
      // What is in an object has one level: the rest is counted, and said to be left out.
      if (isMapping(part)) of.objects += 1;
      else if (Array.isArray(part)) of.lists += 1;
      else noteOne(of, part, place);
    }
    return;
  }
  const text = String(value).trim();
  noteScalar(notes, text, value instanceof YamlBoolean || /^(?:true|false)$/iu.test(text));
  noteReference(notes, text, place);
  const used = notes.distinct.get(text);
  if (used !== undefined) notes.distinct.set(text, used + 1);
  else if (text.length > MAX_KEPT || notes.distinct.size >= MAX_DISTINCT || place.budget.values <= 0) {
    notes.isCut = true;
  } else {
    place.budget.values -= 1;
    notes.distinct.set(text, 1);
  }
}

function noteScalar(notes: ValueNotes, text: string, isBoolean: boolean): void {
  notes.scalars += 1;
  notes.longest = Math.max(notes.longest, text.length);
  if (isBoolean) notes.booleans += 1;
  if (text.length > MAX_KEPT) return;
  const number = /\d/u.test(text) && FLOAT.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(number) <= 1e300) notes.floats += 1;
  if (INT.test(text) && Math.abs(number) < 2 ** 31) notes.ints += 1;
  if ('moment' in readMoment(text)) notes.dates += 1;
  if (/^https?:\/\//iu.test(text) && urlKey(text) !== null) notes.urls += 1;
}

function noteReference(notes: ValueNotes, text: string, place: NotePlace): void {
  if (notes.references === null) return;
  const keys = place.referTo(text);
  if (keys === null) {
    notes.references = null;
    return;
  }
  if (keys.some((key) => place.isOwn(key))) notes.selfReferences += 1;
  const name = keys.join('\n');
  if (!notes.references.has(name) && notes.references.size < MAX_DISTINCT) notes.references.set(name, keys);
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof YamlBoolean)
  );
}
