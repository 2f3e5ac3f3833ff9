import { relatedLinkKeys } from '../../model/built-in/related-link.ts';
import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { PurgeKey } from '../purge-keys.ts';

/** Adds related links. */
export function defineRelatedLink(schema: SchemaBuilder): void {
  const RelatedLink = schema.mappedType('RelatedLink', {
    idPrefix: ID_PREFIX.relatedLink,
    visibility: visibleWhen('isPublic'),
  });

  const by = schema.filterFields('RelatedLink');

  schema.filterInput('RelatedLink', {
    ...schema.keyFilters('RelatedLink', relatedLinkKeys),
    provider: by.one('provider', 'Its publisher meets this.'),
    article: by.one('article', 'It points to an article of ours that meets this.'),
    source: by.one('source', 'The article that contains it meets this.'),
    images: by.few('images', 'Its pictures meet this.'),
  });

  RelatedLink.ref.implement({
    description: 'A link from an article to another piece, which may be one of ours.',
    interfaces: [schema.node],
    extensions: { table: RelatedLink.table, purgeKey: 'part' satisfies PurgeKey | 'part' },
    fields: (t) => {
      const link = schema.mappedFields(t, RelatedLink.name);
      return {
        id: link.id(),
        ...schema.keyFields(t, RelatedLink.name, relatedLinkKeys),
        provider: link.one('provider', 'Who published the piece.'),
        images: link.list('images', 'Pictures of the piece, in the order of the file.', {
          orderBy: 'position',
          size: 2,
        }),
        source: link.one('source', 'The article that contains the link.', { nullable: false }),
        article: link.one(
          'article',
          'The article it points to, when that is one of ours and you may see it.',
        ),
      };
    },
  });
}
