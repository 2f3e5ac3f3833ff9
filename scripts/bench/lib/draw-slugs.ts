import Database from 'libsql';

/** Slugs of public articles from all over the content; the same database gives the same ones. */
export function drawSlugs(databaseFile: string, count: number): string[] {
  const database = new Database(databaseFile, { readonly: true });
  const rows = database
    .prepare('SELECT slug FROM Article WHERE published = 1 ORDER BY id LIMIT ?')
    .raw(true)
    .all(count) as Array<[string]>;
  database.close();
  return rows.map(([slug]) => slug);
}
