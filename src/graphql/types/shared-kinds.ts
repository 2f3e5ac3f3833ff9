import { articleKeys } from '../../model/built-in/article.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import type { ModelName } from '../builder/data-model.ts';
import { keyOrderColumns } from '../builder/key-orders.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { labelType } from './label-type.ts';

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
          carried: carriedColumns(schema, `Article${type}`),
          isPublic: true,
        },
      ],
    });
  }
}

/** The order keys of articles that the uses of a kind have as well, so that a page of its articles is one range of an index. */
function carriedColumns({ data }: SchemaBuilder, uses: ModelName): Record<string, string> {
  const carried = keyOrderColumns(articleKeys).filter((column) => data.hasColumn(uses, column));
  return { ...Object.fromEntries(carried.map((column) => [column, column])), published: 'isPublic' };
}
