import { LineCounter, Scalar } from 'yaml';
import { checkNames } from '../../model/check-names.ts';
import { Mistakes } from '../../model/model-mistake.ts';
import type { EnumValue, OwnField, OwnModel, PartKey } from '../../model/own-model.ts';
import { singular, upperFirst } from '../../model/own-names.ts';
import { enumName } from '../../model/parse-field.ts';
import { MAX_FIELDS } from '../../model/parse-model.ts';
import { compareCodePoints } from '../../text/compare-code-points.ts';
import { squashKey } from '../../text/keys/suggest-key.ts';
import { findFlagKey, findHidingKey, hidesInItsTool, isStatusKey } from '../visibility/find-visibility.ts';
import { chooseKind, choosePartKind } from './choose-kind.ts';
import type { FoundKeys } from './find-keys.ts';
import { nameChoices } from './name-keys.ts';
import type { ValueNotes } from './note-values.ts';
import { isPrivateName } from './private-name.ts';

/** A key of the files as a field of a model. */
export interface ProposedField {
  key: string;
  field: OwnField;
  notes: ValueNotes;
  /** Keys of its objects that it has not. */
  withoutParts: string[];
}

/** What a model could have besides what it has. */
export interface Proposal {
  fields: ProposedField[];
  /** Keys that are in no model, and why. */
  leftOut: { key: string; reason: string }[];
}

/** Characters of a key, and parts of an object, that a proposal takes. */
const MAX_KEY = 200;
const MAX_PARTS = 20;

/** Names, kinds and options for all keys that `present` has not, those of the most files first. Pure. */
export function proposeFields(found: FoundKeys, present: OwnModel): Proposal {
  const fields: ProposedField[] = [];
  const leftOut: Proposal['leftOut'] = [];
  const taken: OwnField[] = [...present.fields];
  const known = new Set(present.fields.flatMap(({ from }) => from.map(squashKey)));
  const keys = [...found.keys]
    .filter(([plain]) => !known.has(plain))
    .map(([, notes]) => ({ key: spellingOf(notes), notes }))
    .sort((a, b) => b.notes.files - a.notes.files || compareCodePoints(a.key, b.key));
  for (const { key, notes } of keys) {
    const trouble =
      unwritable(key) ?? (taken.length >= MAX_FIELDS ? `a model has at most ${MAX_FIELDS} fields` : null);
    const proposed = trouble === null ? propose(key, notes, found, taken) : trouble;
    if (typeof proposed === 'string') leftOut.push({ key, reason: proposed });
    else {
      fields.push(proposed);
      taken.push(proposed.field);
    }
  }
  return { fields, leftOut };
}

/** Why a key cannot be in a model's file; null when it can. */
export function unwritable(key: string): string | null {
  if (key.trim() === '') return 'it has no letters';
  if (key.length > MAX_KEY) return `it has more than ${MAX_KEY} characters`;
  return /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff\ufffd]/u.test(key) ? 'it has characters that cannot be seen' : null;
}

function propose(
  key: string,
  notes: ValueNotes,
  { targets, hasFolders }: FoundKeys,
  taken: readonly OwnField[],
): ProposedField | string {
  const isPublic = !isPrivateName(key);
  const chosen = chooseKind(key, notes, targets);
  // The values of an enum would stand in the schema and in the file.
  const kind = chosen === 'enum' && !isPublic ? 'text' : chosen;
  if (kind === null) return 'nothing in it can be read';
  const common = {
    from: [key],
    description: null,
    isRequired: false,
    only: hasFolders && notes.files >= 2 ? patternOf(notes.folder) : null,
    isPublic,
  };
  const { parts, withoutParts } =
    kind === 'object' || kind === 'list' ? partsOf(notes) : { parts: [], withoutParts: [] };
  if ((kind === 'object' || kind === 'list') && parts.length === 0)
    return 'its objects have no key that can be read';
  // Most names that are taken are so by a field, and to compare with all that the API has takes longer.
  const names = new Set(taken.map(({ name }) => name.toLowerCase()));
  for (const name of nameChoices(key)) {
    if (names.has(name.toLowerCase())) continue;
    for (const field of choices(name)) {
      if (isFree(field, taken)) return { key, field, notes, withoutParts };
    }
  }
  return 'no name is left for it';

  function choices(name: string): OwnField[] {
    if (kind === 'term' || kind === 'terms') {
      const of = upperFirst(singular(name));
      return [of, `${of}Name`].map((one) => ({ ...common, name, kind, of: one }));
    }
    if (kind === 'article' || kind === 'articles') return [{ ...common, name, kind }];
    if (kind === 'object' || kind === 'list') return [{ ...common, name, kind, fields: parts }];
    if (kind === null) return [];
    const isOrder = kind === 'int' || kind === 'float' || kind === 'date';
    const values = kind === 'enum' ? valuesOf(notes) : [];
    return [{ ...common, name, kind, values, default: null, isOrder, isIndexed: isOrder }];
  }
}

function partsOf(notes: ValueNotes): { parts: PartKey[]; withoutParts: string[] } {
  const withoutParts: string[] = [];
  const parts: PartKey[] = [];
  const all = [...notes.parts.values()]
    .map((part) => ({ key: spellingOf(part), part }))
    // Else in the order of the files, which is the one that people write them in.
    .sort((a, b) => b.part.files - a.part.files);
  const names = new Set(['and', 'or', 'not']);
  for (const { key, part } of all) {
    // A field of an object is as public as the object.
    const isLeft =
      part.scalars === 0 || part.lists + part.objects > 0 || isPrivateName(key) || mayHide(key, part);
    if (isLeft || parts.length >= MAX_PARTS || unwritable(key) !== null) {
      withoutParts.push(key);
      continue;
    }
    for (const name of nameChoices(key)) {
      if (names.has(name.toLowerCase())) continue;
      names.add(name.toLowerCase());
      const found = choosePartKind(key, part);
      const kind = found === 'enum' ? 'text' : found;
      parts.push({ name, from: [key], kind, values: [], description: null });
      break;
    }
  }
  return { parts, withoutParts };
}

/** Whether a part may hide its article. What is a part of the owner's hides nothing, which no command decides for them. */
function mayHide(key: string, { distinct }: ValueNotes): boolean {
  if (findFlagKey(key) !== null || isStatusKey(key)) return true;
  return [...distinct.keys()].some((text) => hidesInItsTool(key, text) || findHidingKey(key, text) !== null);
}

function valuesOf({ distinct }: ValueNotes): EnumValue[] {
  const texts = [...distinct]
    .sort((a, b) => b[1] - a[1] || compareCodePoints(a[0], b[0]))
    .map(([text]) => text);
  return texts.map((text) => ({ text, name: enumName(text) }));
}

/** A pattern for all files below a folder at the top; null for a folder whose name has signs that patterns read. */
function patternOf(folder: string | null): string | null {
  if (folder === null || folder.length > MAX_KEY || !/^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_. -]*$/u.test(folder))
    return null;
  return `${folder}/**`;
}

function isFree(field: OwnField, taken: readonly OwnField[]): boolean {
  const mistakes = new Mistakes(new LineCounter());
  const entryOf = (one: OwnField) => ({ name: one.name, key: new Scalar(one.name), value: null });
  checkNames(
    [...taken, field].map((one) => ({ entry: entryOf(one), field: one })),
    mistakes,
  );
  return mistakes.found.length === 0;
}

/** The spelling that is used most; of several the first in the order of code points. */
function spellingOf({ spellings }: ValueNotes): string {
  const [first] = [...spellings].sort((a, b) => b[1] - a[1] || compareCodePoints(a[0], b[0]));
  return first?.[0] ?? '';
}
