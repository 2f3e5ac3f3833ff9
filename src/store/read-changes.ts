import type { DatabaseReader } from './clients.ts';
import type { ChangedKeys } from './sync-report.ts';

/** At most this many keys of a kind, as in a sync's report. */
const keyLimit = 1_000;

/**
 * What a version and those before it changed, told from the database alone: for syncs that another process made.
 * @param since the last version that is known; null when nothing is, which gives no keys
 * @returns the articles, with the providers and topics that they have now. Those that they had before are not known,
 * so that the keys always count as cut. The severity of each problem there is.
 */
export async function readChanges(
  reader: Pick<DatabaseReader, 'readText'>,
  since: number | null,
): Promise<{ changedKeys: ChangedKeys; problems: { severity: string }[] }> {
  const severities = await reader.readText(selectSeverities, [], aside);
  const problems = (JSON.parse(severities ?? '[]') as string[]).map((severity) => ({ severity }));
  if (since === null) {
    return { changedKeys: { articles: [], providers: [], topics: [], isCut: true }, problems };
  }
  const keys = await reader.readText(selectKeys, [since], aside);
  return { changedKeys: { ...JSON.parse(keys ?? '{}'), isCut: true }, problems };
}

/** They may look at all that there is. */
const aside = { isBounded: false };

const selectSeverities = 'SELECT json_group_array(severity) AS data FROM Problem';

const changed = `SELECT articleId FROM Change WHERE audience = 'preview' AND version > ?1`;

const list = (sql: string) =>
  `(SELECT json_group_array(name) FROM (SELECT DISTINCT ${sql} ORDER BY name LIMIT ${keyLimit}))`;

const selectKeys = `
  SELECT json_object(
    'articles', ${list(`slug AS name FROM Change WHERE audience = 'preview' AND version > ?1`)},
    'providers', ${list(`coalesce(domain, name) AS name FROM Provider WHERE coalesce(domain, name) <> '' AND id IN (
      SELECT providerId FROM Article WHERE id IN (${changed})
      UNION SELECT providerId FROM RelatedLink WHERE sourceId IN (${changed}))`)},
    'topics', ${list(`slug AS name FROM Topic WHERE id IN (
      SELECT topicId FROM ArticleTopic WHERE articleId IN (${changed}))`)}) AS data`;
