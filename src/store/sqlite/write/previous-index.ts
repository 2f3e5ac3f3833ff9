import { systemNow } from '../../../content/reading.ts';
import type { ContentVersionRow } from '../../content-version.ts';
import type { Writer } from '../../database/writer.ts';
import type { ArticleChange } from './apply-sync.ts';
import { recordChanges, recordVersion } from './record-version.ts';
import { type ArticleState, readArticleStates, readSyncMemory } from './sync-state.ts';

/** What a rebuilt index goes on with: the numbers of the last version and, if they could be read, the changes. */
export interface PreviousIndex {
  number: number;
  publicNumber: number;
  /** How many articles that version had; 0 when it is not known. */
  articles: number;
  history: {
    version: ContentVersionRow;
    articles: ReadonlyMap<string, ArticleState>;
    /** Rows of Change, as JSON. */
    changes: string;
  } | null;
}

const changeColumns = 'audience, articleId, slug, version, firstVersion, hiddenVersion, isRemoved';

/** Reads what can be read. Null when the old index was never filled. */
export async function readPreviousIndex(old: Writer | null): Promise<PreviousIndex | null> {
  const unknown = unknownNumber();
  const lost = { number: unknown, publicNumber: unknown, articles: 0, history: null };
  if (!old) return lost;
  try {
    const { version } = await readSyncMemory(old);
    if (!version) return null;
    const { number, publicNumber } = version;
    try {
      const articles = await readArticleStates(old);
      const changes = await old.text(`SELECT json_group_array(json_array(${changeColumns})) FROM Change`);
      return {
        ...{ number, publicNumber, articles: articles.size },
        history: { version, articles, changes: changes ?? '[]' },
      };
    } catch {
      return { number, publicNumber, articles: version.articles, history: null };
    }
  } catch {
    return lost;
  }
}

/** Seconds since 1970: no counter of versions has come that far, and a GraphQL Int still holds it. */
function unknownNumber(): number {
  return Math.floor(systemNow() / 1_000);
}

/**
 * Gives the new index's only version the number after the old one's, and its changes. To the public it is a new one only
 * where something differs for it, or the changes are not known.
 * @returns that version; null when there is nothing to go on with
 */
export async function continuePreviousIndex(
  fresh: Writer,
  previous: PreviousIndex | null,
): Promise<ContentVersionRow | null> {
  const { version: made } = await readSyncMemory(fresh);
  if (!made || !previous) return null;
  const old = previous.history?.version;
  const isSame = old?.publicDigest === made.publicDigest;
  const number = previous.number + 1;
  const publicNumber = previous.publicNumber + (isSame ? 0 : 1);
  const version = {
    ...made,
    ...{ number, publicNumber, publicSyncedAt: isSame ? old.publicSyncedAt : made.publicSyncedAt },
    historyFrom: old?.historyFrom ?? number,
    publicHistoryFrom: old?.publicHistoryFrom ?? publicNumber,
  };
  await fresh.run('BEGIN IMMEDIATE');
  await fresh.run('DELETE FROM ContentVersion');
  await recordVersion(fresh, version);
  await fresh.run('UPDATE Problem SET version = ?', number);
  if (previous.history) {
    await fresh.run('DELETE FROM Change');
    const cells = changeColumns.split(', ').map((_, index) => `value ->> ${index}`);
    await fresh.run(
      `INSERT INTO Change (${changeColumns}) SELECT ${cells.join(', ')} FROM json_each(?)`,
      previous.history.changes,
    );
    const changes = compareArticles(previous.history.articles, await readArticleStates(fresh));
    await recordChanges(fresh, { preview: number, public: publicNumber }, changes);
  } else {
    await fresh.run(
      `UPDATE Change SET version = n.number, firstVersion = n.number
       FROM (SELECT 'preview' AS audience, ?1 AS number UNION ALL SELECT 'public', ?2) AS n
       WHERE n.audience = Change.audience`,
      number,
      publicNumber,
    );
  }
  await fresh.run('COMMIT');
  return version;
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
