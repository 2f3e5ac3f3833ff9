import { articleTables } from '../../../model/tables/content-tables.ts';
import type { Writer } from '../../database/writer.ts';
import type { ContentTables } from '../own/content-tables.ts';

/** By these an article's parts are found, so that those of an earlier version can be deleted. */
const ownerIndexes: ReadonlySet<string> = new Set([
  'Image_articleId_position_idx',
  'Image_relatedLinkId_position_idx',
  'RelatedLink_sourceId_position_idx',
]);

/** The same of the owner's keys. */
const ofOwner = /\("articleId", "position"\)/u;

/** Indexes that are to be made; each is made once. */
export interface DeferredIndexes {
  /** To be told before so many articles are written. */
  expect(articles: number): Promise<void>;
  /** Those by which the parts of an article are found. */
  makeOwners(): Promise<void>;
  /** Adds one of the owner's keys to those that are to be made. */
  add(name: string, sql: string): Promise<void>;
  makeAll(onStep: (done: number, total: number) => void): Promise<void>;
}

/** From so many files on, indexes may be made after the rows rather than with them. */
const MANY_FILES = 1_000;
/** Of all articles, the part that must be read again for that: an index is made of all rows, changed or not. */
const MANY_OF_ALL = 1 / 4;

/**
 * How the articles' indexes are made in a sync.
 *
 * @param counts files to be read, and articles in the database
 * @param is isAnew: every article is written, as its model was another; isOtherFormat: the caller adds the indexes of the owner's keys
 */
export async function chooseIndexes(
  writer: Writer,
  tables: ContentTables,
  counts: { reads: number; articles: number },
  is: { isAnew: boolean; isOtherFormat: boolean },
): Promise<DeferredIndexes> {
  const { reads, articles } = counts;
  if (reads <= MANY_FILES || reads < articles * MANY_OF_ALL) return directIndexes(writer);
  if (articles > 0 && !writer.dialect.dropsIndexesInUse) return directIndexes(writer);
  if (articles > 0 && !is.isAnew) return deferLater(writer, tables);
  return deferIndexes(writer, tables, { forgetsOwn: is.isOtherFormat });
}

/** Makes indexes at once. */
export function directIndexes(writer: Writer): DeferredIndexes {
  return {
    async expect() {},
    async makeOwners() {},
    async makeAll() {},
    async add(_name, sql) {
      await writer.run(sql);
    },
  };
}

/**
 * Takes the articles' indexes away until many rows are written: sorted once, an index is made several times faster than
 * row by row. Inside of the caller's transaction, so that no reader ever misses one. Those of primary keys stay.
 *
 * @param forgetsOwn whether those of the owner's keys are not made again, as the caller adds those of another model
 * @param keepsOwners whether those stay by which the parts of an article are found
 */
async function deferIndexes(
  writer: Writer,
  { parts }: ContentTables,
  { forgetsOwn = false, keepsOwners = false } = {},
): Promise<DeferredIndexes> {
  const found = await writer.text(
    writer.dialect.selectIndexes,
    JSON.stringify([...articleTables.map(({ name }) => name), ...parts.map(({ name }) => name)]),
  );
  const indexes = new Map<string, string>(Object.entries(JSON.parse(found ?? '{}')));
  for (const name of ownerIndexes) if (!indexes.has(name)) throw new Error(`There is no index ${name}.`);
  const isOwn = (name: string) => name.startsWith('own ');
  const owners = new Set(
    [...indexes].flatMap(([name, sql]) =>
      ownerIndexes.has(name) || (isOwn(name) && ofOwner.test(sql)) ? [name] : [],
    ),
  );
  const isOwner = (name: string) => owners.has(name);
  if (keepsOwners) for (const name of owners) indexes.delete(name);
  for (const name of indexes.keys()) await writer.run(`DROP INDEX "${name}"`);
  if (forgetsOwn) for (const name of indexes.keys()) if (isOwn(name)) indexes.delete(name);
  const make = async (names: readonly string[], onStep?: (done: number, total: number) => void) => {
    for (const [done, name] of names.entries()) {
      onStep?.(done, names.length);
      const sql = indexes.get(name);
      indexes.delete(name);
      if (sql !== undefined) await writer.run(sql);
    }
    onStep?.(names.length, names.length);
  };
  return {
    async expect() {},
    makeOwners: () => make([...indexes.keys()].filter(isOwner)),
    async add(name, sql) {
      indexes.set(name, sql);
    },
    makeAll: (onStep) => make([...indexes.keys()], onStep),
  };
}

/** Articles that are written with their indexes before it is believed that many more follow: new times may be all that files have. */
const FIRST_CHANGES = 500;

/** The same for articles that are there already: their indexes are taken away when the first hundreds of them were changed. */
function deferLater(writer: Writer, tables: ContentTables): DeferredIndexes {
  const direct = directIndexes(writer);
  let deferred: DeferredIndexes | null = null;
  let written = 0;
  let isOver = false;
  return {
    async expect(articles) {
      // Articles that are read again for another slug or path come after all indexes were made.
      if (written >= FIRST_CHANGES && !isOver)
        deferred ??= await deferIndexes(writer, tables, { keepsOwners: true });
      written += articles;
    },
    makeOwners: async () => {},
    add: direct.add,
    async makeAll(onStep) {
      isOver = true;
      await deferred?.makeAll(onStep);
    },
  };
}
