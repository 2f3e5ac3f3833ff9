import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { articleOrders } from '../../model/tables/article-tables.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { labelType } from './label-type.ts';

/** The order keys of articles that the uses of a kind have as well, so that a page of its articles is one range of an index. */
const carried: Readonly<Record<string, string>> = Object.fromEntries([
  ...articleOrders
    .flatMap(({ orderedBy }) => (orderedBy ? [orderedBy.asc, orderedBy.desc] : []))
    .map((column) => [column, column]),
  ['published', 'isPublic'],
]);

/** Adds the built-in kinds of things that articles share by name. */
export function defineSharedKinds(schema: SchemaBuilder): void {
  for (const { type, idPrefix, about, one, many } of sharedKinds) {
    labelType(schema, type, {
      ...{ idPrefix, about, one, many },
      purgeKey: { prefix: one, field: 'slug' },
      reverse: [
        {
          name: 'articles',
          path: 'articles.article',
          description: 'Its articles, newest first unless sorted otherwise.',
          carried: carried,
          isPublic: true,
        },
      ],
    });
  }
}
