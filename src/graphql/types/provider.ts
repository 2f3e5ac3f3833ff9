import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { normaliseDomain } from '../../text/keys/normalise-domain.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import { countOrder, orderKey } from '../builder/order-inputs.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import type { PurgeKey } from '../purge-keys.ts';

/** Adds providers. */
export function defineProvider(schema: SchemaBuilder): void {
  const Provider = schema.mappedType('Provider', {
    idPrefix: ID_PREFIX.provider,
    visibility: visibleWhen('isPublic'),
    orders: {
      NAME: orderKey('nameFolded', 'string'),
      ARTICLE_COUNT: countOrder({ public: 'publicArticleCount', full: 'articleCount' }),
    },
    defaultOrder: [{ field: 'NAME', direction: 'ASC' }],
  });

  const by = schema.filterFields('Provider');

  const providerFilter = schema.filterInput(
    'Provider',
    {
      name: by.indexedText('nameFolded', 'Conditions on the name.'),
      domain: by.indexedDomain('domain', 'Conditions on the domain.'),
      articles: by.many('articles', 'Its articles meet this.'),
    },
    { hasLists: false },
  );

  const providerOrder = schema.orderInput('Provider', {
    NAME: 'The name, ignoring case.',
    ARTICLE_COUNT: 'How many articles it has.',
  });

  const ProviderConnection = schema.connectionType(Provider, {
    filter: providerFilter.ref,
    orderBy: providerOrder,
  });

  Provider.ref.implement({
    description: 'Who publishes articles or the pieces that articles link to.',
    interfaces: [schema.node],
    extensions: {
      table: Provider.table,
      purgeKey: { prefix: 'provider', field: 'domain' } satisfies PurgeKey | 'part',
    },
    fields: (t) => {
      const provider = schema.mappedFields(t, Provider.name);
      return {
        id: provider.id(),
        name: provider.column(
          'name',
          'The name in its most used spelling; the domain when no file names it.',
        ),
        domain: provider.column('domain', 'In lower case, without `www.`.'),
        articles: provider.connection('articles', 'What it published, newest first unless sorted otherwise.'),
      };
    },
  });

  schema.pothos.queryFields((t) => ({
    provider: t.field({
      type: Provider.ref,
      description: 'One provider by exactly one of the arguments; null when there is none that you may see.',
      args: {
        id: t.arg.id({ description: 'Its global id.' }),
        domain: t.arg.string({ description: 'Its domain; case and `www.` do not matter.' }),
      },
      read: {
        kind: 'find',
        by: {
          id: { columns: ['id'] },
          domain: {
            columns: ['domain'],
            normalise: (domain) => normaliseDomain(String(domain).trim()),
          },
        },
      },
    }),
    providers: t.field({
      type: ProviderConnection.ref,
      nullable: false,
      description: 'All providers, by name unless sorted otherwise.',
      args: ProviderConnection.args,
      read: { kind: 'connection', joins: [], distinct: false },
    }),
  }));
}
