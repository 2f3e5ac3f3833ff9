import type { FieldMapping } from '../../engine/mapping/mapping.ts';
import { builder, columnOf } from '../builder/builder.ts';
import { connectionType } from '../builder/connection-type.ts';
import { knownVersions } from '../builder/known-versions.ts';
import { mappedFields } from '../builder/mapped-fields.ts';
import { mappedType } from '../builder/mapped-type.ts';
import { orderKey } from '../builder/order-inputs.ts';
import { resolveElsewhere } from '../builder/resolve-elsewhere.ts';

export const Change = mappedType('Change', {
  idPrefix: null,
  // To everybody an article exists while it is published, so hiding one is its removal.
  visibility: { column: 'audience', everybody: 'public', preview: ['preview'] },
  key: 'articleId',
  orders: { VERSION: orderKey('version', 'int') },
  defaultOrder: [{ field: 'VERSION', direction: 'ASC' }],
});

const ChangeKind = builder.enumType('ChangeKind', {
  description: 'What happened to an article, seen from the version that the reader had.',
  values: {
    CREATED: { description: 'It was not there before.' },
    UPDATED: { description: 'It was there and is another now.' },
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
    const change = mappedFields(t, Change);
    return {
      kind: t.field({
        type: ChangeKind,
        nullable: false,
        description: 'What happened since the version that was asked about.',
        extensions: {
          read: {
            kind: 'cases',
            cases: [
              { column: columnOf('Change', 'isRemoved').name, name: 'REMOVED' },
              { column: columnOf('Change', 'firstVersion').name, after: 'since', name: 'CREATED' },
              { column: columnOf('Change', 'hiddenVersion').name, after: 'since', name: 'HIDDEN' },
            ],
            otherwise: 'UPDATED',
          } satisfies FieldMapping,
        },
        resolve: resolveElsewhere,
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

const ChangeConnection = connectionType(Change);

builder.objectField(ChangeConnection.ref, 'isReset', (t) =>
  t.field({
    type: 'Boolean',
    nullable: false,
    description:
      'Whether `since` is a version that this index does not know, because it was made anew: the list then begins from nothing, and a copy must too. Drop what it has, then apply the list.',
    extensions: { read: { kind: 'isReset' } satisfies FieldMapping },
    resolve: resolveElsewhere,
  }),
);

builder.queryFields((t) => ({
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
    extensions: {
      read: {
        kind: 'connection',
        joins: [],
        distinct: false,
        after: { argument: 'since', column: columnOf('Change', 'version').name, known: knownVersions },
      } satisfies FieldMapping,
    },
    resolve: resolveElsewhere,
  }),
}));
