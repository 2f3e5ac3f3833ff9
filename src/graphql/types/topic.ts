import { ID_PREFIX } from '../../text/id-prefixes.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { LABEL_ARTICLES, labelType } from './label-type.ts';

/** Adds topics. */
export function defineTopic(schema: SchemaBuilder): void {
  labelType(schema, 'Topic', {
    purgeKey: { prefix: 'topic', field: 'slug' },
    reverse: LABEL_ARTICLES,
    idPrefix: ID_PREFIX.topic,
    about: 'What articles are about.',
    one: 'topic',
    many: 'topics',
  });
}
