import { articleTables } from '../../../model/tables/content-tables.ts';
import type { Writer } from '../file/writer.ts';
import type { ContentTables } from '../own/content-tables.ts';

/** By these an article's parts are found: needed early when a second file of its slug turns out to be the first. */
const ownerIndexes: ReadonlySet<string> = new Set([
  'Image_articleId_position_idx',
  'Image_relatedLinkId_position_idx',
  'RelatedLink_sourceId_position_idx',
]);

/** Indexes that are to be made; each is made once. */
export interface DeferredIndexes {
  /** Those by which the parts of an article are found. */
  makeOwners(): Promise<void>;
  /** Adds one of the owner's keys to those that are to be made. */
  add(name: string, sql: string): Promise<void>;
  makeAll(onStep: (done: number, total: number) => void): Promise<void>;
}

/** Makes indexes at once. */
export function directIndexes(writer: Writer): DeferredIndexes {
  return {
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
 */
export async function deferIndexes(
  writer: Writer,
  { parts }: ContentTables,
  forgetsOwn = false,
): Promise<DeferredIndexes> {
  const found = await writer.text(
    `SELECT json_group_object(name, sql) FROM sqlite_master
     WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN (SELECT value FROM json_each(?))`,
    JSON.stringify([...articleTables.map(({ name }) => name), ...parts.map(({ name }) => name)]),
  );
  const indexes = new Map<string, string>(Object.entries(JSON.parse(found ?? '{}')));
  for (const name of ownerIndexes) if (!indexes.has(name)) throw new Error(`There is no index ${name}.`);
  for (const name of indexes.keys()) await writer.run(`DROP INDEX "${name}"`);
  const isOwn = (name: string) => name.startsWith('own ');
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
    makeOwners: () =>
      make([
        ...ownerIndexes,
        ...[...indexes.keys()].filter((name) => isOwn(name) && name.endsWith(': articleId, position')),
      ]),
    async add(name, sql) {
      indexes.set(name, sql);
    },
    makeAll: (onStep) => make([...indexes.keys()], onStep),
  };
}
