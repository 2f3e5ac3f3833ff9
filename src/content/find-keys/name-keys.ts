import { upperFirst } from '../../model/own-names.ts';

/** Shorter than a name may be, so that an ending has room. */
const MAX_NAME = 30;

/** The words of a key: `event_date`, `event-date` and `eventDate` have two. */
export function wordsOf(key: string): string[] {
  const plain = key
    .slice(0, 300)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/gu, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/gu, '$1 $2');
  return plain.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '');
}

/** A key as a name of GraphQL: `event_date` is `eventDate`. One without any letter of ASCII is `key`. */
export function nameOf(key: string): string {
  const name = key.length <= MAX_NAME && /^[a-z][A-Za-z0-9]*$/u.test(key) ? key : joinWords(wordsOf(key));
  if (name === '') return 'key';
  return /^[a-z]/u.test(name) ? name : `key${upperFirst(name)}`;
}

function joinWords(words: readonly string[]): string {
  const joined = words.map((word, at) => (at === 0 ? word.toLowerCase() : upperFirst(word.toLowerCase())));
  return joined.join('').slice(0, MAX_NAME);
}

/** Names for a key in the order in which they are tried until one is free. */
export function* nameChoices(key: string): Generator<string> {
  const name = nameOf(key);
  yield name;
  yield `${name}Value`;
  yield `own${upperFirst(name)}`;
  for (let number = 2; number < 1_000; number += 1) yield `${name}Value${number}`;
}
