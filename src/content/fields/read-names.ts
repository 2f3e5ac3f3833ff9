import { name as nameValue } from '../../model/built-in/value.ts';
import type { SharedKind } from '../../model/kinds/shared-kind.ts';
import type { LabelMention } from '../article/article.ts';
import { createLabelMaker } from '../article/identity.ts';
import { type Place, report, within } from '../problems/collect-problems.ts';
import type { Field, JsonSchema, Reader } from './field-table.ts';
import { listOf, readList } from './read-list.ts';
import { readText } from './read-scalar.ts';
import { ruleOf, textSchema } from './read-value.ts';

export const readName = ruleOf(nameValue).read;

/** Longest text that names several things with commas between, in UTF-16 units. */
const MAX_NAMES = 20_000;
const readNames = readText(MAX_NAMES);

/**
 * The list that a lone text with commas stands for under a plural key, such as `tags`; null when the text is too long. An entry of
 * a list keeps its commas, since names have commas too, and so does a text under `tag`.
 */
export function splitNames(value: unknown, place: Place): unknown {
  if (typeof value !== 'string' || !value.includes(',') || !/s$/iu.test(String(place.key))) return value;
  return readNames(value, place)?.split(',') ?? null;
}

/** The field that names things of a kind, in order, each once. */
export function fieldOfNames(kind: SharedKind): Field<LabelMention[]> {
  const { key } = kind;
  return {
    aliases: key.aliases,
    ...(key.hints && { hints: key.hints }),
    description: key.description,
    schema: key.isNested ? nestedSchema : listOf(textSchema),
    read: (key.isNested ? readNested : readFlat)(createLabelMaker(kind), kind),
    ...(key.isMerged && { merge: (lists) => mergeNames(lists, key.most) }),
  };
}

const nestedSchema: JsonSchema = listOf({ anyOf: [textSchema, { type: 'array' }] });

type MakeLabel = (name: string) => LabelMention;

function readFlat(
  make: MakeLabel,
  { one, words = [one, one], key: { most, sign } }: SharedKind,
): Reader<LabelMention[]> {
  const signBefore = sign === undefined ? null : new RegExp(`^${sign}(?=[^\\s${sign}])`, 'u');
  return (value, place) => {
    const list = splitNames(value, place);
    const seen = new Set<string>();
    const readOnce: Reader<LabelMention> = (item, at) => {
      const text = readName(item, at);
      if (text === null) return null;
      const label = make(signBefore === null ? text : text.replace(signBefore, ''));
      if (seen.has(label.id)) {
        report(at, 'NAME_REPEATED', label.name, { thing: words[0] });
        return null;
      }
      seen.add(label.id);
      return label;
    };
    return list === null ? [] : readList(readOnce, most)(list, place);
  };
}

/** Lists in lists are how other tools say which is below which: such lists repeat what is above, which is no problem. */
function readNested(make: MakeLabel, { key: { most } }: SharedKind): Reader<LabelMention[]> {
  return (value, place) => {
    const found = new Map<string, LabelMention>();
    const take = (item: unknown, at: Place): void => {
      if (Array.isArray(item)) for (const [index, entry] of item.entries()) take(entry, within(at, index));
      else if (item !== null) {
        const name = readName(item, at);
        const label = name === null ? null : make(name);
        if (label !== null && !found.has(label.id)) found.set(label.id, label);
      }
    };
    take(splitNames(value, place), place);
    const words = { count: String(found.size), limit: String(most) };
    if (found.size > most) report(place, 'LIST_TOO_LONG', null, words);
    return [...found.values()].slice(0, most);
  };
}

/** Those of several keys, each once. */
function mergeNames(lists: readonly LabelMention[][], most: number): LabelMention[] {
  const found = new Map<string, LabelMention>();
  for (const label of lists.flat()) if (!found.has(label.id)) found.set(label.id, label);
  return [...found.values()].slice(0, most);
}
