import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ContentFolder, createContentFolder } from '../store/content-folder.ts';
import { type ContentGateway, createContentGateway, post } from '../support/gateway.ts';
import { fill, wideTable } from '../text/hostile-markdown.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const MEGABYTE = 1024 * 1024;
const texts = {
  table: wideTable(1_000, 3_000),
  'larger-table': wideTable(2_000, 6_000),
  images: fill('![a](b)', MEGABYTE),
  lists: fill('- an ordinary item of a list\n', 4 * MEGABYTE - 1_000),
};

let folder: ContentFolder;
let content: ContentGateway;
beforeEach(async () => {
  folder = createContentFolder();
  for (const [name, body] of Object.entries(texts)) folder.write(`${name}.md`, { title: name }, body);
  content = await createContentGateway(folder.path, { DEADLINE_MS: '120000' });
});
afterEach(async () => {
  await content.close();
  folder.delete();
});

const ask = async (query: string) => (await post(content.gateway, { query })).json();

test('others are answered while texts that take long are rendered', async () => {
  await ask('{ articles { totalCount } }');
  let rendered = 0;
  const all = Promise.all(
    Object.keys(texts).map(async (slug) => {
      const { data, errors } = await ask(`{ article(slug: "${slug}") { html wordCount } }`);
      rendered += 1;
      return { slug, errors, length: data.article.html.length, words: data.article.wordCount };
    }),
  );
  let answers = 0;
  let meanwhile = 0;
  while (rendered < Object.keys(texts).length) {
    answers += 1;
    const { data } = await ask(`{ a${answers}: articles { totalCount } }`);
    expect(data).toEqual({ [`a${answers}`]: { totalCount: 4 } });
    if (rendered < Object.keys(texts).length) meanwhile += 1;
  }
  // A turn of the event loop for each; were the texts rendered in such turns, there would be one or two for each.
  expect(meanwhile).toBeGreaterThan(20);
  for (const { slug, errors, length, words } of await all) {
    expect([slug, errors]).toEqual([slug, undefined]);
    expect([slug, length > 1_000, length < 16 * MEGABYTE]).toEqual([slug, true, true]);
    expect([slug, words > 1_000]).toEqual([slug, true]);
  }
});
