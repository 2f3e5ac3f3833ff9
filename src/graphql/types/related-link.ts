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
    title: by.text('titleFolded', 'Conditions on the headline.'),
    excerpt: by.longText('excerpt', 'excerptFolded', 'Conditions on the summary.'),
    type: by.text('typeFolded', 'Conditions on the kind of piece.'),
    publishedAt: by.date('publishedAt', 'Conditions on when it appeared.'),
    quality: by.number('quality', 'Conditions on the editorial score.'),
    provider: by.one('provider', 'Its publisher meets this.'),
    article: by.one('article', 'It points to an article of ours that meets this.'),
    source: by.one('source', 'It stands in an article that meets this.'),
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
        title: link.column(
          'title',
          'The headline of the piece, as the linking file has it. Beside `Article.title`, which is never null, it needs an alias.',
        ),
        excerpt: link.column('excerpt', 'The summary of the piece, as the linking file has it.'),
        webUrl: link.column('webUrl', 'Where the piece stands.', { type: 'URL' }),
        type: link.column('type', 'The kind of piece, `article` when the file names none.'),
        publishedAt: link.column('publishedAt', 'When the piece appeared.'),
        quality: link.column('quality', 'Editorial score from 0 to 100.'),
        provider: link.one('provider', 'Who published the piece.'),
        images: link.list('images', 'Pictures of the piece, in the order of the file.', {
          orderBy: 'position',
          size: 2,
        }),
        source: link.one('source', 'The article in which the link stands.', { nullable: false }),
        article: link.one(
          'article',
          'The article it points to, when that is one of ours and you may see it.',
        ),
      };
    },
  });
}
