import type { ArticleRecord } from '../../content/article/article.ts';
import { atMoment, nextChange } from '../../content/article/time-reasons.ts';
import type { HiddenReason } from '../../content/visibility/hidden-reason.ts';
import type { Cell } from '../../model/built-in/columns.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';
import { aliasTable, textTable } from '../../model/tables/article-tables.ts';
import { digestAt, digestOf } from './article-digest.ts';
import { aliasRows, articleRow, imageRows, linkRows, rowsOfUses, textRow } from './article-rows.ts';
import { encodeOwn } from './encode-own.ts';

/**
 * An article as the rows of its tables, each row a JSON array in the order of the table's `row`, those of one table
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
  text: Cell[];
  aliases: string;
  /** By kind that articles share: what it names. */
  uses: string[];
  links: string;
  images: string;
  /** Of the owner's keys, by table; none without such keys. */
  parts: string[];
  /** By kind, Provider and the built-in ones first: rows of id and domain, id and slug, one by one since articles share them. */
  mentions: string[][];
  counts: { images: number; links: number };
  /** By kind: ids of what it names, and of what everybody may see that it does. */
  keys: { urls: string[]; kinds: string[][]; publicKinds: string[][] };
}

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
  const { id, slug, published, hiddenBecause, related } = record;
  const providers = [record, ...related].flatMap(({ provider }) => provider ?? []);
  const labels = sharedKinds.map(({ many }) => record[many]);
  const cells = articleRow(record);
  const imageCells = imageRows(record);
  const article = joinCells(cells);
  const text = textRow(record);
  const own = model.fields.length === 0 ? null : encodeOwn(record, model);
  const mentions = [
    providers.map((provider) => JSON.stringify([provider.id, provider.domain])),
    ...labels.map((things) => things.map((thing) => JSON.stringify([thing.id, thing.slug]))),
  ];
  const aliases = joinCells(aliasRows(record));
  const uses = rowsOfUses(record, cells).map(joinCells);
  const links = joinCells(linkRows(record));
  const images = joinCells(imageCells);
  // Nothing before the body has line breaks of its own, and no row of Article begins as a line of the owner's keys does.
  const digest =
    knownDigest ??
    digestOf(
      [
        ...(own?.lines.public ?? []),
        ...[article, aliases, ...uses, links, images],
        ...mentions.map(String),
        ...textLines(text),
      ],
      own?.lines.private ?? [],
    );
  const kinds = [providers, ...labels].map((things) => things.map((thing) => thing.id));
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
    ...{ text, aliases, uses, links, images },
    parts: own?.parts ?? [],
    mentions: [...mentions, ...(own?.mentions ?? [])],
    counts: { images: imageCells.length, links: related.length },
    keys: {
      urls: [record.webUrlKey, record.originalUrlKey].flatMap((key) => key ?? []),
      kinds: [...kinds, ...(own?.kinds ?? [])],
      publicKinds: [...(published ? kinds : kinds.map(() => [])), ...(own?.publicKinds ?? [])],
    },
  };
}

/** An array's JSON without its brackets. */
function joinCells(cells: readonly unknown[]): string {
  return JSON.stringify(cells).slice(1, -1);
}

const bodyIndex = textTable.row.indexOf('body');

/** The cells of ArticleText but for the id, the body last. */
function textLines(cells: readonly Cell[]): (string | null)[] {
  const lines = cells.map((cell) => (cell === null ? null : String(cell)));
  const rest = lines.filter((_, index) => index > 0 && index !== bodyIndex);
  return [
    ...rest.map((line) => (line?.includes('\n') ? JSON.stringify(line) : line)),
    lines[bodyIndex] ?? null,
  ];
}

const aliasKeyIndex = aliasTable.row.indexOf('pathKey');

/** The further paths of an article, as pathKey folds them. */
export function aliasKeysOf({ aliases }: EncodedArticle): string[] {
  const rows: string[][] = JSON.parse(`[${aliases}]`);
  return rows.map((row) => row[aliasKeyIndex] ?? '');
}
