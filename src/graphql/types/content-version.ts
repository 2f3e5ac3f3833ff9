import type { FieldMapping } from '../../engine/mapping.ts';
import { builder, type Row } from '../builder.ts';
import { mappedFields } from '../mapped-fields.ts';
import { mappedType } from '../mapped-type.ts';
import { resolveElsewhere } from '../resolve-elsewhere.ts';

const ContentVersion = mappedType('ContentVersion', { idPrefix: null, visibility: null, key: 'number' });

const ContentCounts = builder.objectRef<Row>('ContentCounts').implement({
  description: 'How many there are of each that you may see.',
  fields: (t) => {
    const version = mappedFields(t, ContentVersion);
    return {
      articles: version.column('publicArticles', 'Articles.', { full: 'articles' }),
      providers: version.column('publicProviders', 'Providers.', { full: 'providers' }),
      topics: version.column('publicTopics', 'Topics.', { full: 'topics' }),
      images: version.column('publicImages', 'Images.', { full: 'images' }),
      relatedLinks: version.column('publicRelatedLinks', 'Related links.', { full: 'relatedLinks' }),
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
