import type { Key } from '../../model/built-in/key.ts';
import type { ValueOf } from '../../model/built-in/value.ts';
import type { Field } from './field-table.ts';
import { ruleOf } from './read-value.ts';

type FieldsOf<K extends Readonly<Record<string, Key>>> = {
  -readonly [N in keyof K]: Field<ValueOf<K[N]['value']>>;
};

/** The fields that keys of the model are read by. */
export function fieldsOfKeys<K extends Readonly<Record<string, Key>>>(keys: K): FieldsOf<K> {
  const fields = Object.entries<Key>(keys).map(([name, key]) => [name, fieldOfKey(key)]);
  return Object.fromEntries(fields) as FieldsOf<K>;
}

function fieldOfKey({ value, aliases, hints, description, merge }: Key): Field<string | number | boolean> {
  return {
    ...(aliases && { aliases }),
    ...(hints && { hints }),
    description,
    ...ruleOf(value),
    ...(merge && { merge: earliest }),
  };
}

/** Which of several moments in ISO 8601 in UTC comes first: who names two ends wants it gone at the first. */
function earliest<T extends string | number | boolean>(moments: T[]): T | null {
  return moments.toSorted()[0] ?? null;
}
