import type { ArticleRecord, ImageRecord } from '../content/article.ts';
import { foldText } from '../text/fold-text.ts';

/**
 * An article as the rows of its tables, each row the text of a JSON array in the order of `tableColumns`: ready to be
 * joined into one statement's parameter, and cheap to hand from one thread to another.
 */
export interface EncodedArticle {
  id: string;
  slug: string;
  digest: string;
  published: boolean;
  article: string;
  text: string;
  topics: string[];
  links: string[];
  images: string[];
  /** Of Provider and Topic: id and domain, id and slug. */
  providerMentions: string[];
  topicMentions: string[];
  keys: { urls: string[]; providers: string[]; topics: string[] };
}

export const tableColumns = {
  Article:
    'id slug slugFolded title titleFolded excerpt excerptFolded category categoryFolded type typeFolded publishedAt originalUrl webUrl originalUrlKey webUrlKey quality heat published isSecured providerId providerName publishedAtAsc publishedAtDesc qualityAsc qualityDesc heatAsc heatDesc digest',
  ArticleText: 'articleId format body secured',
  ArticleTopic: 'articleId position topicId name isPublic publishedAtDesc publishedAtAsc',
  RelatedLink:
    'id sourceId position title titleFolded excerpt excerptFolded type typeFolded publishedAt webUrl urlKey quality providerId providerName isPublic',
  Image: 'id url urlFolded width height isCached position isPublic articleId relatedLinkId',
};

// Greater than any time, and less than any order key of a number that is there.
const noTimeAsc = '9999-12-31T23:59:59.999Z~';
const noNumberAsc = 2_147_483_648;
const noNumberDesc = -1;

/** Makes an article's rows. RelatedLink.articleId, and names and counts of providers and topics, are not among them. */
export function encodeArticle(record: ArticleRecord): EncodedArticle {
  const { id, slug, digest, published, format, body, secured, topics, related } = record;
  const providers = [record, ...related].flatMap(({ provider }) => provider ?? []);
  return {
    id,
    slug,
    digest,
    published,
    article: JSON.stringify(articleRow(record)),
    text: JSON.stringify([id, format, body, secured]),
    topics: topics.map((topic, position) => JSON.stringify(topicRow(record, topic, position))),
    links: related.map((link, position) => JSON.stringify(linkRow(record, link, position))),
    images: imageRows(record).map((row) => JSON.stringify(row)),
    providerMentions: providers.map((provider) => JSON.stringify([provider.id, provider.domain])),
    topicMentions: topics.map((topic) => JSON.stringify([topic.id, topic.slug])),
    keys: {
      urls: [record.webUrlKey, record.originalUrlKey].flatMap((key) => key ?? []),
      providers: providers.map((provider) => provider.id),
      topics: topics.map((topic) => topic.id),
    },
  };
}

type Cell = string | number | null;

function articleRow(record: ArticleRecord): Cell[] {
  const { publishedAt, quality, heat } = record;
  return [
    record.id,
    ...folded(record.slug),
    ...folded(record.title),
    ...folded(record.excerpt),
    ...folded(record.category),
    ...folded(record.type),
    publishedAt,
    record.originalUrl,
    record.webUrl,
    record.originalUrlKey,
    record.webUrlKey,
    quality,
    heat,
    Number(record.published),
    Number(record.secured !== null),
    record.provider?.id ?? null,
    record.provider?.name ?? null,
    publishedAt ?? noTimeAsc,
    publishedAt ?? '',
    quality ?? noNumberAsc,
    quality ?? noNumberDesc,
    heat ?? noNumberAsc,
    heat ?? noNumberDesc,
    record.digest,
  ];
}

function topicRow(record: ArticleRecord, topic: ArticleRecord['topics'][number], position: number): Cell[] {
  const { id, published, publishedAt } = record;
  return [id, position, topic.id, topic.name, Number(published), publishedAt ?? '', publishedAt ?? noTimeAsc];
}

function linkRow(record: ArticleRecord, link: ArticleRecord['related'][number], position: number): Cell[] {
  return [
    link.id,
    record.id,
    position,
    ...folded(link.title),
    ...folded(link.excerpt),
    ...folded(link.type),
    link.publishedAt,
    link.webUrl,
    link.urlKey,
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
    foldText(image.url),
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
