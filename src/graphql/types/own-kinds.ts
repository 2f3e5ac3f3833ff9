import { tableOfKind } from '../../model/own-layout.ts';
import { plainKey, type TermKey, termKinds } from '../../model/own-model.ts';
import { reverseName, rootFieldNames } from '../../model/own-names.ts';
import { ownIdPrefix } from '../../text/id-prefixes.ts';
import { reverseRelationOf } from '../builder/own-data-model.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { labelType } from './label-type.ts';

/** The order keys of articles that a use of a term has, too. */
const CARRIED = {
  publishedAtAsc: 'publishedAtAsc',
  publishedAtDesc: 'publishedAtDesc',
  published: 'isPublic',
};

/** Adds the kinds of things that the owner's keys name, as topics are. */
export function defineOwnKinds(schema: SchemaBuilder): void {
  for (const [kind, keys] of termKinds(schema.model)) {
    labelType(schema, tableOfKind(kind), {
      typeName: kind,
      idPrefix: ownIdPrefix(kind),
      about: aboutOf(keys),
      ...rootFieldNames(kind),
      purgeKey: { prefix: rootFieldNames(kind).one, field: 'slug' },
      reverse: keys.map((key) => ({
        name: key === plainKey(keys) ? 'articles' : reverseName(key.name),
        path: `${reverseRelationOf(key)}.article`,
        description: `The articles that name it under \`${key.name}\`, newest first unless sorted otherwise.`,
        carried: key.isPublic ? CARRIED : {},
        isPublic: key.isPublic,
      })),
    });
  }
}

function aboutOf(keys: readonly TermKey[]): string {
  return `What articles name under ${keys.map(({ name }) => `\`${name}\``).join(' and ')}.`;
}
