import type {
  ArticleRecord,
  ImageRecord,
  ProviderMention,
  RelatedLinkRecord,
} from '../../../src/content/article/article.ts';
import { atMoment } from '../../../src/content/article/time-reasons.ts';
import { noOwnKeys, type OwnModel } from '../../../src/model/own-model.ts';
import { pathKey } from '../../../src/text/keys/path-key.ts';
import { linkOwnKeys, type ObjectRow, type ThingRow } from './own-world.ts';

/** All rows that a content folder makes, hidden ones too, linked to one another in memory. */
export interface World {
  articles: ArticleRow[];
  providers: ProviderRow[];
  topics: TopicRow[];
  categories: CategoryRow[];
  /** Of the kinds that the owner's keys name. */
  things: ThingRow[];
  byId: Map<string, Row>;
  model: OwnModel;
}

export type Row =
  | ArticleRow
  | ProviderRow
  | TopicRow
  | CategoryRow
  | ImageRow
  | LinkRow
  | ThingRow
  | ObjectRow;
/** A type of GraphQL's: the owner's keys add their own. */
export type Kind = Row['kind'];

export interface Common<K extends string> {
  kind: K;
  id: string;
  /** Whether everybody may see it. */
  isPublic: boolean;
}

export interface ArticleRow extends Common<'Article'> {
  record: ArticleRecord;
  provider: ProviderRow | null;
  topics: TopicRow[];
  categories: CategoryRow[];
  images: ImageRow[];
  related: LinkRow[];
  /** Links of other articles that point here. */
  referencedBy: LinkRow[];
  /** What the owner's keys name, in order; articles that hidden ones are among. */
  own: Map<string, Row[]>;
  /** Articles that name this one, by the field that leads back; each once. */
  back: Map<string, ArticleRow[]>;
}

export interface ProviderRow extends Common<'Provider'> {
  name: string;
  domain: string | null;
  articles: ArticleRow[];
}

interface Label<K extends string> extends Common<K> {
  name: string;
  slug: string;
  articles: ArticleRow[];
}

export type TopicRow = Label<'Topic'>;
export type CategoryRow = Label<'Category'>;

export interface ImageRow extends Common<'Image'> {
  record: ImageRecord;
  article: ArticleRow | null;
  relatedLink: LinkRow | null;
}

export interface LinkRow extends Common<'RelatedLink'> {
  record: RelatedLinkRecord;
  source: ArticleRow;
  article: ArticleRow | null;
  provider: ProviderRow | null;
  images: ImageRow[];
}

export interface Use {
  name: string;
  isPublic: boolean;
}

/** Builds the world of these articles, by the rules of docs and by plain loops. */
export function buildWorld(parsed: readonly ArticleRecord[], model = noOwnKeys): World {
  // No time of random content is near.
  const now = new Date().toISOString();
  const records = parsed.map((record) => atMoment(record, now));
  const articles = records.map(articleRow);
  const links = articles.flatMap((article) => {
    article.related = article.record.related.map((record) => linkRow(record, article));
    return article.related;
  });
  for (const link of links) {
    link.article = meet(link, articles);
    link.article?.referencedBy.push(link);
  }
  const providers = collectProviders(articles, links);
  const topics = collectLabels('Topic', articles, 'topics');
  const categories = collectLabels('Category', articles, 'categories');
  const images = [...articles, ...links].flatMap((owner) => owner.images);
  const things = linkOwnKeys(model, articles);
  const rows: Row[] = [...articles, ...links, ...providers, ...topics, ...categories, ...images, ...things];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { articles, providers, topics, categories, things, byId, model };
}

function articleRow(record: ArticleRecord): ArticleRow {
  const row: ArticleRow = {
    kind: 'Article',
    id: record.id,
    isPublic: record.published,
    record,
    provider: null,
    topics: [],
    categories: [],
    images: [],
    related: [],
    referencedBy: [],
    own: new Map(),
    back: new Map(),
  };
  row.images = record.images.map((image) =>
    imageRow(image, record.published, { article: row, relatedLink: null }),
  );
  return row;
}

function linkRow(record: RelatedLinkRecord, source: ArticleRow): LinkRow {
  const { isPublic } = source;
  const row: LinkRow = {
    kind: 'RelatedLink',
    id: record.id,
    isPublic,
    record,
    source,
    article: null,
    provider: null,
    images: [],
  };
  row.images = record.images.map((image) => imageRow(image, isPublic, { article: null, relatedLink: row }));
  return row;
}

function imageRow(
  record: ImageRecord,
  isPublic: boolean,
  owner: Pick<ImageRow, 'article' | 'relatedLink'>,
): ImageRow {
  return { kind: 'Image', id: record.id, isPublic, record, ...owner };
}

/**
 * The article with the link's address or path; of several a published one, then one in the language of the link's own, then by
 * language, then one that stands at the path, then the one with the smallest id.
 */
function meet({ record: link, source }: LinkRow, articles: readonly ArticleRow[]): ArticleRow | null {
  const isAt = ({ record }: ArticleRow) => link.pathKey !== null && pathKey(record.path) === link.pathKey;
  const met = articles.filter((article) => {
    const { id, record } = article;
    const isByUrl = link.urlKey !== null && [record.webUrlKey, record.originalUrlKey].includes(link.urlKey);
    const isByAlias =
      link.pathKey !== null && record.aliases.some((alias) => pathKey(alias) === link.pathKey);
    return id !== source.id && (isByUrl || isAt(article) || isByAlias);
  });
  const { locale } = source.record;
  met.sort(
    (a, b) =>
      Number(b.isPublic) - Number(a.isPublic) ||
      Number(b.record.locale === locale) - Number(a.record.locale === locale) ||
      compareUtf8(a.record.localeKey, b.record.localeKey) ||
      Number(isAt(b)) - Number(isAt(a)) ||
      compareUtf8(a.id, b.id),
  );
  return met[0] ?? null;
}

function collectProviders(articles: readonly ArticleRow[], links: readonly LinkRow[]): ProviderRow[] {
  const found = new Map<string, { row: ProviderRow; uses: Use[] }>();
  const use = (owner: ArticleRow | LinkRow, mention: ProviderMention | null) => {
    if (mention === null) return;
    const { id, name, domain } = mention;
    const entry = found.get(id) ?? {
      row: { kind: 'Provider', id, isPublic: false, name, domain, articles: [] } satisfies ProviderRow,
      uses: [],
    };
    found.set(id, entry);
    entry.uses.push({ name, isPublic: owner.isPublic });
    owner.provider = entry.row;
    if (owner.kind === 'Article') entry.row.articles.push(owner);
  };
  for (const article of articles) use(article, article.record.provider);
  for (const link of links) use(link, link.record.provider);
  return [...found.values()].map(({ row, uses }) => summarise(row, uses));
}

function collectLabels<K extends 'Topic' | 'Category'>(
  kind: K,
  articles: readonly ArticleRow[],
  list: 'topics' | 'categories',
): Label<K>[] {
  const found = new Map<string, { row: Label<K>; uses: Use[] }>();
  for (const article of articles) {
    for (const { id, name, slug } of article.record[list]) {
      const entry = found.get(id) ?? {
        row: { kind, id, isPublic: false, name, slug, articles: [] },
        uses: [],
      };
      found.set(id, entry);
      entry.uses.push({ name, isPublic: article.isPublic });
      entry.row.articles.push(article);
      (article[list] as Label<K>[]).push(entry.row);
    }
  }
  return [...found.values()].map(({ row, uses }) => summarise(row, uses));
}

/** Public when one use is; shown in the spelling most public uses have, or most uses when none is public. */
export function summarise<T extends ProviderRow | Label<string> | ThingRow>(row: T, uses: readonly Use[]): T {
  const open = uses.filter((use) => use.isPublic);
  row.isPublic = open.length > 0;
  const counts = new Map<string, number>();
  for (const { name } of row.isPublic ? open : uses) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || compareUtf8(a, b));
  row.name = names[0]?.[0] ?? row.name;
  return row;
}

/** Order by code point, which is the order of the UTF-8 bytes. */
export function compareUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
