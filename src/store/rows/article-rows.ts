import type {
  ArticleRecord,
  ImageRecord,
  LabelMention,
  RelatedLinkRecord,
} from '../../content/article/article.ts';
import { articleKeys } from '../../model/built-in/article.ts';
import type { Cell } from '../../model/built-in/columns.ts';
import { imageKeys } from '../../model/built-in/image.ts';
import { relatedLinkKeys } from '../../model/built-in/related-link.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { aliasTable, articleTable, textTable } from '../../model/tables/article-tables.ts';
import { useTables } from '../../model/tables/content-tables.ts';
import { useKeyName } from '../../model/tables/kind-names.ts';
import { imageTable, linkTable } from '../../model/tables/part-tables.ts';
import { pathKey } from '../../text/keys/path-key.ts';
import { keyWays, rowMaker, through, type Ways } from './row-maker.ts';

/** Something of an article, in its order. */
interface Part<T> {
  record: ArticleRecord;
  its: T;
  position: number;
}

const isPublic = ({ record }: Pick<Part<unknown>, 'record'>) => Number(record.published);

const articleWays: Ways<ArticleRecord> = {
  ...keyWays<typeof articleKeys, ArticleRecord>(articleKeys, {
    format: ({ format }) => format,
    body: ({ body }) => body,
    category: ({ category }) => category,
    localeKey: ({ localeKey }) => localeKey,
    placeKey: ({ placeKey }) => placeKey,
    path: ({ path }) => path,
    pathKey: ({ path }) => pathKey(path),
    originalUrlKey: ({ originalUrlKey }) => originalUrlKey,
    webUrlKey: ({ webUrlKey }) => webUrlKey,
    published: ({ published }) => Number(published),
    hiddenBecause: ({ hiddenBecause }) => JSON.stringify(hiddenBecause),
    isSecured: ({ secured }) => Number(secured !== null),
  }),
  id: ({ id }) => id,
  providerId: ({ provider }) => provider?.id ?? null,
  providerName: ({ provider }) => provider?.name ?? null,
};

/** All but the digest, which is made of the row. */
const articleColumns = articleTable.row.filter((column) => column !== 'digest');

/** A row of Article without the digest, the last of its columns. */
export const articleRow = rowMaker({ ...articleTable, row: articleColumns }, articleWays);

const textWays: Ways<ArticleRecord> = { ...articleWays, articleId: ({ id }) => id };

/** A row of ArticleText: its body is the only cell that may have line breaks as they are. */
export const textRow = rowMaker(textTable, textWays);

const aliasRow = rowMaker<{ record: ArticleRecord; key: string }>(aliasTable, {
  articleId: ({ record }) => record.id,
  pathKey: ({ key }) => key,
  locale: ({ record }) => record.locale,
  localeKey: ({ record }) => record.localeKey,
  isPublic,
});

export function aliasRows(record: ArticleRecord): Cell[][] {
  const own = pathKey(record.path);
  const keys = new Set(record.aliases.map(pathKey).filter((key) => key !== own));
  return [...keys].map((key) => aliasRow({ record, key }));
}

/** A use of a shared thing also has the article's cells by which lists are sorted. */
type Use = Part<LabelMention> & { article: readonly Cell[] };

const carriedWays: Ways<Use> = Object.fromEntries(
  articleColumns.map((column, index) => [column, ({ article }: Use) => article[index] ?? null]),
);

const useRows = sharedKinds.map((kind, index) => {
  const table = useTables[index];
  if (!table) throw new Error(`There is no table of what articles name as ${kind.many}.`);
  const row = rowMaker<Use>(table, {
    ...carriedWays,
    articleId: ({ record }) => record.id,
    position: ({ position }) => position,
    [useKeyName(kind)]: ({ its }) => its.id,
    name: ({ its }) => its.name,
    isPublic,
  });
  return (record: ArticleRecord, article: readonly Cell[]) =>
    record[kind.many].map((its, position) => row({ record, its, position, article }));
});

/** By kind: rows of the things that an article names. @param article its row */
export function rowsOfUses(record: ArticleRecord, article: readonly Cell[]): Cell[][][] {
  return useRows.map((rows) => rows(record, article));
}

type LinkPart = Part<RelatedLinkRecord>;

const linkWays = keyWays<typeof relatedLinkKeys, RelatedLinkRecord>(relatedLinkKeys, {
  urlKey: ({ urlKey }) => urlKey,
  pathKey: ({ pathKey: key }) => key,
});

const linkRow = rowMaker<LinkPart>(linkTable, {
  ...through(linkWays, ({ its }: LinkPart) => its),
  id: ({ its }) => its.id,
  sourceId: ({ record }) => record.id,
  position: ({ position }) => position,
  providerId: ({ its }) => its.provider?.id ?? null,
  providerName: ({ its }) => its.provider?.name ?? null,
  isPublic,
});

export function linkRows(record: ArticleRecord): Cell[][] {
  return record.related.map((its, position) => linkRow({ record, its, position }));
}

type ImagePart = Part<ImageRecord> & { link: string | null };

const imageRow = rowMaker<ImagePart>(imageTable, {
  ...through(keyWays<typeof imageKeys, ImageRecord>(imageKeys, {}), ({ its }: ImagePart) => its),
  id: ({ its }) => its.id,
  position: ({ position }) => position,
  isPublic,
  articleId: ({ record, link }) => (link === null ? record.id : null),
  relatedLinkId: ({ link }) => link,
});

/** Rows of an article's images, then of those of its links. */
export function imageRows(record: ArticleRecord): Cell[][] {
  const rows = (images: readonly ImageRecord[], link: string | null) =>
    images.map((its, position) => imageRow({ record, its, position, link }));
  return [...rows(record.images, null), ...record.related.flatMap((link) => rows(link.images, link.id))];
}
