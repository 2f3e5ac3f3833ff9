import { wordsOf } from './name-keys.ts';

const WORDS: ReadonlySet<string> = new Set(
  [
    'email emails mail token tokens password passwords passwd secret secrets phone phones telephone mobile fax',
    'apikey notes note internal internals private confidential todo todos reviewer reviewers credential credentials',
    'salary iban ssn login',
  ].flatMap((line) => line.split(' ')),
);
const ANYWHERE = /email|password|token|secret|apikey|credential/u;

/** Whether a key is likely meant for its owners alone, by a word in its name. */
export function isPrivateName(key: string): boolean {
  const words = wordsOf(key).map((word) => word.toLowerCase());
  return words.some((word) => WORDS.has(word)) || ANYWHERE.test(words.join(''));
}
