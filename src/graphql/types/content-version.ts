import type { FieldMapping } from '../../engine/mapping/mapping.ts';
import { builder, type Row } from '../builder/builder.ts';
import { HiddenReason } from '../builder/hidden-reason.ts';
import { mappedFields } from '../builder/mapped-fields.ts';
import { mappedType } from '../builder/mapped-type.ts';
import { resolveElsewhere } from '../builder/resolve-elsewhere.ts';

const ContentVersion = mappedType('ContentVersion', { idPrefix: null, visibility: null, key: 'number' });

const HiddenCount = mappedType('HiddenCount', { idPrefix: null, visibility: 'preview', key: 'reason' });

HiddenCount.ref.implement({
  description: 'How many articles are hidden for one reason.',
  extensions: { table: HiddenCount.table },
  fields: (t) => ({
    reason: t.field({
      type: HiddenReason,
      nullable: false,
      description: 'The reason.',
      extensions: {
        read: { kind: 'column', joins: [], column: 'reason', encoding: 'plain' } satisfies FieldMapping,
      },
      resolve: resolveElsewhere,
    }),
    articles: mappedFields(t, HiddenCount).column('articles', 'Articles that are hidden for it.'),
  }),
});

const ContentCounts = builder.objectRef<Row>('ContentCounts').implement({
  description: 'How many there are of each that you may see.',
  fields: (t) => {
    const version = mappedFields(t, ContentVersion);
    return {
      articles: version.column('publicArticles', 'Articles.', { full: 'articles' }),
      providers: version.column('publicProviders', 'Providers.', { full: 'providers' }),
      topics: version.column('publicTopics', 'Topics.', { full: 'topics' }),
      categories: version.column('publicCategories', 'Sections.', { full: 'categories' }),
      images: version.column('publicImages', 'Images.', { full: 'images' }),
      relatedLinks: version.column('publicRelatedLinks', 'Related links.', { full: 'relatedLinks' }),
      hidden: t.field({
        type: [HiddenCount.ref],
        nullable: false,
        description:
          'Hidden articles by reason; one that has several counts for each. For readers with the preview scope: to others it is empty.',
        extensions: {
          read: { kind: 'list', joins: [], orderBy: 'position', size: 6, limit: 6 } satisfies FieldMapping,
        },
        resolve: resolveElsewhere,
      }),
    };
  },
});

ContentVersion.ref.implement({
  description: 'A state of the whole content. Everything in one answer is of one version.',
  extensions: { table: ContentVersion.table },
  fields: (t) => {
    const version = mappedFields(t, ContentVersion);
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
      syncedAt: version.column('publicSyncedAt', 'When this version came to be.', { full: 'syncedAt' }),
      historyFrom: version.column(
        'publicHistoryFrom',
        'Changes are known since this version. A copy of an older one is made anew, from `changes(since: 0)`.',
        { full: 'historyFrom' },
      ),
      counts: t.field({
        type: ContentCounts,
        nullable: false,
        description: 'How much content this version has.',
        extensions: { read: { kind: 'embedded' } satisfies FieldMapping },
        resolve: resolveElsewhere,
      }),
    };
  },
});

builder.queryFields((t) => ({
  contentVersion: t.field({
    type: ContentVersion.ref,
    nullable: false,
    description: 'The version that is served now.',
    extensions: { read: { kind: 'latest' } satisfies FieldMapping },
    resolve: resolveElsewhere,
  }),
}));
