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

  const by = schema.filterFields('Image');

  schema.filterInput('Image', {
    url: by.asciiText('url', 'Conditions on the address.'),
    width: by.number('width', 'Conditions on the width in pixels.'),
    height: by.number('height', 'Conditions on the height in pixels.'),
    isCached: by.boolean('isCached', 'Conditions on whether a copy is kept.'),
  });

  Image.ref.implement({
    description: 'A picture of an article or of a related link.',
    interfaces: [schema.node],
    extensions: { table: Image.table, purgeKey: 'part' satisfies PurgeKey | 'part' },
    fields: (t) => {
      const image = schema.mappedFields(t, Image.name);
      return {
        id: image.id(),
        url: image.column('url', 'Where the picture is.', { type: 'URL' }),
        width: image.column('width', 'In pixels.'),
        height: image.column('height', 'In pixels.'),
        isCached: image.column('isCached', 'Whether a copy is kept, as the file says.'),
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
