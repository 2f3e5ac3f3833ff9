import type { FieldMapping } from '../../engine/mapping/mapping.ts';
import { builder, columnOf, type Row } from '../builder/builder.ts';
import { knownVersions } from '../builder/known-versions.ts';
import { mappedFields } from '../builder/mapped-fields.ts';
import { mappedTypeOf } from '../builder/mapped-type.ts';
import { resolveElsewhere } from '../builder/resolve-elsewhere.ts';

const MOST_CHANGES = 100;

const version = mappedTypeOf('ContentVersion');
const after = { argument: 'since', column: columnOf('Change', 'version').name, known: knownVersions };

const ContentChanged = builder.objectRef<Row>('ContentChanged').implement({
  description: 'A new version of the content.',
  extensions: { table: version.table },
  fields: (t) => ({
    version: mappedFields(t, { ...version, name: 'ContentVersion' as const }).column(
      'publicNumber',
      'The version that is served now.',
      { full: 'number' },
    ),
    changes: t.field({
      type: [mappedTypeOf('Change').ref],
      nullable: false,
      description: `What happened since the version before, oldest first, ${MOST_CHANGES} at most: \`changes(since:)\` gives all.`,
      args: { first: t.arg.int({ description: `At most this many (0 to ${MOST_CHANGES}).` }) },
      extensions: {
        read: {
          kind: 'list',
          joins: [],
          orderBy: columnOf('Change', 'version').name,
          size: MOST_CHANGES,
          limit: MOST_CHANGES,
          after,
        } satisfies FieldMapping,
      },
      resolve: resolveElsewhere,
    }),
    hasMore: t.field({
      type: 'Boolean',
      nullable: false,
      description: `Whether more than ${MOST_CHANGES} articles have changed: \`changes(since:)\` of the query, since the version before, gives them all.`,
      extensions: {
        read: {
          kind: 'exceeds',
          table: () => mappedTypeOf('Change').table(),
          limit: MOST_CHANGES,
          after,
        } satisfies FieldMapping,
      },
      resolve: resolveElsewhere,
    }),
    isReset: t.field({
      type: 'Boolean',
      nullable: false,
      description:
        'Whether the index was made anew, so that it does not know the version before: `changes` then begin from nothing, and a copy must too. Drop what it has, then apply the changes.',
      extensions: { read: { kind: 'isReset' } satisfies FieldMapping },
      resolve: resolveElsewhere,
    }),
  }),
});

builder.subscriptionType({
  description: 'What is told as it happens, over server-sent events or as parts of a multipart body.',
});

builder.subscriptionFields((t) => ({
  contentChanged: t.field({
    type: ContentChanged,
    nullable: false,
    description: 'Each new version of the content. Several that come in quick succession may be told as one.',
    args: {
      since: t.arg.int({
        description:
          'The version that the reader has: what happened since is told first. The version served now when left out. A version that is not known is answered at once, with `isReset`.',
      }),
    },
    extensions: {
      read: { kind: 'latest', binds: { argument: 'since', known: knownVersions } } satisfies FieldMapping,
    },
    subscribe: resolveElsewhere,
    resolve: resolveElsewhere,
  }),
}));
