import { knownVersions } from '../builder/known-versions.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { resolveElsewhere } from '../pothos/mapping-plugin.ts';
import type { Row } from '../pothos/pothos-builder.ts';

/** Adds the subscription to new versions. To be called when the types of versions and changes are defined. */
export function defineContentChanged(schema: SchemaBuilder): void {
  const MOST_CHANGES = 100;

  const version = schema.mappedTypeOf('ContentVersion');
  const after = {
    argument: 'since',
    column: schema.data.columnOf('Change', 'version').name,
    known: knownVersions(schema.data),
  };

  const ContentChanged = schema.pothos.objectRef<Row>('ContentChanged').implement({
    description: 'A new version of the content.',
    extensions: { table: version.table },
    fields: (t) => ({
      version: schema
        .mappedFields(t, 'ContentVersion')
        .column('publicNumber', 'The version that is served now.', { full: 'number' }),
      changes: t.field({
        type: [schema.mappedTypeOf('Change').ref],
        nullable: false,
        description: `What happened since the version before, oldest first, ${MOST_CHANGES} at most: \`changes(since:)\` gives all.`,
        args: { first: t.arg.int({ description: `At most this many (0 to ${MOST_CHANGES}).` }) },
        read: {
          kind: 'list',
          joins: [],
          orderBy: schema.data.columnOf('Change', 'version').name,
          size: MOST_CHANGES,
          limit: MOST_CHANGES,
          after,
        },
      }),
      hasMore: t.field({
        type: 'Boolean',
        nullable: false,
        description: `Whether more than ${MOST_CHANGES} articles have changed: \`changes(since:)\` of the query, since the version before, gives them all.`,
        read: {
          kind: 'exceeds',
          table: () => schema.mappedTypeOf('Change').table(),
          limit: MOST_CHANGES,
          after,
        },
      }),
      isReset: t.field({
        type: 'Boolean',
        nullable: false,
        description:
          'Whether the index was rebuilt and does not know the previous version: `changes` then start from nothing. Drop the copy, then apply them.',
        read: { kind: 'isReset' },
      }),
    }),
  });

  schema.pothos.subscriptionType({
    description: 'What is told as it happens, over server-sent events or as parts of a multipart body.',
  });

  schema.pothos.subscriptionFields((t) => ({
    contentChanged: t.field({
      type: ContentChanged,
      nullable: false,
      description: 'Each new version of the content. Several in quick succession may be reported as one.',
      args: {
        since: t.arg.int({
          description:
            'The version that the reader has: what happened since is reported first. The version served now when left out. A version that is not known is answered at once, with `isReset`.',
        }),
      },
      read: { kind: 'latest', binds: { argument: 'since', known: knownVersions(schema.data) } },
      subscribe: resolveElsewhere,
    }),
  }));
}
