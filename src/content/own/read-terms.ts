import type { OwnTerm } from '../../model/own-values.ts';
import { squashKey } from '../../text/keys/suggest-key.ts';
import { createTermMaker } from '../article/identity.ts';
import type { Reader } from '../fields/field-table.ts';
import { readList } from '../fields/read-list.ts';
import { readName, splitNames } from '../fields/read-names.ts';
import { report, within } from '../problems/collect-problems.ts';
import { isMapping } from './is-mapping.ts';

/** What an entry that is a mapping is called by, the first before others. */
const NAME_KEYS = ['name', 'title'];

/** The reader of names of things of one kind: a text, or a list. One counts once, as it is written first. */
export function createTermsReader(kind: string, most: number): Reader<OwnTerm[]> {
  const makeTerm = createTermMaker(kind);
  return (value, place) => {
    const list = most === 1 ? value : splitNames(value, place);
    if (list === null) return [];
    const seen = new Set<string>();
    const readOnce: Reader<OwnTerm> = (item, at) => {
      const name = readTermName(item, at);
      const term = name === null ? null : makeTerm(name);
      if (term === null || seen.has(term.id)) return null;
      seen.add(term.id);
      return term;
    };
    return readList(readOnce, most)(list, place);
  };
}

/** A name, or a mapping with one. What else such a mapping has is not used. */
const readTermName: Reader<string> = (value, place) => {
  if (!isMapping(value)) return readName(value, place);
  for (const wanted of NAME_KEYS) {
    const key = Object.keys(value).find((one) => squashKey(one) === wanted);
    const name = key === undefined ? null : (value[key] ?? null);
    if (key !== undefined && name !== null) return readName(name, within(place, key));
  }
  report(place, 'TERM_WITHOUT_NAME', null);
  return null;
};
