import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createGateway } from '../../src/server/create-gateway.ts';
import { listen } from '../../src/server/listen.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { startSyncThread } from '../../src/store/watch/sync-thread.ts';
import { createTestDatabase } from '../support/database.ts';
import { testConfig } from '../support/gateway.ts';

const syncs = 100;
const articles = Array.from({ length: 10 }, (_, at) => `piece-${at}`);
const titlesOf = (body: string) => [...body.matchAll(/"title":"([^"]*)"/g)].map(([, title]) => title);

const list = '{ articles(first: 10) { edges { node { title topics { title: name } } } } }';
const aliases = `{ ${articles.map((slug, at) => `a${at}: article(slug: "${slug}") { title }`).join(' ')} }`;
/** The same to the reader, and another request to every cache. */
const fresh = (query: string, at: number) => query.replaceAll('title }', `title n${at}: title }`);

it('answers each request from one version, whatever syncs meanwhile', { timeout: 120_000 }, async () => {
  const database = await createTestDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'content-'));
  const write = (generation: number) => {
    for (const slug of articles) {
      writeFileSync(
        join(folder, `${slug}.md`),
        `---\ntitle: G${generation}\ntopics: [G${generation}]\n---\n`,
      );
    }
  };
  const thread = startSyncThread();
  const order = { folder, databaseUrl: database.url };
  write(0);
  await thread.sync(order);
  const reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  await versions.refresh();
  const config = testConfig({ MAX_CONCURRENCY: '64', MAX_QUEUE: '1000' });
  const gateway = createGateway({ db: { reader, versions }, config });
  const { port, close } = await listen(gateway, { host: '127.0.0.1', port: 0, graceMs: 1_000 });

  const mixed: string[] = [];
  const seen = new Set<string | undefined>();
  let answers = 0;
  let isDone = false;
  async function read(request: (at: number) => string): Promise<void> {
    for (let at = 0; !isDone; at += 1) {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: request(at) }),
      });
      const body = await response.text();
      const titles = titlesOf(body);
      answers += 1;
      if (titles.length < articles.length || new Set(titles).size > 1) mixed.push(body);
      seen.add(titles[0]);
    }
  }

  try {
    const readers = [
      () => list,
      () => aliases,
      (at: number) => fresh(list, at),
      (at: number) => fresh(aliases, at),
    ];
    const reading = Promise.all(readers.map(read));
    try {
      for (let generation = 1; generation <= syncs; generation += 1) {
        write(generation);
        await thread.sync(order);
      }
    } finally {
      isDone = true;
      await reading;
    }
    expect(mixed).toEqual([]);
    expect(seen.size).toBeGreaterThan(syncs / 4);
    expect(answers).toBeGreaterThan(2 * syncs);
  } finally {
    await close();
    await thread.close();
    versions.close();
    await reader.close();
    database.remove();
    rmSync(folder, { recursive: true });
  }
});
