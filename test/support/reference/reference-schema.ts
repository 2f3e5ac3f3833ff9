import { domainToASCII, domainToUnicode } from 'node:url';
import {
  buildSchema,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  printSchema,
} from 'graphql';
import { cutText } from '../../../src/text/cut-text.ts';
import { renderText } from '../../../src/text/html/render-text.ts';
import { foldText } from '../../../src/text/keys/fold-text.ts';
import { normaliseLocale } from '../../../src/text/keys/normalise-locale.ts';
import { pathKey } from '../../../src/text/keys/path-key.ts';
import { urlKey } from '../../../src/text/keys/url-key.ts';
import { measureText } from '../../../src/text/reading-time.ts';
import type { FilterEvaluator, Input } from './evaluate-filter.ts';
import { Order, type OrderTerm, type Place } from './order-rows.ts';
import {
  type ArticleRow,
  type CategoryRow,
  compareUtf8,
  type ImageRow,
  type Kind,
  type LinkRow,
  type ProviderRow,
  type Row,
  type TopicRow,
  type World,
} from './world.ts';

/** What a reader sees of a world. */
export interface View {
  world: World;
  preview: boolean;
  filters: FilterEvaluator;
  version: { number: number; digest: string; syncedAt: string };
  sees: (row: Row) => boolean;
}

type Arguments = Readonly<Record<string, unknown>>;
// biome-ignore lint/suspicious/noExplicitAny: each resolver names the row of its own type.
type Resolvers = Record<string, (row: any, args: Arguments, view: View) => unknown>;

interface PageArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
  filter?: Input | null;
  orderBy?: OrderTerm[] | null;
}

/** Relay's pagination over an array in memory. */
function connect(rows: readonly Row[], kind: Kind, args: PageArguments, view: View) {
  const order = new Order(kind, args.orderBy, view.preview);
  const all = rows
    .filter((row) => view.sees(row) && (!args.filter || view.filters.meets(row, args.filter)))
    .map((row) => ({ row, place: order.placeOf(row) }))
    .sort((a, b) => order.compare(a.place, b.place));
  const after = typeof args.after === 'string' ? order.readCursor(args.after) : null;
  const before = typeof args.before === 'string' ? order.readCursor(args.before) : null;
  const comesAfter = (place: Place) => after === null || order.compare(place, after) > 0;
  const comesBefore = (place: Place) => before === null || order.compare(place, before) < 0;
  const between = all.filter(({ place }) => comesAfter(place) && comesBefore(place));
  const backward = typeof args.last === 'number';
  const size = args.last ?? args.first ?? 20;
  const page = backward ? between.slice(Math.max(0, between.length - size)) : between.slice(0, size);
  const overflows = between.length > size;
  const edges = page.map(({ row }) => ({ cursor: order.cursorOf(row), node: row }));
  return {
    edges,
    totalCount: all.length,
    pageInfo: {
      hasNextPage: (!backward && overflows) || all.some(({ place }) => !comesBefore(place)),
      hasPreviousPage: (backward && overflows) || all.some(({ place }) => !comesAfter(place)),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function list(rows: readonly Row[], { first }: Arguments, view: View): Row[] {
  const seen = rows.filter(view.sees);
  return typeof first === 'number' ? seen.slice(0, first) : seen;
}

function seen<R extends Row>(row: R | null | undefined, view: View): R | null {
  return row && view.sees(row) ? row : null;
}

/** The only row that meets a condition, of the smallest id should there be several. */
function find<R extends Row>(rows: readonly R[], view: View, test: (row: R) => boolean): R | null {
  const found = rows.filter((row) => view.sees(row) && test(row)).sort((a, b) => (a.id < b.id ? -1 : 1));
  return found[0] ?? null;
}

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

function isLabel({ id, slug, name }: Arguments) {
  return (row: TopicRow | CategoryRow) => {
    if (typeof name === 'string') return foldText(row.name) === foldText(name);
    return typeof id === 'string' ? row.id === id : row.slug === slug;
  };
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
  return PLAIN.test(type) || resolvers[type]?.[field] !== undefined;
}

/** A schema with the same text as `schema`, answered from arrays in memory by graphql-js. */
export function referenceSchema(schema: GraphQLSchema): GraphQLSchema {
  const copy = buildSchema(printSchema(schema));
  for (const type of Object.values(copy.getTypeMap())) {
    if (isInterfaceType(type)) type.resolveType = (row: Row) => row.kind;
    if (!isObjectType(type) || type.name.startsWith('__') || PLAIN.test(type.name)) continue;
    for (const field of Object.values(type.getFields())) {
      const resolve = resolvers[type.name]?.[field.name];
      const unknown = () => {
        throw new Error(`The reference knows no field ${type.name}.${field.name}.`);
      };
      field.resolve = (resolve ?? unknown) as GraphQLFieldResolver<unknown, unknown>;
    }
  }
  return copy;
}
