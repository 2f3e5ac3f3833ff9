import { domainToASCII, domainToUnicode } from 'node:url';
import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  printSchema,
} from 'graphql';
import { noOwnKeys, type OwnModel } from '../../../src/model/own-model.ts';
import { cutText } from '../../../src/text/cut-text.ts';
import { renderText } from '../../../src/text/html/render-text.ts';
import { normaliseLocale } from '../../../src/text/keys/normalise-locale.ts';
import { pathKey } from '../../../src/text/keys/path-key.ts';
import { urlKey } from '../../../src/text/keys/url-key.ts';
import { measureText } from '../../../src/text/reading-time.ts';
import { type OwnResolvers, ownResolvers } from './own-resolvers.ts';
import {
  type Arguments,
  connect,
  find,
  isLabel,
  list,
  type Resolver,
  seen,
  type View,
} from './reference-lists.ts';
import {
  type ArticleRow,
  compareUtf8,
  type ImageRow,
  type Kind,
  type LinkRow,
  type ProviderRow,
  type Row,
  type TopicRow,
} from './world.ts';

type Resolvers = Record<string, Resolver>;

/** Where several articles are meant: the one that stands at a path before one that did, then the language of the settings or none. */
function findArticle({ id, slug, url, path, locale }: Arguments, view: View): ArticleRow | null {
  const key = typeof path === 'string' ? pathKey(path) : null;
  const isMeant = ({ record, ...row }: ArticleRow) => {
    if (typeof url === 'string') return [record.webUrlKey, record.originalUrlKey].includes(urlKey(url) ?? '');
    if (key !== null) return [record.path, ...record.aliases].some((one) => pathKey(one) === key);
    return typeof id === 'string' ? row.id === id : record.slug === slug;
  };
  const found = view.world.articles.filter(
    (row) =>
      view.sees(row) &&
      isMeant(row) &&
      (typeof locale !== 'string' || row.record.locale === normaliseLocale(locale)),
  );
  const isAlias = ({ record }: ArticleRow) => Number(key !== null && pathKey(record.path) !== key);
  found.sort(
    (a, b) =>
      isAlias(a) - isAlias(b) ||
      compareUtf8(a.record.localeKey, b.record.localeKey) ||
      compareUtf8(a.id, b.id),
  );
  return found[0] ?? null;
}

/** Those at the same place, or with the same key, in other languages. */
function translationsOf({ record }: ArticleRow, { world }: View): ArticleRow[] {
  const others = world.articles.filter(
    ({ record: { placeKey, translationKey, locale } }) =>
      locale !== record.locale &&
      (placeKey === record.placeKey || (translationKey !== null && translationKey === record.translationKey)),
  );
  return others.sort(
    (a, b) => compareUtf8(a.record.localeKey, b.record.localeKey) || compareUtf8(a.id, b.id),
  );
}

/** A domain as it is shown: composed and decomposed letters, and Punycode, are one. */
function shownDomain(text: string): string {
  return domainToUnicode(domainToASCII(text.trim().toLowerCase())).replace(/^www\./, '');
}

function countOf(kind: Kind) {
  return ({ world, sees }: View) =>
    [...world.byId.values()].filter((row) => row.kind === kind && sees(row)).length;
}

function rendered({ record: { body, format } }: ArticleRow) {
  return renderText(body, format);
}

function fromRecord(...names: string[]): Resolvers {
  return Object.fromEntries(
    names.map((name) => [name, ({ record }: { record: Record<string, unknown> }) => record[name]]),
  );
}

const labelResolvers: Resolvers = {
  id: ({ id }: TopicRow) => id,
  name: ({ name }: TopicRow) => name,
  slug: ({ slug }: TopicRow) => slug,
  articles: ({ articles }: TopicRow, args, view) => connect(articles, 'Article', args, view),
};

const resolvers: Record<string, Resolvers> = {
  Query: {
    articles: (_, args, view) => connect(view.world.articles, 'Article', args, view),
    providers: (_, args, view) => connect(view.world.providers, 'Provider', args, view),
    topics: (_, args, view) => connect(view.world.topics, 'Topic', args, view),
    categories: (_, args, view) => connect(view.world.categories, 'Category', args, view),
    article: (_, args, view) => findArticle(args, view),
    provider: (_, { id, domain }, view) =>
      find(view.world.providers, view, (row) =>
        typeof id === 'string' ? row.id === id : row.domain === shownDomain(String(domain)),
      ),
    topic: (_, args, view) => find(view.world.topics, view, isLabel(args)),
    category: (_, args, view) => find(view.world.categories, view, isLabel(args)),
    node: (_, { id }, view) => seen(view.world.byId.get(String(id)), view),
    nodes: (_, { ids }, view) => (ids as string[]).map((id) => seen(view.world.byId.get(id), view)),
    contentVersion: (_, __, view) => view.version,
  },
  ContentVersion: {
    number: (version) => version.number,
    digest: (version) => version.digest,
    syncedAt: (version) => version.syncedAt,
    counts: (_, __, view) => view,
  },
  ContentCounts: {
    articles: countOf('Article'),
    providers: countOf('Provider'),
    topics: countOf('Topic'),
    categories: countOf('Category'),
    images: countOf('Image'),
    relatedLinks: countOf('RelatedLink'),
  },
  Article: {
    ...fromRecord('id', 'slug', 'title', 'body', 'category', 'type', 'publishedAt', 'updatedAt', 'locale'),
    ...fromRecord('path', 'originalUrl', 'webUrl', 'quality', 'heat', 'published', 'hiddenBecause'),
    excerpt: ({ record: { excerpt } }: ArticleRow, { length }) =>
      excerpt !== null && typeof length === 'number' ? cutText(excerpt, length) : excerpt,
    isSecured: ({ record }: ArticleRow) => record.secured !== null,
    html: (row: ArticleRow) => rendered(row).html,
    plainText: (row: ArticleRow) => rendered(row).plainText,
    headings: (row: ArticleRow) => rendered(row).headings,
    wordCount: (row: ArticleRow) => measureText(rendered(row).plainText).words,
    readingTimeMinutes: (row: ArticleRow) => measureText(rendered(row).plainText).minutes,
    translations: (row: ArticleRow, args, view) => list(translationsOf(row, view), args, view),
    provider: ({ provider }: ArticleRow, _, view) => seen(provider, view),
    topics: ({ topics }: ArticleRow, args, view) => list(topics, args, view),
    categories: ({ categories }: ArticleRow, args, view) => list(categories, args, view),
    images: ({ images }: ArticleRow, args, view) => list(images, args, view),
    related: ({ related }: ArticleRow, args, view) => list(related, args, view),
    referencedBy: ({ referencedBy }: ArticleRow, args, view) =>
      connect([...new Set(referencedBy.map(({ source }) => source))], 'Article', args, view),
  },
  Provider: {
    id: ({ id }: ProviderRow) => id,
    name: ({ name }: ProviderRow) => name,
    domain: ({ domain }: ProviderRow) => domain,
    articles: ({ articles }: ProviderRow, args, view) => connect(articles, 'Article', args, view),
  },
  Topic: labelResolvers,
  Category: labelResolvers,
  Image: {
    ...fromRecord('id', 'url', 'width', 'height', 'isCached'),
    article: ({ article }: ImageRow, _, view) => seen(article, view),
    relatedLink: ({ relatedLink }: ImageRow, _, view) => seen(relatedLink, view),
  },
  RelatedLink: {
    ...fromRecord('id', 'title', 'excerpt', 'webUrl', 'type', 'publishedAt', 'quality'),
    provider: ({ provider }: LinkRow, _, view) => seen(provider, view),
    images: ({ images }: LinkRow, args, view) => list(images, args, view),
    source: ({ source }: LinkRow) => source,
    article: ({ article }: LinkRow, _, view) => seen(article, view),
  },
};

// Of these the plain properties of what `connect` gives are the values.
const PLAIN = /(?:Connection|Edge)$|^(?:PageInfo|Heading)$/;

/** Whether the reference can answer a field; a new field of the schema is either taught to it or tested elsewhere. */
export function isAnswered(type: string, field: string): boolean {
  return PLAIN.test(type) || resolverOf(type, field, noOwn) !== undefined;
}

const noOwn = ownResolvers(noOwnKeys);

/** The same with the owner's keys. */
export function answersWith(model: OwnModel): typeof isAnswered {
  const own = ownResolvers(model);
  return (type, field) => PLAIN.test(type) || resolverOf(type, field, own) !== undefined;
}

function resolverOf(type: string, field: string, own: OwnResolvers): Resolver | undefined {
  const builtIn = Object.hasOwn(resolvers, type) ? resolvers[type] : undefined;
  return own.get(type)?.get(field) ?? (builtIn && Object.hasOwn(builtIn, field) ? builtIn[field] : undefined);
}

/** A schema with the same text as `schema`, answered from arrays in memory by graphql-js. @param model that of the schema */
export function referenceSchema(schema: GraphQLSchema, model: OwnModel = noOwnKeys): GraphQLSchema {
  const own = ownResolvers(model);
  const copy = buildSchema(printSchema(schema));
  for (const type of Object.values(copy.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (row: Row) => row.kind;
    if (!isObjectType(type) || type.name.startsWith('__') || PLAIN.test(type.name)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = resolverOf(type.name, field.name, own);
      const unknown = () => {
        throw new Error(`The reference knows no field ${type.name}.${field.name}.`);
      };
      field.resolve = (resolve ?? unknown) as GraphQLFieldResolver<unknown, unknown>;
    }
  }
  return copy;
}
