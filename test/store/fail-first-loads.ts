import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase } from '../support/database.ts';
import { createContentFolder } from './content-folder.ts';
import { queryText } from './dump-content.ts';
import { createRandom } from './random-edits.ts';
import { startSyncChild } from './run-child.ts';

/** So many that two threads load them and the indexes are made last. */
const files = 2_000;

const indexes = `SELECT group_concat(name) FROM (SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name)`;

/**
 * Lets the first load of many files fail at random moments: killed, or out of disk. Whatever the moment, the database
 * is empty with all its indexes or has all of the content, is sound, and the next load finishes.
 * @returns how many failures left it empty, and how many came too late
 */
async function failFirstLoads(
  how: 'kill' | 'full disk',
  times: number,
  random: () => number,
): Promise<{ old: number; new: number }> {
  const folder = createContentFolder();
  const whole = await createTestDatabase();
  const outcomes = { old: 0, new: 0 };
  try {
    for (let index = 0; index < files; index++) {
      const webUrl = `https://site.example/${index}`;
      const related = [{ title: 'Next', webUrl: `https://site.example/${(index + 1) % files}` }];
      // Every tenth slug is claimed twice, the second time by the smaller path.
      const slug = index % 10 === 9 ? `s-${index - 1}` : `s-${index}`;
      folder.write(`${files - index}.md`, { title: `T${index}`, slug, webUrl, topics: ['t'], related });
    }
    const allIndexes = await queryText(whole.url, indexes);
    const { version, ms } = await syncContent({ folder: folder.path, databaseUrl: whole.url });
    for (let time = 0; time < times; time++) {
      const database = await createTestDatabase();
      const empty = statSync(database.file).size;
      const room = Math.ceil((empty + random() * 1.2 * statSync(whole.file).size) / 512);
      const shell = how === 'full disk' ? { shell: `trap '' XFSZ; ulimit -f ${room}` } : {};
      const child = startSyncChild(folder.path, database.url, shell);
      await child.ready;
      if (how === 'kill') {
        await sleep(random() * ms * 1.5);
        child.kill();
      }
      const ended = await child.ended;
      const digest = await queryText(database.url, 'SELECT digest FROM ContentVersion');
      expect([null, version?.digest], `${how} ${time}`).toContain(digest);
      if (how === 'full disk' && digest === null) expect(ended).toMatchObject({ code: 'DISK_FULL' });
      outcomes[digest === null ? 'old' : 'new'] += 1;
      const articles = await queryText(database.url, 'SELECT count(*) FROM Article');
      expect(articles, `${how} ${time}`).toBe(digest === null ? '0' : String(files));
      expect(await queryText(database.url, indexes)).toBe(allIndexes);
      expect(await queryText(database.url, 'PRAGMA integrity_check')).toBe('ok');
      const report = await syncContent({ folder: folder.path, databaseUrl: database.url });
      expect(report.version?.digest, `after ${how} ${time}`).toBe(version?.digest);
      database.remove();
    }
    return outcomes;
  } finally {
    whole.remove();
    folder.delete();
  }
}

/** The test of failing so many times each way. */
export function testFirstLoads(times: number): void {
  test.each(['kill', 'full disk'] as const)(
    `a first load that fails at any moment leaves nothing or all: %s, ${times} times`,
    async (how) => {
      const seed = Math.floor(Math.random() * 2 ** 31);
      process.stderr.write(`fail-first-loads: ${how}, seed ${seed}\n`);
      const outcomes = await failFirstLoads(how, times, createRandom(seed));
      process.stderr.write(`fail-first-loads: ${how}, ${outcomes.old} old, ${outcomes.new} new\n`);
      expect(outcomes.old + outcomes.new).toBe(times);
    },
    1_800_000,
  );
}
