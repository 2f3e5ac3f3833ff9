import { knownVersions } from '../builder/known-versions.ts';
import { orderKey } from '../builder/order-inputs.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';

/** Adds the changes of articles. */
export function defineChange(schema: SchemaBuilder): void {
  const Change = schema.mappedType('Change', {
    idPrefix: null,
    // To everybody an article exists while it is published, so hiding one is its removal.
    visibility: { column: 'audience', everybody: 'public', preview: ['preview'] },
    key: 'articleId',
    orders: { VERSION: orderKey('version', 'int') },
    defaultOrder: [{ field: 'VERSION', direction: 'ASC' }],
  });

  const ChangeKind = schema.pothos.enumType('ChangeKind', {
    description: 'What happened to an article, seen from the version that the reader had.',
    values: {
      CREATED: { description: 'It is new.' },
      UPDATED: { description: 'It changed.' },
      HIDDEN: {
        description:
          'It was published and is no longer. Only readers with the preview scope see this; to others it is REMOVED.',
      },
      REMOVED: { description: 'It is gone.' },
    },
  });

  Change.ref.implement({
    description: 'The latest change of one article.',
    extensions: { table: Change.table },
    fields: (t) => {
      const change = schema.mappedFields(t, Change.name);
      return {
        kind: t.field({
          type: ChangeKind,
          nullable: false,
          description: 'What happened since the version that was asked about.',
          read: {
            kind: 'cases',
            cases: [
              { column: schema.data.columnOf('Change', 'isRemoved').name, name: 'REMOVED' },
              {
                column: schema.data.columnOf('Change', 'firstVersion').name,
                after: 'since',
                name: 'CREATED',
              },
              {
                column: schema.data.columnOf('Change', 'hiddenVersion').name,
                after: 'since',
                name: 'HIDDEN',
              },
            ],
            otherwise: 'UPDATED',
          },
        }),
        version: change.column('version', 'The content version that made the change.'),
        articleId: change.column('articleId', 'The global id of the article, also when it is gone.', {
          type: 'ID',
        }),
        slug: change.column('slug', 'The slug of the article, also when it is gone.'),
        article: change.oneById('articleId', 'Article', 'The article as it is now; null when it is gone.'),
      };
    },
  });

  const ChangeConnection = schema.connectionType(Change);

  schema.pothos.objectField(ChangeConnection.ref, 'isReset', (t) =>
    t.field({
      type: 'Boolean',
      nullable: false,
      description:
        'Whether `since` is a version that this index does not know, because the index was rebuilt: the list then starts from nothing. Drop the copy, then apply the list.',
      read: { kind: 'isReset' },
    }),
  );

  schema.pothos.queryFields((t) => ({
    changes: t.field({
      type: ChangeConnection.ref,
      nullable: false,
      description:
        'What happened after a version, one entry an article, oldest change first: apply them in order and remember the last version to keep a copy in step.',
      args: {
        since: t.arg.int({
          description:
            'The version that the copy has. 0, as when left out, gives every article, and so does a version that is not known: see `isReset`.',
        }),
        ...ChangeConnection.args,
      },
      read: {
        kind: 'connection',
        joins: [],
        distinct: false,
        after: {
          argument: 'since',
          column: schema.data.columnOf('Change', 'version').name,
          known: knownVersions(schema.data),
        },
      },
    }),
  }));
}
