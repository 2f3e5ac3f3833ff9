import { tableColumns } from './encode-article.ts';
import type { Writer } from './writer.ts';

/** By these an article's parts are found, when a second file of its slug turns out to be the first. */
const kept = [
  'Image_articleId_position_idx',
  'Image_relatedLinkId_position_idx',
  'RelatedLink_sourceId_position_idx',
];

/**
 * Takes the articles' indexes away until many rows are written: sorted once, an index is made several times faster than
 * row by row. Inside of the caller's transaction, so that no reader ever misses one. Those of a UNIQUE stay.
 * @returns makes the indexes again
 */
export async function deferIndexes(writer: Writer): Promise<() => Promise<void>> {
  const found = await writer.text(
    `SELECT json_group_array(json_array(name, sql)) FROM sqlite_master
     WHERE type = 'index' AND sql LIKE 'CREATE INDEX %' AND tbl_name IN (SELECT value FROM json_each(?))
       AND name NOT IN (SELECT value FROM json_each(?))`,
    JSON.stringify(Object.keys(tableColumns)),
    JSON.stringify(kept),
  );
  const indexes: [name: string, sql: string][] = JSON.parse(found ?? '[]');
  for (const [name] of indexes) await writer.run(`DROP INDEX "${name}"`);
  return async () => {
    for (const [, sql] of indexes) await writer.run(sql);
  };
}
