import { ID_PREFIX } from '../../text/id-prefixes.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { LABEL_ARTICLES, labelType } from './label-type.ts';

/** Adds categories. */
export function defineCategory(schema: SchemaBuilder): void {
  labelType(schema, 'Category', {
    purgeKey: { prefix: 'category', field: 'slug' },
    reverse: LABEL_ARTICLES,
    idPrefix: ID_PREFIX.category,
    about: 'A section in which articles stand.',
    one: 'category',
    many: 'categories',
  });
}
