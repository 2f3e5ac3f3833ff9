import type { PrismaClient } from './clients.ts';
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
  reader: Pick<PrismaClient, '$queryRawUnsafe'>,
  since: number | null,
): Promise<{ changedKeys: ChangedKeys; problems: { severity: string }[] }> {
  const problems = await reader.$queryRawUnsafe<{ severity: string }[]>('SELECT severity FROM Problem');
  if (since === null) {
    return { changedKeys: { articles: [], providers: [], topics: [], isCut: true }, problems };
  }
  const [row] = await reader.$queryRawUnsafe<{ keys: string }[]>(selectKeys, since);
  return { changedKeys: { ...JSON.parse(row?.keys ?? '{}'), isCut: true }, problems };
}

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
      SELECT topicId FROM ArticleTopic WHERE articleId IN (${changed}))`)}) AS keys`;
