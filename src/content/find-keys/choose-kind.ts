import type { ScalarKind } from '../../model/own-model.ts';
import { wordsOf } from './name-keys.ts';
import type { ValueNotes } from './note-values.ts';

export type FoundKind = ScalarKind | 'term' | 'terms' | 'article' | 'articles' | 'object' | 'list';

/**
 * When values are those of an enum: an enum refuses what it does not list, so that few files say too little, and each value must
 * have come again and again.
 */
const ENUM = { files: 20, fewest: 2, most: 12, uses: 5, longest: 40 };
/** When texts are names of things: each is used twice on average, and some are. */
const TERM = { uses: 2, longest: 100 };

const THINGS = new Set(
  [
    'author authors writer writers editor editors byline contributor contributors creator creators',
    'series collection album genre team company country city region venue project artist director translator',
  ].flatMap((line) => line.split(' ')),
);
/** Keys of templates, which name no things. */
const TECHNICAL = new Set(
  'layout template format class style color colour icon theme engine version id uid uuid guid'.split(' '),
);
/** Numbers that are whole by chance. */
const BROKEN = new Set('lat latitude lon lng longitude price'.split(' '));
const TIMES = new Set('date time datetime day on at until since start end from to'.split(' '));

/** What a key is, by all of its values; null when it can be nothing. @param targets as of targetsOf */
export function chooseKind(key: string, notes: ValueNotes, targets: ReadonlySet<string>): FoundKind | null {
  const { objects, lists, scalars } = notes;
  if (objects > 0) return lists > 0 ? 'list' : 'object';
  if (lists > 0) {
    // In lists of lists there is nothing that could be read; an empty list is one all the same.
    return scalars > 0 && isReference(notes, targets) ? 'articles' : 'terms';
  }
  const kind = choosePartKind(key, notes);
  const mayRefer = kind !== 'boolean' && kind !== 'int' && kind !== 'float';
  if (mayRefer && isReference(notes, targets)) return 'article';
  if (kind !== 'text' && kind !== 'enum') return kind;
  const last = lastWord(key);
  if (THINGS.has(last) && notes.longest <= TERM.longest)
    return /s$/u.test(last) && last !== 'series' ? 'terms' : 'term';
  return kind === 'text' && isTerm(last, notes) ? 'term' : kind;
}

/** The same of a value in an object, which is a single one in any case. */
export function choosePartKind(key: string, notes: ValueNotes): ScalarKind {
  const { scalars, booleans, ints, floats, dates, urls } = notes;
  if (scalars === 0) return 'text';
  if (booleans === scalars) return 'boolean';
  // `20240221` is a number, unless its key speaks of time.
  const isTime = dates === scalars && (floats < scalars || TIMES.has(lastWord(key)));
  if (isTime) return 'date';
  // A version is no number: 1.10 is not 1.1.
  if (floats === scalars && lastWord(key) !== 'version')
    return ints === scalars && !BROKEN.has(lastWord(key)) ? 'int' : 'float';
  if (urls === scalars) return 'url';
  return isEnum(notes) ? 'enum' : 'text';
}

function isEnum({ scalars, distinct, isCut, longest }: ValueNotes): boolean {
  const { size } = distinct;
  const isFew = size >= ENUM.fewest && size <= ENUM.most && !isCut && longest <= ENUM.longest;
  if (!isFew || scalars < ENUM.files || scalars / size < ENUM.uses) return false;
  // Names of people and things have blanks; values of an enum are words.
  const names = [...distinct.keys()].map((text) => text.toLowerCase());
  return new Set(names).size === size && names.every((text) => /^[a-z][a-z0-9_-]*$/u.test(text));
}

function isTerm(last: string, { scalars, distinct, isCut, longest }: ValueNotes): boolean {
  const repeats = distinct.size >= 2 && scalars / distinct.size >= TERM.uses;
  return repeats && !isCut && longest <= TERM.longest && !TECHNICAL.has(last);
}

function isReference(
  { references, selfReferences, scalars, files, urls }: ValueNotes,
  targets: ReadonlySet<string>,
): boolean {
  if (references === null || references.size === 0 || selfReferences * 2 > scalars) return false;
  if (![...references.values()].every((keys) => keys.some((key) => targets.has(key)))) return false;
  // One plain word that is a file's name, too, says nothing.
  const hasSigns = [...references.keys()].every((name) => name.includes('/') || name.startsWith('path '));
  return urls === scalars || hasSigns || files >= 2;
}

function lastWord(key: string): string {
  return wordsOf(key).at(-1)?.toLowerCase() ?? '';
}
