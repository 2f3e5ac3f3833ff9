import type { FieldMapping } from '../../engine/mapping/mapping.ts';
import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { normaliseDomain } from '../../text/keys/normalise-domain.ts';
import { builder } from '../builder/builder.ts';
import { connectionType } from '../builder/connection-type.ts';
import { filterFields, filterInput } from '../builder/filter-inputs.ts';
import { mappedFields } from '../builder/mapped-fields.ts';
import { mappedType, visibleWhen } from '../builder/mapped-type.ts';
import { countOrder, orderInput, orderKey } from '../builder/order-inputs.ts';
import { resolveElsewhere } from '../builder/resolve-elsewhere.ts';
import { Node } from './node.ts';

const Provider = mappedType('Provider', {
  idPrefix: ID_PREFIX.provider,
  visibility: visibleWhen('isPublic'),
  orders: {
    NAME: orderKey('nameFolded', 'string'),
    ARTICLE_COUNT: countOrder({ public: 'publicArticleCount', full: 'articleCount' }),
  },
  defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
});

const by = filterFields('Provider');

const providerFilter = filterInput(
  'Provider',
  {
    name: by.indexedText('nameFolded', 'Conditions on the name.'),
    domain: by.indexedDomain('domain', 'Conditions on the domain.'),
    articles: by.many('articles', 'Its articles meet this.'),
  },
  { hasLists: false },
);

const providerOrder = orderInput('Provider', {
  NAME: 'The name, upper and lower case as one.',
  ARTICLE_COUNT: 'How many articles it has.',
});

const ProviderConnection = connectionType(Provider, { filter: providerFilter.ref, orderBy: providerOrder });

Provider.ref.implement({
  description: 'Who publishes articles or the pieces that articles link to.',
  interfaces: [Node],
  extensions: { table: Provider.table },
  fields: (t) => {
    const provider = mappedFields(t, Provider);
    return {
      id: provider.id(),
      name: provider.column('name', 'The name in its most used spelling; the domain when no file names it.'),
      domain: provider.column('domain', 'In lower case, without `www.`.'),
      articles: provider.connection('articles', 'What it published, newest first unless sorted otherwise.'),
    };
  },
});

builder.queryFields((t) => ({
  provider: t.field({
    type: Provider.ref,
    description: 'One provider by exactly one of the arguments; null when there is none that you may see.',
    args: {
      id: t.arg.id({ description: 'Its global id.' }),
      domain: t.arg.string({ description: 'Its domain; case and `www.` do not matter.' }),
    },
    extensions: {
      read: {
        kind: 'find',
        by: {
          id: { columns: ['id'] },
          domain: {
            columns: ['domain'],
            normalise: (domain) => normaliseDomain(String(domain).trim()),
          },
        },
      } satisfies FieldMapping,
    },
    resolve: resolveElsewhere,
  }),
  providers: t.field({
    type: ProviderConnection.ref,
    nullable: false,
    description: 'All providers, by name unless sorted otherwise.',
    args: ProviderConnection.args,
    extensions: { read: { kind: 'connection', joins: [], distinct: false } satisfies FieldMapping },
    resolve: resolveElsewhere,
  }),
}));
