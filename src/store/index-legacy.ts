import type { ArticleChange } from './apply-sync.ts';
import { recordChanges } from './record-version.ts';
import type { SyncReport } from './sync-report.ts';
import { type ArticleState, readArticleStates, readSyncMemory } from './sync-state.ts';
import type { Writer } from './writer.ts';

/** What a rebuilt index goes on with: the number of the last version and, if they could be read, the changes. */
export interface Legacy {
  number: number;
  /** How many articles that version had; 0 when it is not known. */
  articles: number;
  history: {
    historyFrom: number;
    articles: ReadonlyMap<string, ArticleState>;
    /** Rows of Change, as JSON. */
    changes: string;
  } | null;
}

const changeColumns = 'audience, articleId, slug, version, firstVersion, hiddenVersion, isRemoved';

/** Reads what can be read. Null when the old index was never filled. */
export async function readLegacy(old: Writer | null): Promise<Legacy | null> {
  const lost = { number: unknownNumber(), articles: 0, history: null };
  if (!old) return lost;
  try {
    const { version } = await readSyncMemory(old);
    if (!version) return null;
    const { number, historyFrom } = version;
    try {
      const articles = await readArticleStates(old);
      const changes = await old.text(`SELECT json_group_array(json_array(${changeColumns})) FROM Change`);
      return {
        number,
        articles: articles.size,
        history: { historyFrom, articles, changes: changes ?? '[]' },
      };
    } catch {
      return { number, articles: version.articles, history: null };
    }
  } catch {
    return lost;
  }
}

/** Seconds since 1970: no counter of versions has come that far, and a GraphQL Int still holds it. */
function unknownNumber(): number {
  return Math.floor(Date.now() / 1_000);
}

/** Gives the new index's only version the number after the old one's, and its changes. */
export async function writeLegacy(fresh: Writer, legacy: Legacy | null): Promise<SyncReport['version']> {
  const { version } = await readSyncMemory(fresh);
  if (!version || !legacy) return version;
  const number = legacy.number + 1;
  await fresh.run('BEGIN IMMEDIATE');
  await fresh.run('UPDATE ContentVersion SET number = ?', number);
  await fresh.run('UPDATE Problem SET version = ?', number);
  if (legacy.history) {
    const { historyFrom, articles, changes } = legacy.history;
    await fresh.run('DELETE FROM Change');
    const cells = changeColumns.split(', ').map((_, index) => `value ->> ${index}`);
    await fresh.run(
      `INSERT INTO Change (${changeColumns}) SELECT ${cells.join(', ')} FROM json_each(?)`,
      changes,
    );
    await recordChanges(fresh, number, compareArticles(articles, await readArticleStates(fresh)));
    await fresh.run('UPDATE SyncState SET historyFrom = ?', historyFrom);
  } else {
    await fresh.run('UPDATE Change SET version = ?1, firstVersion = ?1', number);
    await fresh.run('UPDATE SyncState SET historyFrom = ?', number);
  }
  await fresh.run('COMMIT');
  return { number, digest: version.digest, syncedAt: version.syncedAt };
}

function compareArticles(
  before: ReadonlyMap<string, ArticleState>,
  after: ReadonlyMap<string, ArticleState>,
): ArticleChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
    const [was, is] = [before.get(id) ?? null, after.get(id) ?? null];
    const { slug } = is ?? was ?? {};
    return slug === undefined || was?.digest === is?.digest ? [] : [{ id, slug, before: was, after: is }];
  });
}
