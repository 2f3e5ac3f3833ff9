import { articleKeys } from '../../model/built-in/article.ts';
import { type Key, keysOf } from '../../model/built-in/key.ts';
import { type SharedList, sharedKinds } from '../../model/kinds/shared-kinds.ts';
import type { LabelMention } from '../article/article.ts';
import { FLAG_KEYS, STATUS_KEYS } from '../visibility/find-visibility.ts';
import { defineFields, type Field } from './field-table.ts';
import { fieldsOfKeys } from './fields-of-keys.ts';
import { related, sharedParts } from './nested-fields.ts';
import { listOf, readList } from './read-list.ts';
import { fieldOfNames } from './read-names.ts';
import { ruleOf } from './read-value.ts';

const path = ruleOf({ kind: 'path' });

/** The lists of an article's things of each kind, under the names that records have them by. */
type Names = Record<SharedList, LabelMention[]>;

const keyOfList = Object.fromEntries(sharedKinds.map(({ many, key }) => [many, key.name]));

/** The things of all kinds that an article names. @param values as its fields were read */
export function namesIn(values: Readonly<Record<string, unknown>>): Names {
  const lists = Object.entries(keyOfList).map(([many, key]) => [many, values[key] ?? []]);
  return Object.fromEntries(lists) as Names;
}

const scalarKeys = keysOf(articleKeys);

/** The keys of an article file: what the validator reads and what the JSON Schema for editors is made of. */
export const articleFields = defineFields(
  {
    ...fieldsOfKeys(scalarKeys),
    ...sharedParts,
    ...(Object.fromEntries(sharedKinds.map((kind) => [kind.key.name, fieldOfNames(kind)])) as Record<
      (typeof sharedKinds)[number]['key']['name'],
      Field<LabelMention[]>
    >),
    aliases: {
      aliases: ['redirect_from'],
      description: 'Further paths within the site under which it is found.',
      schema: listOf(path.schema),
      read: readList(path.read),
    },
    related,
  },
  [...FLAG_KEYS.keys(), ...STATUS_KEYS],
);

/** The keys that decide when the public sees an article. */
export const TIME_FIELDS: ReadonlySet<string> = new Set(
  Object.entries<Key>(scalarKeys).flatMap(([name, key]) => (key.decidesWhenShown ? [name] : [])),
);
