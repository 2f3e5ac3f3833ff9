import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import { linkContent } from '../../src/store/sqlite/write/link-content.ts';
import { clearTouched, touchArticles, touchKeys } from '../../src/store/sqlite/write/touched-keys.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { queryText } from './dump-content.ts';

let database: TestDatabase;
let folder: ContentFolder;
beforeEach(async () => {
  database = await createTestDatabase();
  folder = createContentFolder();
});
afterEach(() => {
  database.remove();
  folder.delete();
});

test('a link to an address that many articles share is compared with a hundred of them alone', async () => {
  const home = 'https://a.example/';
  const many = 160;
  for (let index = 0; index < many; index++) {
    const related = [{ title: 'Home', webUrl: home }];
    // All but one are hidden, and that one is among the hundred in any case.
    folder.write(`a${index}.md`, { title: 'A', webUrl: home, related, draft: index !== many - 1 });
  }
  await syncContent({ folder: folder.path, databaseUrl: database.url });
  const open = `a${many - 1}`;
  const met = `SELECT json_group_array(DISTINCT met.slug) FROM RelatedLink AS link
    JOIN Article AS own ON own.id = link.sourceId JOIN Article AS met ON met.id = link.articleId
    WHERE own.slug <> '${open}'`;
  expect(await queryText(database.url, met)).toBe(JSON.stringify([open]));
  const selfMet = 'SELECT count(*) FROM RelatedLink WHERE articleId IS NULL OR articleId = sourceId';
  expect(await queryText(database.url, selfMet)).toBe('0');

  // As when one of them is saved.
  const writer = await openWriter(database.url);
  try {
    const id = await writer.text('SELECT id FROM Article WHERE slug = ?', 'a7');
    const urls = await writer.text('SELECT json_group_array(DISTINCT urlKey) FROM RelatedLink');
    await clearTouched(writer);
    await touchKeys(writer, { urls: new Set<string>(JSON.parse(urls ?? '[]')) });
    await touchArticles(writer, [id ?? '']);
    await linkContent(writer);
    expect(await writer.text('SELECT count(*) FROM temp.touchedLink')).toBe(String(many));
    expect(
      await writer.text(
        'SELECT max(number) FROM (SELECT count(*) AS number FROM temp.candidate GROUP BY key)',
      ),
    ).toBe('100');
  } finally {
    await writer.close();
  }
});
