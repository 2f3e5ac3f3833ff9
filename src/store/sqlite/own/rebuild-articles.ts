import type { Writer } from '../../database/writer.ts';
import { quoted } from './quoted.ts';

// No key's table begins so, whatever the key is called: SQLite ignores case.
const TEMPORARY = quoted('rebuilt.Article');

/**
 * Takes columns out of Article, and adds others, in one pass over its rows: `ALTER TABLE … DROP COLUMN` makes one pass
 * for each column. Follows https://www.sqlite.org/lang_altertable.html#otheralter, so foreign keys must not be enforced
 * by the connection, as dropping the old table would delete all that refers to it.
 *
 * @param dropped names of columns
 * @param added columns by name, each with its type and constraints
 */
export async function rebuildArticles(
  writer: Writer,
  dropped: readonly string[],
  added: ReadonlyMap<string, string>,
): Promise<void> {
  const sql = await writer.text(`SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'Article'`);
  const names = await list<string>(writer, `SELECT json_group_array(name) FROM pragma_table_info('Article')`);
  const indexes = await list<string>(
    writer,
    `SELECT json_group_array(sql) FROM sqlite_master
     WHERE type = 'index' AND tbl_name = 'Article' AND sql IS NOT NULL`,
  );
  const gone = new Set(dropped.map(quoted));
  const parts = splitDefinitions(sql ?? '');
  const columns = parts.filter(
    (part) => part.startsWith('"') && !gone.has(part.slice(0, part.indexOf('" ') + 1)),
  );
  const constraints = parts.filter((part) => !part.startsWith('"'));
  const additions = [...added].map(([name, definition]) => `${quoted(name)} ${definition}`);
  await writer.run(`CREATE TABLE ${TEMPORARY} (${[...columns, ...additions, ...constraints].join(', ')})`);
  const kept = names.map(quoted).filter((name) => !gone.has(name));
  await writer.run(
    `INSERT INTO ${TEMPORARY} (rowid, ${kept.join(', ')}) SELECT rowid, ${kept.join(', ')} FROM Article`,
  );
  await writer.run('DROP TABLE Article');
  await writer.run(`ALTER TABLE ${TEMPORARY} RENAME TO Article`);
  for (const index of indexes) await writer.run(index);
}

async function list<T>(writer: Writer, sql: string): Promise<T[]> {
  return JSON.parse((await writer.text(sql)) ?? '[]');
}

/** The columns and constraints of a CREATE TABLE, which commas part that are in no quotes or brackets. */
function splitDefinitions(sql: string): string[] {
  const parts: string[] = [];
  const body = sql.slice(sql.indexOf('(') + 1, sql.lastIndexOf(')'));
  let start = 0;
  let depth = 0;
  for (const { 0: token, index } of body.matchAll(/"(?:[^"]|"")*"|'(?:[^']|'')*'|[(),]/gu)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    else if (token === ',' && depth === 0) {
      parts.push(body.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...parts, body.slice(start).trim()];
}
