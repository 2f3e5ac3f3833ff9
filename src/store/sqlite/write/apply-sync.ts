import { createHash } from 'node:crypto';
import type { Writer } from '../../database/writer.ts';
import { digestWithoutOwn, publicDigest } from '../../rows/article-digest.ts';
import type { EncodedArticle } from '../../rows/encode-article.ts';
import type { ContentTables } from '../own/content-tables.ts';
import type { DeferredIndexes } from './defer-indexes.ts';
import type { ArticleState, Switched } from './sync-state.ts';
import {
  clearTouched,
  countParts,
  deleteArticles,
  deleteParts,
  type PartCounts,
  showParts,
  touchArticles,
  touchKeys,
  touchOwnThings,
} from './touched-keys.ts';
import { writeArticles } from './write-articles.ts';

/** What became of one article. */
export interface ArticleChange {
  id: string;
  slug: string;
  before: ArticleState | null;
  after: ArticleState | null;
}

/** Articles on their way into the database, inside of the caller's transaction. */
export interface ArticleStore {
  /** Writes those that are not in the database just as they are. */
  put(articles: readonly EncodedArticle[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Shows or hides articles that are in the database, as they stand there. */
  show(articles: readonly Switched[]): Promise<void>;
  /** Of articles that were not put since their model became another: what it gave them is gone. */
  forgetOwn(): Promise<void>;
  /** What was done so far, net, by id: an article that is as it was before is not in it. */
  changes(): ArticleChange[];
  /** Notes for the linking which keys the articles that were put have. Those they had are noted already. */
  markTouched(): Promise<void>;
  /** How many more parts there are than before. */
  partsGained(): PartCounts;
  /** Of all articles as they stand in the database. */
  ids(): Iterable<string>;
  /** Whether everybody may see an article as it stands in the database; false of one that is not there. */
  isPublished(id: string): boolean;
  /** Whether other rows may be to be linked than those of changed articles. */
  readonly isAnew: boolean;
  /** Whether what leads to other articles may be written and not linked yet, though no article may have changed. */
  needsLinks(): boolean;
  readonly tables: ContentTables;
  /** SHA-256 in hex over the sorted ids and digests of all articles, hidden ones included. */
  digest(): string;
  /** The same without the hidden ones, and of what everybody may see of the others. */
  publicDigest(): string;
}

/** URLs noted in memory; each article has its own, while providers and topics are few. */
const MAX_URLS = 5_000;

const SHOW_AT_ONCE = 5_000;

/**
 * @param known the articles in the database
 * @param indexes made as far as they are needed
 * @param tables of the model that the database has
 * @param isAnew whether its model was another
 * @param rewrites whether articles are to be written that are in the database just as they are
 */
export async function openArticleStore(
  writer: Writer,
  known: ReadonlyMap<string, ArticleState>,
  indexes: DeferredIndexes,
  tables: ContentTables,
  isAnew = false,
  rewrites = isAnew,
): Promise<ArticleStore> {
  const present = new Map(known);
  const touched = new Set<string>();
  const gained: PartCounts = { images: 0, publicImages: 0, relatedLinks: 0, publicRelatedLinks: 0 };
  const urls = new Set<string>();
  const things = tables.kinds.map(() => ({ all: new Set<string>(), public: new Set<string>() }));
  /** Where the model was another: those that are written by the new one. */
  const rewritten = new Set<string>();
  await clearTouched(writer, tables);
  if (isAnew) await touchOwnThings(writer, tables);

  async function clearOld(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await indexes.makeOwners();
    addParts(gained, await countParts(writer, ids), -1);
    await touchArticles(writer, ids, tables);
    await deleteParts(writer, ids, tables);
  }

  return {
    async put(articles) {
      const latest = new Map(articles.map((article) => [article.id, article]));
      const changed = [...latest.values()].filter(
        ({ id, digest }) => present.get(id)?.digest !== digest || (rewrites && !rewritten.has(id)),
      );
      if (changed.length === 0) return;
      const ids = changed.map(({ id }) => id);
      await indexes.expect(ids.length);
      await clearOld(ids.filter((id) => present.has(id)));
      await writeArticles(writer, changed, tables);
      for (const article of changed) {
        const { id, digest, slug, published, keys: its } = article;
        present.set(id, { digest, slug, published });
        touched.add(id);
        if (rewrites) rewritten.add(id);
        for (const url of its.urls) urls.add(url);
        for (const [kind, noted] of things.entries()) {
          for (const key of its.kinds[kind] ?? []) noted.all.add(key);
          for (const key of its.publicKinds[kind] ?? []) noted.public.add(key);
        }
        addParts(gained, partsOf(article), 1);
      }
      if (urls.size > MAX_URLS) {
        await touchKeys(writer, { urls });
        urls.clear();
      }
    },
    async remove(ids) {
      if (ids.length === 0) return;
      await clearOld(ids);
      await deleteArticles(writer, ids, tables);
      for (const id of ids) {
        present.delete(id);
        touched.add(id);
      }
    },
    async show(articles) {
      for (let start = 0; start < articles.length; start += SHOW_AT_ONCE) {
        const some = articles.slice(start, start + SHOW_AT_ONCE);
        const ids = some.map(({ id }) => id);
        addParts(gained, await countParts(writer, ids), -1);
        // Before and after, so that what everybody may know of either is told.
        await touchArticles(writer, ids, tables);
        await showParts(writer, some, tables);
        await touchArticles(writer, ids, tables);
        addParts(gained, await countParts(writer, ids), 1);
        for (const { id, digest, slug, published } of some) {
          present.set(id, { digest, slug, published });
          touched.add(id);
        }
      }
    },
    async forgetOwn() {
      if (!isAnew) return;
      const left = [...present].filter(([id]) => known.has(id) && !rewritten.has(id));
      for (const [id, state] of left) {
        present.set(id, { ...state, digest: digestWithoutOwn(state.digest) });
        touched.add(id);
      }
      await writer.run(
        `UPDATE Article SET digest = value ->> 1 FROM ${writer.dialect.rows('?')} WHERE Article.id = value ->> 0`,
        JSON.stringify(left.map(([id]) => [id, present.get(id)?.digest])),
      );
    },
    changes() {
      return [...touched].flatMap((id) => {
        const before = known.get(id) ?? null;
        const after = present.get(id) ?? null;
        const { slug } = after ?? before ?? {};
        return slug === undefined || before?.digest === after?.digest ? [] : [{ id, slug, before, after }];
      });
    },
    async markTouched() {
      await touchKeys(writer, { articles: touched, urls, things }, tables);
      urls.clear();
    },
    partsGained: () => gained,
    ids: () => present.keys(),
    isPublished: (id) => present.get(id)?.published === true,
    isAnew,
    needsLinks: () => isAnew || touched.size > 0,
    tables,
    digest: () => digestContent(present, (digest) => digest),
    publicDigest: () =>
      digestContent(new Map([...present].filter(([, { published }]) => published)), publicDigest),
  };
}

function digestContent(
  articles: ReadonlyMap<string, ArticleState>,
  part: (digest: string) => string,
): string {
  const hash = createHash('sha256');
  for (const id of [...articles.keys()].sort())
    hash.update(`${id}\0${part(articles.get(id)?.digest ?? '')}\n`);
  return hash.digest('hex');
}

function partsOf({ counts: { images, links }, published }: EncodedArticle): PartCounts {
  return {
    images,
    publicImages: published ? images : 0,
    relatedLinks: links,
    publicRelatedLinks: published ? links : 0,
  };
}

function addParts(sum: PartCounts, parts: PartCounts, sign: 1 | -1): void {
  sum.images += sign * parts.images;
  sum.publicImages += sign * parts.publicImages;
  sum.relatedLinks += sign * parts.relatedLinks;
  sum.publicRelatedLinks += sign * parts.publicRelatedLinks;
}
