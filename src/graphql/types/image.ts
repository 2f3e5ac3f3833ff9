import { imageKeys } from '../../model/built-in/image.ts';
import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { PurgeKey } from '../purge-keys.ts';

/** Adds images. */
export function defineImage(schema: SchemaBuilder): void {
  const Image = schema.mappedType('Image', {
    idPrefix: ID_PREFIX.image,
    visibility: visibleWhen('isPublic'),
  });

  schema.filterInput('Image', schema.keyFilters('Image', imageKeys));

  Image.ref.implement({
    description: 'A picture of an article or of a related link.',
    interfaces: [schema.node],
    extensions: { table: Image.table, purgeKey: 'part' satisfies PurgeKey | 'part' },
    fields: (t) => {
      const image = schema.mappedFields(t, Image.name);
      return {
        id: image.id(),
        ...schema.keyFields(t, Image.name, imageKeys),
        article: image.one(
          'article',
          'The article whose picture this is; null for the picture of a related link.',
        ),
        relatedLink: image.one(
          'relatedLink',
          'The related link whose picture this is; null for the picture of an article.',
        ),
      };
    },
  });
}
