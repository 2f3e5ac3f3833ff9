import { sharedKinds } from '../../../model/kinds/shared-kinds.ts';
import { type OwnModel, publicModel, termKinds } from '../../../model/own-model.ts';
import { rootFieldNames } from '../../../model/own-names.ts';
import { useKeyName, useTableName } from '../../../model/tables/kind-names.ts';
import { modelOfFormat } from '../../content-format.ts';
import type { TextReader } from '../../read/read-connection.ts';
import {
  type ChangedKeys,
  type ChangedList,
  MAX_KEYS,
  makeChangedKeys,
  type ProblemCounts,
} from '../../sync-report.ts';
import { selectProblemCounts } from './count-problems.ts';

/** The last version that is known, by its number for each audience. */
export interface KnownVersion {
  number: number;
  publicNumber: number;
}

/** What versions changed, told from the database. */
export interface ReadChanges {
  changedKeys: ChangedKeys;
  /** Of `changedKeys` what everybody may know. */
  publicKeys: ChangedKeys;
  /** Of all problems that there are. */
  problemCounts: ProblemCounts;
}

/**
 * What a version and those before it changed, told from the database alone: for syncs that another process made.
 * @param since null when nothing is known, which gives no keys
 * @returns the articles, with the providers and the things of the shared kinds that they have now. Those that they had before are not known,
 * so that the keys always count as cut.
 */
export async function readChanges(reader: TextReader, since: KnownVersion | null): Promise<ReadChanges> {
  const counts = await reader.readText(selectProblemCounts, [], aside);
  const model = modelOfFormat(await reader.readText('SELECT format FROM SyncState WHERE id = 1', [], aside));
  const readKeys = async (
    audience: 'preview' | 'public',
    number: number | undefined,
  ): Promise<ChangedKeys> => {
    if (number === undefined) return makeChangedKeys(true, () => []);
    const keys = await reader.readText(selectKeys, [number, audience], aside);
    const own = ownPrefixes(audience === 'public' ? publicModel(model) : model);
    const lists: Partial<Record<ChangedList, string[] | null>> = JSON.parse(keys ?? '{}');
    return { ...makeChangedKeys(true, (list) => lists[list] ?? []), ...own };
  };
  return {
    changedKeys: await readKeys('preview', since?.number),
    publicKeys: await readKeys('public', since?.publicNumber),
    problemCounts: JSON.parse(counts ?? '{}'),
  };
}

/** The owner's kinds; which of their things changed is not known. */
function ownPrefixes(model: OwnModel): Pick<ChangedKeys, 'own'> {
  const kinds = [...termKinds(model).keys()];
  if (kinds.length === 0) return {};
  return { own: Object.fromEntries(kinds.map((kind) => [rootFieldNames(kind).one, []])) };
}

/** They may look at all that there is. */
const aside = { isBounded: false };

const changes = `Change WHERE audience = ?2 AND version > ?1`;
const changed = `SELECT articleId FROM ${changes}`;
/** For the public, a thing that an article uses counts only where everybody may see it. */
const seen = (column: string) => `(?2 = 'preview' OR ${column} = 1)`;

const list = (sql: string) =>
  `(SELECT json_group_array(name) FROM (SELECT DISTINCT ${sql} ORDER BY name LIMIT ${MAX_KEYS}) AS names)`;

const selectKeys = `
  SELECT json_object(
    'articles', ${list(`slug AS name FROM ${changes}`)},
    'providers', ${list(`coalesce(domain, name) AS name FROM Provider WHERE coalesce(domain, name) <> '' AND id IN (
      SELECT providerId FROM Article WHERE id IN (${changed}) AND ${seen('published')}
      UNION SELECT providerId FROM RelatedLink WHERE sourceId IN (${changed}) AND ${seen('isPublic')})`)},
    ${sharedKinds.map(
      (kind) =>
        `'${kind.many}', ${list(`slug AS name FROM ${kind.type} WHERE id IN (
      SELECT ${useKeyName(kind)} FROM ${useTableName(kind)} WHERE articleId IN (${changed}) AND ${seen('isPublic')})`)}`,
    )}) AS data`;
