import type { FieldMapping } from '../../engine/mapping.ts';
import { builder, type Row } from '../builder.ts';
import type { GatewayContext } from '../context.ts';
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
        'number',
        'Grows by one with each sync that changed something, hidden articles included.',
      ),
      digest: version.column(
        'publicDigest',
        'SHA-256 in hex of the articles that you may see: the same files give the same digest anywhere.',
        { full: 'digest' },
      ),
      syncedAt: version.column('syncedAt', 'When this version came to be.'),
      historyFrom: version.computed(
        'Int',
        'Changes are known since this version. A copy of an older one is made anew, from `changes(since: 0)`.',
        {
          nullable: false,
          columns: {},
          compute: (_row, _args, context) => (context as GatewayContext).versions.current?.historyFrom ?? 0,
        },
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
