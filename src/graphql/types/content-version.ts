import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { publicCountOf } from '../../model/tables/counts.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { Row } from '../pothos/pothos-builder.ts';

/** Adds the version of the content. */
export function defineContentVersion(schema: SchemaBuilder): void {
  const ContentVersion = schema.mappedType('ContentVersion', {
    idPrefix: null,
    visibility: null,
    key: 'number',
  });

  const HiddenCount = schema.mappedType('HiddenCount', {
    idPrefix: null,
    visibility: 'preview',
    key: 'reason',
  });

  HiddenCount.ref.implement({
    description: 'How many articles are hidden for one reason.',
    extensions: { table: HiddenCount.table },
    fields: (t) => ({
      reason: t.field({
        type: schema.hiddenReason,
        nullable: false,
        description: 'The reason.',
        read: { kind: 'column', joins: [], column: 'reason', encoding: 'plain' },
      }),
      articles: schema
        .mappedFields(t, HiddenCount.name)
        .column('articles', 'Articles that are hidden for it.'),
    }),
  });

  const ContentCounts = schema.pothos.objectRef<Row>('ContentCounts').implement({
    description: 'How many there are of each that you may see.',
    fields: (t) => {
      const version = schema.mappedFields(t, ContentVersion.name);
      return {
        articles: version.column('publicArticles', 'Articles.', { full: 'articles' }),
        providers: version.column('publicProviders', 'Providers.', { full: 'providers' }),
        ...Object.fromEntries(
          sharedKinds.map(({ many, counted }) => [
            many,
            version.column(publicCountOf(many), counted, { full: many }),
          ]),
        ),
        images: version.column('publicImages', 'Images.', { full: 'images' }),
        relatedLinks: version.column('publicRelatedLinks', 'Related links.', { full: 'relatedLinks' }),
        hidden: t.field({
          type: [HiddenCount.ref],
          nullable: false,
          description:
            'Hidden articles by reason; one that has several counts for each. For readers with the preview scope: to others it is empty.',
          read: { kind: 'list', joins: [], orderBy: 'position', size: 6, limit: 6 },
        }),
      };
    },
  });

  ContentVersion.ref.implement({
    description: 'A state of the whole content. Everything in one answer is of one version.',
    extensions: { table: ContentVersion.table },
    fields: (t) => {
      const version = schema.mappedFields(t, ContentVersion.name);
      return {
        number: version.column(
          'publicNumber',
          'Grows by one with each sync that changed something that you may see. Numbers of readers with the preview scope and of others are not the same.',
          { full: 'number' },
        ),
        digest: version.column(
          'publicDigest',
          'SHA-256 in hex of the articles that you may see: the same files give the same digest anywhere.',
          { full: 'digest' },
        ),
        syncedAt: version.column('publicSyncedAt', 'When this version was made.', { full: 'syncedAt' }),
        historyFrom: version.column(
          'publicHistoryFrom',
          'Changes are known since this version. A copy of an older version must be rebuilt from `changes(since: 0)`.',
          { full: 'historyFrom' },
        ),
        counts: t.field({
          type: ContentCounts,
          nullable: false,
          description: 'How much content this version has.',
          read: { kind: 'embedded' },
        }),
      };
    },
  });

  schema.pothos.queryFields((t) => ({
    contentVersion: t.field({
      type: ContentVersion.ref,
      nullable: false,
      description: 'The version that is served now.',
      read: { kind: 'latest' },
    }),
  }));
}
