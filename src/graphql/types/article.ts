import { articleKeys } from '../../model/built-in/article.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { articleOrders } from '../../model/tables/article-tables.ts';
import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { normaliseLocale } from '../../text/keys/normalise-locale.ts';
import { pathKey } from '../../text/keys/path-key.ts';
import { urlKey } from '../../text/keys/url-key.ts';
import { keyOrders } from '../builder/key-orders.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { ownArticleKeys } from '../own/own-article-keys.ts';
import type { PurgeKey } from '../purge-keys.ts';

/** Adds articles. */
export function defineArticle(schema: SchemaBuilder): void {
  const own = ownArticleKeys(schema);
  const { orders, descriptions } = keyOrders(articleOrders);
  const Article = schema.mappedType('Article', {
    idPrefix: ID_PREFIX.article,
    visibility: visibleWhen('published'),
    orders: { ...orders, ...own.orders },
    defaultOrder: [{ field: 'PUBLISHED_AT', direction: 'DESC' }],
  });

  const by = schema.filterFields('Article');

  const articleFilter = schema.filterInput('Article', {
    ...schema.keyFilters('Article', articleKeys),
    provider: by.one('provider', 'Its publisher meets this.'),
    ...Object.fromEntries(
      sharedKinds.map(({ one, many, filter }) => [many, by.few(`${many}.${one}`, filter)]),
    ),
    images: by.few('images', 'Its pictures meet this.'),
    related: by.few('related', 'Its related links meet this.'),
    referencedBy: by.many('referencedBy', 'The links that point to it meet this.'),
    ...own.filters,
  });

  const articleOrder = schema.orderInput('Article', { ...descriptions, ...own.orderDescriptions });

  const ArticleConnection = schema.connectionType(Article, {
    filter: articleFilter.ref,
    orderBy: articleOrder,
  });

  Article.ref.implement({
    description: 'One article file.',
    interfaces: [schema.node],
    extensions: {
      table: Article.table,
      purgeKey: { prefix: 'article', field: 'slug' } satisfies PurgeKey | 'part',
    },
    fields: (t) => {
      const article = schema.mappedFields(t, Article.name);
      return {
        id: article.id(),
        ...schema.keyFields(t, Article.name, articleKeys),
        translations: article.peers(
          'The same article in other languages: files at the same path apart from the language, or with the same `translationKey`.',
          {
            anyOf: ['placeKey', 'translationKey'],
            differs: 'locale',
            orderBy: 'localeKey',
            size: 3,
            limit: 100,
          },
        ),
        provider: article.one('provider', 'Who published it.'),
        ...Object.fromEntries(
          sharedKinds.map(({ one, many, field, usual }) => [
            many,
            article.list(`${many}.${one}`, field, { orderBy: 'position', size: usual }),
          ]),
        ),
        images: article.list('images', 'Its pictures, in the order of the file.', {
          orderBy: 'position',
          size: 5,
        }),
        related: article.list('related', 'Links to other pieces, in the order of the file.', {
          orderBy: 'position',
          size: 5,
        }),
        referencedBy: article.connection('referencedBy.source', 'The articles that link here.', {
          distinct: true,
        }),
      };
    },
  });

  schema.pothos.objectFields(Article.ref, own.fields);

  schema.pothos.queryFields((t) => ({
    article: t.field({
      type: Article.ref,
      description:
        'One article by exactly one of the arguments but `locale`; null when there is none that you may see.',
      args: {
        id: t.arg.id({ description: 'Its global id.' }),
        slug: t.arg.string({ description: 'Its slug.' }),
        path: t.arg.string({
          description: 'Its path within the site, or one of its aliases; a slash at the end does not matter.',
        }),
        url: t.arg({
          type: 'URL',
          description:
            'Its webUrl or originalUrl; scheme, `www.`, trailing slash, fragment and tracking parameters do not matter.',
        }),
        locale: t.arg.string({
          description:
            'Its language, together with one of the other arguments; when left out, the one of the settings, else the first by code point.',
        }),
      },
      read: {
        kind: 'find',
        by: {
          id: { columns: ['id'] },
          slug: { columns: ['slug'] },
          path: {
            columns: ['pathKey'],
            normalise: (path) => pathKey(String(path)),
            also: { table: 'ArticleAlias', column: 'pathKey', key: 'articleId', visible: 'isPublic' },
          },
          url: { columns: ['webUrlKey', 'originalUrlKey'], normalise: (url) => urlKey(String(url)) },
        },
        variant: {
          argument: 'locale',
          column: 'locale',
          order: 'localeKey',
          normalise: (locale) => normaliseLocale(String(locale)),
        },
      },
    }),
    articles: t.field({
      type: ArticleConnection.ref,
      nullable: false,
      description: 'All articles, newest first unless sorted otherwise.',
      args: ArticleConnection.args,
      read: { kind: 'connection', joins: [], distinct: false },
    }),
  }));
}
