import { openWriter } from '../../src/store/sqlite/file/writer.ts';

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
  const writer = await openWriter(url, 5_000);
  try {
    const lines: string[] = [];
    for (const table of tables) {
      const names: string[] = JSON.parse(
        (await writer.text(`SELECT json_group_array(name) FROM pragma_table_info('${table}')`)) ?? '[]',
      );
      const columns = names.filter((name) => !volatile.has(name));
      const pairs = columns.map((name) => `'${name}', "${name}"`).join(', ');
      const rows: unknown[] = JSON.parse(
        (await writer.text(`SELECT json_group_array(json_object(${pairs})) FROM "${table}"`)) ?? '[]',
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
      `ContentVersion ${counts}`,
      `HiddenCount ${await writer.text('SELECT json_group_array(json_array(reason, position, articles)) FROM (SELECT * FROM HiddenCount ORDER BY position)')}`,
      `SyncState ${await writer.text('SELECT problemsDigest FROM SyncState')}`,
    );
    const broken = await writer.text('SELECT count(*) FROM pragma_foreign_key_check');
    if (broken !== '0') lines.push(`${broken} foreign keys lead nowhere`);
    return lines;
  } finally {
    await writer.close();
  }
}

/** One value by SQL. */
export async function queryText(url: string, sql: string): Promise<string | null> {
  const writer = await openWriter(url, 5_000);
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
