import type { Writer } from '../../src/store/database/writer.ts';
import { isPostgresql, openStore } from '../../src/store/open-store.ts';

const tables = [
  'Article',
  'ArticleText',
  'Provider',
  'Topic',
  'ArticleAlias',
  'ArticleTopic',
  'Category',
  'ArticleCategory',
  'Image',
  'RelatedLink',
  'SourceFile',
  'Problem',
] as const;

/** Left out: what depends on when a file was read. */
const volatile = new Set(['mtimeMs', 'isSettled', 'version']);

/** Every row of every content table, sorted, as one line of JSON each, headed by its table. */
export async function dumpContent(url: string): Promise<string[]> {
  const writer = await openStore(url).openWriter(5_000);
  try {
    const lines: string[] = [];
    for (const table of tables) {
      const rows = (await readRows(writer, table)).map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !volatile.has(name))),
      );
      lines.push(...rows.map((row) => `${table} ${JSON.stringify(row)}`).sort());
    }
    const counts = await writer.text(
      `SELECT json_object('digest', digest, 'publicDigest', publicDigest, 'articles', articles, 'publicArticles', publicArticles, 'providers', providers,
         'publicProviders', publicProviders, 'topics', topics, 'publicTopics', publicTopics, 'categories', categories, 'publicCategories', publicCategories, 'images', images,
         'publicImages', publicImages, 'relatedLinks', relatedLinks, 'publicRelatedLinks', publicRelatedLinks)
       FROM ContentVersion ORDER BY number DESC LIMIT 1`,
    );
    lines.push(
      `ContentVersion ${compact(counts)}`,
      `HiddenCount ${compact(await writer.text('SELECT json_group_array(json_array(reason, position, articles)) FROM (SELECT * FROM HiddenCount ORDER BY position) AS known'))}`,
      `SyncState ${await writer.text('SELECT problemsDigest FROM SyncState')}`,
    );
    // PostgreSQL holds to them always.
    if (isPostgresql(url)) return lines;
    const broken = await writer.text('SELECT count(*) FROM pragma_foreign_key_check');
    if (broken !== '0') lines.push(`${broken} foreign keys lead nowhere`);
    return lines;
  } finally {
    await writer.close();
  }
}

/** Rows of a table as they are, in no order. */
export async function readRows(writer: Writer, table: string): Promise<Record<string, unknown>[]> {
  if (writer.dialect.rowKey === 'ctid') {
    return JSON.parse(
      (await writer.text(`SELECT json_agg(row_to_json(its)) FROM "${table}" AS its`)) ?? '[]',
    );
  }
  const names: string[] = JSON.parse(
    (await writer.text(`SELECT json_group_array(name) FROM pragma_table_info('${table}')`)) ?? '[]',
  );
  // Arrays, as an object can have too few columns.
  const rows: unknown[][] = JSON.parse(
    (await writer.text(
      `SELECT json_group_array(json_array(${names.map((name) => `"${name}"`).join(', ')})) FROM "${table}"`,
    )) ?? '[]',
  );
  return rows.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]])));
}

/** JSON without blanks; an empty list of a group that has no rows. */
function compact(json: string | null): string {
  return JSON.stringify(JSON.parse(json ?? '[]'));
}

/** One value by SQL. */
export async function queryText(url: string, sql: string): Promise<string | null> {
  const writer = await openStore(url).openWriter(5_000);
  try {
    return await writer.text(sql);
  } finally {
    await writer.close();
  }
}

/** Rows by SQL that gives one JSON array. */
export async function queryJson<T>(url: string, sql: string): Promise<T> {
  return JSON.parse((await queryText(url, sql)) ?? 'null');
}
