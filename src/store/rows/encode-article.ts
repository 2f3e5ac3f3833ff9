import type { ArticleRecord, ImageRecord, LabelMention } from '../../content/article/article.ts';
import { atMoment, nextChange } from '../../content/article/time-reasons.ts';
import type { HiddenReason } from '../../content/visibility/hidden-reason.ts';
import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';
import { foldText, foldUnlessLower } from '../../text/keys/fold-text.ts';
import { pathKey } from '../../text/keys/path-key.ts';
import { AFTER_ALL_TIMES } from '../../text/order-keys.ts';
import { digestAt, digestOf } from './article-digest.ts';
import { encodeOwn } from './encode-own.ts';

/**
 * An article as the rows of its tables, each row a JSON array in the order of `tableColumns`, those of one table
 * separated by commas: ready to be joined into one statement's parameter, and cheap to hand from one thread to another.
 */
export interface EncodedArticle {
  id: string;
  slug: string;
  /** The slug that its front matter asks for. */
  wanted: string | null;
  /** As of ArticleRecord. */
  wantedPath: string;
  /** Its path within the site. */
  sitePath: string;
  locale: string | null;
  /** Of everything that the rows say: as of digestAt. */
  digest: string;
  published: boolean;
  hiddenBecause: readonly HiddenReason[];
  /** As of nextChange. */
  nextChange: string | null;
  article: string;
  /** Cells, and no JSON: bodies are bound as they are. */
  text: (string | null)[];
  aliases: string;
  topics: string;
  categories: string;
  links: string;
  images: string;
  /** Of the owner's keys, by table; none without such keys. */
  parts: string[];
  /** By kind, Provider, Topic and Category first: rows of id and domain, id and slug, one by one since articles share them. */
  mentions: string[][];
  counts: { images: number; links: number };
  /** By kind: ids of what it names, and of what everybody may see that it does. */
  keys: { urls: string[]; kinds: string[][]; publicKinds: string[][] };
}

// The article's order keys, so that a page of a topic or category is one index range.
const carriedColumns =
  'isPublic titleFolded publishedAtAsc publishedAtDesc updatedAtAsc updatedAtDesc qualityAsc qualityDesc heatAsc heatDesc';

export const tableColumns = {
  Article:
    'id slug title titleFolded excerpt excerptFolded category categoryFolded type typeFolded publishedAt updatedAt locale localeKey placeKey translationKey path pathKey originalUrl webUrl originalUrlKey webUrlKey quality heat published hiddenBecause expiresAt isSecured providerId providerName publishedAtAsc publishedAtDesc updatedAtAsc updatedAtDesc qualityAsc qualityDesc heatAsc heatDesc digest',
  ArticleText: 'articleId format body secured',
  ArticleAlias: 'articleId pathKey locale localeKey isPublic',
  ArticleTopic: `articleId position topicId name ${carriedColumns}`,
  ArticleCategory: `articleId position categoryId name ${carriedColumns}`,
  RelatedLink:
    'id sourceId position title titleFolded excerpt excerptFolded type typeFolded publishedAt webUrl urlKey pathKey quality providerId providerName isPublic',
  Image: 'id url width height isCached position isPublic articleId relatedLinkId',
};

// Greater and less than any number that is there.
const NO_NUMBER_ASC = 2_147_483_648;
const NO_NUMBER_DESC = -1;

/**
 * Makes an article's rows as they are at a moment. RelatedLink.articleId, and names and counts of providers and topics, are not
 * among them.
 * @param at as of reasonsAt
 * @param model the owner's keys
 */
export function encodeArticle(
  record: ArticleRecord,
  at: string | null = null,
  model: OwnModel = noOwnKeys,
): EncodedArticle {
  const shown = atMoment(record, at);
  const always = shown === record ? null : encodeRows(record, null, model);
  const rows = encodeRows(shown, always && digestAt(always.digest, shown.hiddenBecause), model);
  return { ...rows, nextChange: nextChange(record, at) };
}

/** @param knownDigest null makes it of the rows */
function encodeRows(
  record: ArticleRecord,
  knownDigest: string | null,
  model: OwnModel,
): Omit<EncodedArticle, 'nextChange'> {
  const { id, slug, published, hiddenBecause, format, body, secured, topics, categories, related } = record;
  const providers = [record, ...related].flatMap(({ provider }) => provider ?? []);
  const imageCells = imageRows(record);
  const article = joinCells(articleRow(record));
  const own = model.fields.length === 0 ? null : encodeOwn(record, model);
  const mentions = [
    providers.map((provider) => JSON.stringify([provider.id, provider.domain])),
    topics.map((topic) => JSON.stringify([topic.id, topic.slug])),
    categories.map((category) => JSON.stringify([category.id, category.slug])),
  ];
  const rows = {
    aliases: joinCells(aliasRows(record)),
    topics: joinCells(labelRows(record, topics)),
    categories: joinCells(labelRows(record, categories)),
    links: joinCells(related.map((link, position) => linkRow(record, link, position))),
    images: joinCells(imageCells),
  };
  // Nothing before the body has line breaks of its own, and no row of Article begins as a line of the owner's keys does.
  const digest =
    knownDigest ??
    digestOf(
      [
        ...(own?.lines.public ?? []),
        article,
        ...Object.values(rows),
        ...mentions.map(String),
        format,
        secured,
        body,
      ],
      own?.lines.private ?? [],
    );
  const kinds = [providers, topics, categories].map((things) => things.map((thing) => thing.id));
  return {
    id,
    slug,
    wanted: record.wantedSlug,
    wantedPath: record.wantedPath,
    sitePath: record.path,
    locale: record.locale,
    digest,
    published,
    hiddenBecause,
    article: own?.cells ? `[${article},"${digest}",${own.cells}]` : `[${article},"${digest}"]`,
    text: [id, format, body, secured],
    ...rows,
    parts: own?.parts ?? [],
    mentions: [...mentions, ...(own?.mentions ?? [])],
    counts: { images: imageCells.length, links: related.length },
    keys: {
      urls: [record.webUrlKey, record.originalUrlKey].flatMap((key) => key ?? []),
      kinds: [...kinds, ...(own?.kinds ?? [])],
      publicKinds: [...(published ? kinds : [[], [], []]), ...(own?.publicKinds ?? [])],
    },
  };
}

/** An array's JSON without its brackets. */
function joinCells(cells: readonly unknown[]): string {
  return JSON.stringify(cells).slice(1, -1);
}

type Cell = string | number | null;

/** All but the digest. */
function articleRow(record: ArticleRecord): Cell[] {
  const { publishedAt, updatedAt, quality, heat } = record;
  return [
    record.id,
    record.slug,
    ...folded(record.title),
    record.excerpt,
    record.excerpt && foldUnlessLower(record.excerpt),
    ...folded(record.category),
    ...folded(record.type),
    publishedAt,
    updatedAt,
    record.locale,
    record.localeKey,
    record.placeKey,
    record.translationKey,
    record.path,
    pathKey(record.path),
    record.originalUrl,
    record.webUrl,
    record.originalUrlKey,
    record.webUrlKey,
    quality,
    heat,
    Number(record.published),
    JSON.stringify(record.hiddenBecause),
    record.expiresAt,
    Number(record.secured !== null),
    record.provider?.id ?? null,
    record.provider?.name ?? null,
    ...orderKeys(record),
  ];
}

function orderKeys({ publishedAt, updatedAt, quality, heat }: ArticleRecord): Cell[] {
  return [
    publishedAt ?? AFTER_ALL_TIMES,
    publishedAt ?? '',
    updatedAt ?? AFTER_ALL_TIMES,
    updatedAt ?? '',
    quality ?? NO_NUMBER_ASC,
    quality ?? NO_NUMBER_DESC,
    heat ?? NO_NUMBER_ASC,
    heat ?? NO_NUMBER_DESC,
  ];
}

function aliasRows({ id, path, aliases, locale, localeKey, published }: ArticleRecord): Cell[][] {
  const own = pathKey(path);
  const keys = new Set(aliases.map(pathKey).filter((key) => key !== own));
  return [...keys].map((key) => [id, key, locale, localeKey, Number(published)]);
}

/** The further paths of an article, as pathKey folds them. */
export function aliasKeysOf({ aliases }: EncodedArticle): string[] {
  const rows: string[][] = JSON.parse(`[${aliases}]`);
  return rows.map(([, key = '']) => key);
}

function labelRows(record: ArticleRecord, labels: readonly LabelMention[]): Cell[][] {
  const carried = [Number(record.published), foldText(record.title), ...orderKeys(record)];
  return labels.map(({ id, name }, position) => [record.id, position, id, name, ...carried]);
}

function linkRow(record: ArticleRecord, link: ArticleRecord['related'][number], position: number): Cell[] {
  return [
    link.id,
    record.id,
    position,
    ...folded(link.title),
    link.excerpt,
    link.excerpt && foldUnlessLower(link.excerpt),
    ...folded(link.type),
    link.publishedAt,
    link.webUrl,
    link.urlKey,
    link.pathKey,
    link.quality,
    link.provider?.id ?? null,
    link.provider?.name ?? null,
    Number(record.published),
  ];
}

function imageRows(record: ArticleRecord): Cell[][] {
  const isPublic = Number(record.published);
  const row = (image: ImageRecord, position: number, owner: [string | null, string | null]): Cell[] => [
    image.id,
    image.url,
    image.width,
    image.height,
    image.isCached === null ? null : Number(image.isCached),
    position,
    isPublic,
    ...owner,
  ];
  return [
    ...record.images.map((image, position) => row(image, position, [record.id, null])),
    ...record.related.flatMap((link) =>
      link.images.map((image, position) => row(image, position, [null, link.id])),
    ),
  ];
}

function folded(text: string | null): [string | null, string | null] {
  return [text, text === null ? null : foldText(text)];
}
