import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import { isPostgresql, openStore } from '../../src/store/open-store.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase } from '../support/database.ts';
import type { FollowedIndex } from './compare-with-rebuild.ts';
import { createContentFolder } from './content-folder.ts';
import { queryText } from './dump-content.ts';
import { startSyncChild } from './run-child.ts';

const files = 150;

/**
 * Kills a syncing process at random moments. Whatever the moment, the database has the old or the new content, is
 * sound, and the next sync finishes.
 * @returns how many kills left the old content, and how many came after the new was there
 */
export async function killSyncs(
  times: number,
  random: () => number,
  createIndex: () => Promise<FollowedIndex> = createTestDatabase,
): Promise<{ old: number; new: number }> {
  const folder = createContentFolder();
  const database = await createIndex();
  const outcomes = { old: 0, new: 0 };
  try {
    let generation = 0;
    const digests: string[] = [];
    const write = (marker: number) => {
      for (let index = 0; index < files; index++) {
        const related = [{ title: 'Next', webUrl: `https://site.example/${(index + marker) % files}` }];
        folder.write(`${index}.md`, {
          title: `G${marker}`,
          webUrl: `https://site.example/${index}`,
          topics: [`t${marker}`],
          related,
        });
      }
    };
    for (const marker of [0, 1]) {
      const clean = await createTestDatabase();
      write(marker);
      digests.push(
        (await syncContent({ folder: folder.path, databaseUrl: clean.url })).version?.digest ?? '',
      );
      clean.remove();
    }
    write(0);
    let { ms: duration } = await syncContent({ folder: folder.path, databaseUrl: database.url });
    for (let time = 0; time < times; time++) {
      const next = 1 - generation;
      write(next);
      const child = startSyncChild(folder.path, database.url);
      await child.ready;
      // A first sync in a process takes longer than one in this warm one.
      await sleep(random() * duration * 3);
      child.kill();
      await child.ended;

      await openStore(database.url).migrate();
      const digest = await queryText(
        database.url,
        'SELECT digest FROM ContentVersion ORDER BY number DESC LIMIT 1',
      );
      expect([digests[generation], digests[next]], `kill ${time}`).toContain(digest);
      outcomes[digest === digests[next] ? 'new' : 'old'] += 1;
      const titles = await queryText(database.url, 'SELECT json_group_array(DISTINCT title) FROM Article');
      expect(titles, `kill ${time}`).toBe(`["G${digests.indexOf(digest ?? '')}"]`);
      if (!isPostgresql(database.url)) {
        expect(await queryText(database.url, 'PRAGMA integrity_check')).toBe('ok');
      }
      // A server may not know yet that the process is gone.
      const report = await syncContent({ folder: folder.path, databaseUrl: database.url, wait: 10_000 });
      expect(report.version?.digest, `after kill ${time}`).toBe(digests[next]);
      if (report.changed) duration = (duration + report.ms) / 2;
      generation = next;
    }
    return outcomes;
  } finally {
    await database.remove();
    folder.delete();
  }
}
