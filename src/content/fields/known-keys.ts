import { squashKey } from '../../text/keys/suggest-key.ts';
import { FLAG_KEYS, STATUS_KEYS } from '../visibility/find-visibility.ts';
import { articleFields } from './fields.ts';

/** The keys of articles under all of their names, in lower case and as `squashKey` gives them. */
export const KNOWN_KEYS: ReadonlySet<string> = new Set(
  [...articleFields.known, ...FLAG_KEYS.keys(), ...STATUS_KEYS].flatMap((key) => [
    key.toLowerCase(),
    squashKey(key),
  ]),
);
