import { describeAliasTaken, describeDuplicateAlias } from '../../content/problems/describe-duplicate.ts';
import type { Problem } from '../../content/problems/problem.ts';
import { compareCodePoints } from '../../text/compare-code-points.ts';
import type { Writer } from '../database/writer.ts';
import type { Ledger } from './ledger.ts';

interface TakenAlias {
  alias: string;
  problem: Problem;
}

/** The problems of files of which an alias is another's, as explainClaims has them: of each file the first by code point. */
export async function findTakenAliases(writer: Writer, { files, holders }: Ledger): Promise<Problem[]> {
  const taken = new Map<string, TakenAlias>();
  const note = (path: string, its: TakenAlias) => {
    const first = taken.get(path);
    if (first === undefined || compareCodePoints(its.alias, first.alias) < 0) taken.set(path, its);
  };
  for (const [articleId, alias, owner] of await readPaths(writer)) {
    const [path, other] = [holders.get(articleId), holders.get(owner)];
    if (path !== undefined && other !== undefined)
      note(path, { alias, problem: describeAliasTaken(path, alias, other) });
  }
  for (const [alias, articleIds] of await readShared(writer)) {
    const [first, ...others] = articleIds.flatMap((id) => holders.get(id) ?? []).sort(compareCodePoints);
    if (first === undefined) continue;
    for (const path of others) note(path, { alias, problem: describeDuplicateAlias(path, alias, first) });
  }
  return [...taken].flatMap(([path, { problem }]) => (files.get(path)?.state === 'loaded' ? problem : []));
}

/** Of each article the first alias at which another one stands, and which. */
async function readPaths(writer: Writer): Promise<[articleId: string, alias: string, owner: string][]> {
  const rows = await writer.text(
    `SELECT json_group_array(json_array(articleId, alias, owner)) FROM (
       SELECT alias.articleId, alias.pathKey AS alias, own.id AS owner,
         row_number() OVER (PARTITION BY alias.articleId ORDER BY alias.pathKey, own.id) AS place
       FROM ArticleAlias AS alias CROSS JOIN Article AS own
       WHERE own.pathKey = alias.pathKey AND own.locale IS NOT DISTINCT FROM alias.locale AND own.id <> alias.articleId) AS taken
     WHERE place = 1`,
  );
  return JSON.parse(rows ?? '[]');
}

/** The aliases of several articles of one language at which none stands. */
async function readShared(writer: Writer): Promise<[alias: string, articleIds: string[]][]> {
  const rows = await writer.text(
    `SELECT json_group_array(json_array(pathKey, json(articleIds))) FROM (
       SELECT pathKey, locale, json_group_array(articleId) AS articleIds
       FROM ArticleAlias GROUP BY pathKey, locale HAVING count(*) > 1) AS alias
     WHERE NOT EXISTS (SELECT 1 FROM Article AS own WHERE own.pathKey = alias.pathKey AND own.locale IS NOT DISTINCT FROM alias.locale)`,
  );
  return JSON.parse(rows ?? '[]');
}
