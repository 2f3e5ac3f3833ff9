import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { rebuildIndex } from '../../src/store/sync/rebuild-index.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase } from '../support/database.ts';
import { createPostgresqlIndex, createTestPostgresql, postgresqlServer } from '../support/postgresql.ts';
import { compareOwnWithRebuild } from './compare-own-with-rebuild.ts';
import { compareWithRebuild } from './compare-with-rebuild.ts';
import { createContentFolder } from './content-folder.ts';
import { dumpContent, readRows } from './dump-content.ts';
import { killSyncs } from './kill-sync.ts';
import { createRandom } from './random-edits.ts';
import { startSyncChild } from './run-child.ts';

const isThere = (await postgresqlServer()) !== null;

/** The change feed, and the versions but for their times. */
async function dumpFeed(url: string): Promise<unknown> {
  const writer = await openStore(url).openWriter();
  try {
    const changes = (await readRows(writer, 'Change')).map((row) => JSON.stringify(row)).sort();
    const versions = await readRows(writer, 'ContentVersion');
    return {
      changes,
      versions: versions.map(({ syncedAt: _, publicSyncedAt: __, ...row }) => row),
    };
  } finally {
    await writer.close();
  }
}

test.skipIf(!isThere)(
  'both databases hold the same, and tell the same of each sync',
  async () => {
    const folder = createContentFolder();
    const file = await createTestDatabase();
    const postgresql = await createPostgresqlIndex();
    const now = () => Date.UTC(2026, 0, 1);
    const sync = async (options: { force?: boolean } = {}) => {
      const reports = [];
      for (const databaseUrl of [file.url, postgresql.url]) {
        const report = await syncContent({ folder: folder.path, databaseUrl, now, ...options });
        reports.push({ ...report, ms: 0 });
      }
      expect(reports[1]).toEqual(reports[0]);
      expect(await dumpContent(postgresql.url)).toEqual(await dumpContent(file.url));
      expect(await dumpFeed(postgresql.url)).toEqual(await dumpFeed(file.url));
      return reports[1];
    };
    try {
      folder.write('a.md', {
        title: 'A',
        webUrl: 'https://site.example/a',
        topics: ['Ö', 'x'],
        images: ['https://i.example/1.png'],
      });
      folder.write('b.md', {
        title: 'B',
        related: [{ title: 'a', webUrl: 'https://site.example/a' }],
        published: false,
      });
      folder.write('c.md', { title: 'C', publishedAt: '2030-01-01', topics: ['X'] });
      expect(await sync()).toMatchObject({ created: 3, changed: true });
      expect(await sync()).toMatchObject({ unchanged: 3, changed: false });
      folder.write('b.md', { title: 'B', related: [{ title: 'a', webUrl: 'https://site.example/a' }] });
      folder.write('d.md', { title: ['no'], heat: 'hot' });
      expect(await sync()).toMatchObject({ updated: 1 });
      folder.write('a.md', { title: 'A', published: false });
      await sync({ force: true });
      for (const name of ['a.md', 'b.md', 'd.md']) folder.remove(name);
      expect(await sync()).toMatchObject({ refusal: { reason: 'mass-removal' } });
    } finally {
      await postgresql.remove();
      file.remove();
      folder.delete();
    }
  },
  60_000,
);

test.skipIf(!isThere)(
  'after any edits PostgreSQL holds what a new index does: 8 random sequences',
  async () => {
    const first = Math.floor(Math.random() * 2 ** 31);
    process.stderr.write(`postgresql-sync: seeds ${first} to ${first + 7}\n`);
    for (let seed = first; seed < first + 4; seed++) await compareWithRebuild(seed, 6, createPostgresqlIndex);
    for (let seed = first + 4; seed < first + 8; seed++)
      await compareOwnWithRebuild(seed, 6, createPostgresqlIndex);
    expect.hasAssertions();
  },
  240_000,
);

test.skipIf(!isThere)(
  'of two syncs at once one writes, and the other waits or says so',
  async () => {
    const folder = createContentFolder();
    const { url, remove } = await createPostgresqlIndex();
    const holder = await openStore(url).openWriter();
    try {
      folder.write('a.md', { title: 'A' });
      await holder.begin();
      const options = { folder: folder.path, databaseUrl: url };
      await expect(syncContent(options)).rejects.toMatchObject({ code: 'SYNC_BUSY' });
      await expect(syncContent({ ...options, wait: 100 })).rejects.toMatchObject({ code: 'SYNC_BUSY' });
      const waiting = syncContent({ ...options, wait: 30_000 });
      await holder.rollback();
      expect(await waiting).toMatchObject({ created: 1 });
      // A writer that is gone holds nobody up.
      await holder.begin();
      await holder.close();
      expect(await syncContent({ ...options, wait: 30_000 })).toMatchObject({ unchanged: 1 });
    } finally {
      await remove();
      folder.delete();
    }
  },
  60_000,
);

test.skipIf(!isThere)(
  'a rebuild in which no file is another leaves all links where they led',
  async () => {
    const folder = createContentFolder();
    const { url, remove } = await createPostgresqlIndex();
    try {
      folder.write('a.md', { title: 'A', webUrl: 'https://site.example/a' });
      folder.write('b.md', { title: 'B', related: [{ title: 'a', webUrl: 'https://site.example/a' }] });
      await syncContent({ folder: folder.path, databaseUrl: url });
      const before = await dumpContent(url);
      expect(before.join('\n')).toMatch(/"publicArticleId":"a_/u);
      await rebuildIndex({ folder: folder.path, databaseUrl: url });
      expect(await dumpContent(url)).toEqual(before);
    } finally {
      await remove();
      folder.delete();
    }
  },
  60_000,
);

test.skipIf(!isThere)(
  'a dry run leaves no trace, and a rebuild writes every row again',
  async () => {
    const folder = createContentFolder();
    const { url, query, remove } = await createPostgresqlIndex();
    try {
      folder.write('a.md', { title: 'A' });
      const options = { folder: folder.path, databaseUrl: url };
      expect(await syncContent({ ...options, dryRun: true })).toMatchObject({ created: 1, changed: true });
      expect(await query('SELECT 1 FROM "Article"')).toEqual([]);
      await syncContent(options);
      await query(`UPDATE "Article" SET title = 'spoilt'`);
      expect(await syncContent(options)).toMatchObject({ changed: false });
      await rebuildIndex(options);
      expect(await query('SELECT title FROM "Article"')).toEqual([{ title: 'A' }]);
    } finally {
      await remove();
      folder.delete();
    }
  },
  60_000,
);

test.skipIf(!isThere)(
  'a sync killed at any moment leaves the old content or the new: 6 times',
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    process.stderr.write(`postgresql-sync: kills by seed ${seed}\n`);
    const outcomes = await killSyncs(6, createRandom(seed), createPostgresqlIndex);
    process.stderr.write(`postgresql-sync: ${outcomes.old} old, ${outcomes.new} new\n`);
    expect(outcomes.old + outcomes.new).toBe(6);
  },
  240_000,
);

test.skipIf(!isThere)(
  'ten that start at once on an empty database make one index',
  async () => {
    const folder = createContentFolder();
    const { url, query, remove } = await createTestPostgresql();
    try {
      for (let index = 0; index < 20; index++) folder.write(`${index}.md`, { title: `T${index}` });
      const starts = Array.from({ length: 10 }, () => startSyncChild(folder.path, url, { mode: 'start' }));
      const outcomes = await Promise.all(starts.map(({ ended }) => ended));
      expect(outcomes.filter((outcome) => outcome?.changed === true)).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome?.changed === false)).toHaveLength(9);
      expect(await query('SELECT count(*)::int AS count FROM "ContentVersion"')).toEqual([{ count: 1 }]);
    } finally {
      await remove();
      folder.delete();
    }
  },
  240_000,
);
