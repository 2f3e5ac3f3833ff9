import { expect } from 'vitest';
import { isPostgresql } from '../../src/store/open-store.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase } from '../support/database.ts';
import { createContentFolder } from './content-folder.ts';
import { dumpContent, queryText } from './dump-content.ts';
import { createRandom, createRandomEdits } from './random-edits.ts';

/** The index that follows the edits; the others are in files. */
export interface FollowedIndex {
  url: string;
  remove(): void | Promise<void>;
}

/**
 * One sequence of random batches of edits. After each, the database that followed them must equal one made from
 * nothing, row by row in every table.
 */
export async function compareWithRebuild(
  seed: number,
  batches = 6,
  createFollowed: () => Promise<FollowedIndex> = createTestDatabase,
): Promise<void> {
  const folder = createContentFolder();
  const followed = await createFollowed();
  const random = createRandom(seed ^ 0x5eed);
  try {
    const edits = createRandomEdits(folder, seed, { bad: seed % 2 === 0 });
    for (let batch = 0; batch < batches; batch++) {
      edits.change();
      const options = { folder: folder.path, allowMassRemoval: true };
      await syncContent({ ...options, databaseUrl: followed.url, force: random() < 0.1 });
      if (edits.turnedBad.size > 0) continue;
      const rebuilt = await createTestDatabase();
      try {
        await syncContent({ ...options, databaseUrl: rebuilt.url });
        const rows = await dumpContent(followed.url);
        expect(rows, `seed ${seed}, batch ${batch}`).toEqual(await dumpContent(rebuilt.url));
      } finally {
        rebuilt.remove();
      }
      if (!isPostgresql(followed.url)) {
        expect(await queryText(followed.url, 'PRAGMA integrity_check')).toBe('ok');
      }
    }
  } finally {
    await followed.remove();
    folder.delete();
  }
}
