import { ID_PREFIX } from '../../text/id-prefixes.ts';
import { normaliseLocale } from '../../text/keys/normalise-locale.ts';
import { pathKey } from '../../text/keys/path-key.ts';
import { urlKey } from '../../text/keys/url-key.ts';
import { visibleWhen } from '../builder/mapped-type.ts';
import { nullableOrder, orderKey } from '../builder/order-inputs.ts';
import type { SchemaBuilder } from '../builder/schema-builder.ts';
import { ownArticleKeys } from '../own/own-article-keys.ts';
import type { PurgeKey } from '../purge-keys.ts';

/** Adds articles. */
export function defineArticle(schema: SchemaBuilder): void {
  const own = ownArticleKeys(schema);
  const Article = schema.mappedType('Article', {
    idPrefix: ID_PREFIX.article,
    visibility: visibleWhen('published'),
    orders: {
      PUBLISHED_AT: nullableOrder('publishedAt', 'string'),
      UPDATED_AT: nullableOrder('updatedAt', 'string'),
      QUALITY: nullableOrder('quality', 'int'),
      HEAT: nullableOrder('heat', 'int'),
      TITLE: orderKey('titleFolded', 'string'),
      ...own.orders,
    },
    defaultOrder: [{ field: 'PUBLISHED_AT', direction: 'DESC' }],
  });

  const by = schema.filterFields('Article');

  const articleFilter = schema.filterInput('Article', {
    slug: by.indexedExactText('slug', 'Conditions on the slug, letter by letter.'),
    title: by.indexedText('titleFolded', 'Conditions on the headline.'),
    excerpt: by.longText('excerpt', 'excerptFolded', 'Conditions on the summary.'),
    category: by.groupText('categoryFolded', 'Conditions on the section.'),
    type: by.text('typeFolded', 'Conditions on the kind of piece.'),
    publishedAt: by.date('publishedAt', 'Conditions on when it appeared.'),
    updatedAt: by.date('updatedAt', 'Conditions on when it was last changed.'),
    locale: by.asciiText('locale', 'Conditions on the language tag.'),
    quality: by.number('quality', 'Conditions on the editorial score.'),
    heat: by.number('heat', 'Conditions on the attention score.'),
    published: by.boolean('published', 'Conditions on whether everybody may see it.'),
    hiddenBecause: by.reasons('hiddenBecause', 'Conditions on why the public does not see it.'),
    isSecured: by.boolean('isSecured', 'Conditions on whether it has a text for entitled readers.'),
    provider: by.one('provider', 'Its publisher meets this.'),
    topics: by.few('topics.topic', 'Its topics meet this.'),
    categories: by.few('categories.category', 'Its sections meet this.'),
    images: by.few('images', 'Its pictures meet this.'),
    related: by.few('related', 'Its related links meet this.'),
    referencedBy: by.many('referencedBy', 'The links that point to it meet this.'),
    ...own.filters,
  });

  const articleOrder = schema.orderInput('Article', {
    PUBLISHED_AT: 'When it appeared.',
    UPDATED_AT: 'When it was last changed.',
    QUALITY: 'The editorial score.',
    HEAT: 'The attention score.',
    TITLE: 'The headline, upper and lower case as one.',
    ...own.orderDescriptions,
  });

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
        slug: article.column('slug', 'Its name in URLs: from the front matter, else the path of its file.'),
        title: article.column('title', 'The headline.'),
        body: article.columnThrough(
          'text',
          'body',
          'The text as it stands in the file: Markdown, or plain text. Empty when the file has none.',
          { nullable: false },
        ),
        category: article.column('category', 'The first of its sections, such as `news`.'),
        type: article.column('type', 'The kind of piece, `article` when the file names none.'),
        publishedAt: article.column('publishedAt', 'When it appeared.'),
        updatedAt: article.column(
          'updatedAt',
          'When it was last changed, as the file says; null when it does not.',
        ),
        locale: article.column(
          'locale',
          'The language it is written in, as a tag of BCP 47 such as `pt-BR`; null when the file names none.',
        ),
        path: article.column(
          'path',
          'Where it stands within its site: from the front matter, else a slash and the slug.',
        ),
        translations: article.peers(
          'The same in other languages: what stands at the same place but for the language, or has the same `translationKey`.',
          {
            anyOf: ['placeKey', 'translationKey'],
            differs: 'locale',
            orderBy: 'localeKey',
            size: 3,
            limit: 100,
          },
        ),
        originalUrl: article.column('originalUrl', 'Where it first stood.', { type: 'URL' }),
        webUrl: article.column('webUrl', 'Where it stands.', { type: 'URL' }),
        quality: article.column('quality', 'Editorial score from 0 to 100.'),
        heat: article.column('heat', 'Attention score from 0 up; null when not measured.'),
        published: article.column('published', 'Whether everybody may see it.'),
        hiddenBecause: t.field({
          type: [schema.hiddenReason],
          nullable: false,
          description: 'Why the public does not see it; empty when it does.',
          read: {
            kind: 'column',
            joins: [],
            column: 'hiddenBecause',
            encoding: 'list',
          },
        }),
        provider: article.one('provider', 'Who published it.'),
        topics: article.list('topics.topic', 'What it is about, in the order of the file.', {
          orderBy: 'position',
          size: 5,
        }),
        categories: article.list('categories.category', 'Its sections, in the order of the file.', {
          orderBy: 'position',
          size: 2,
        }),
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
            'Its language, beside one of the others; when left out, the one of the settings, else the first by code point.',
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
