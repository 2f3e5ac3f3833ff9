import { countColumns } from '../../../model/tables/counts.ts';
import { modelOfFormat } from '../../content-format.ts';
import type { ContentVersionRow } from '../../content-version.ts';
import type { DatabaseReader } from './clients.ts';

/** Gives the version as one row with the JSON of ContentVersionRow, or no row. */
export const selectContentVersion = `
  SELECT json_object(
    'number', v.number, 'digest', v.digest, 'syncedAt', v.syncedAt, 'historyFrom', v.historyFrom,
    'publicNumber', v.publicNumber, 'publicDigest', v.publicDigest, 'publicSyncedAt', v.publicSyncedAt,
    'publicHistoryFrom', v.publicHistoryFrom, 'problemsDigest', coalesce(s.problemsDigest, ''),
    ${countColumns.map((column) => `'${column}', v.${column}`).join(', ')}) AS version
  FROM ContentVersion AS v LEFT JOIN SyncState AS s ON s.id = 1
  ORDER BY v.number DESC LIMIT 1`;

/** In one statement, so that the model is that of the version. */
const selectVersionAndFormat = `
  SELECT v.version, (SELECT format FROM SyncState WHERE id = 1) FROM (${selectContentVersion}) AS v`;

/** The same as one JSON text of an array. */
export const selectVersionText = `
  SELECT json_array(json(v.version), (SELECT format FROM SyncState WHERE id = 1)) AS data FROM (${selectContentVersion}) AS v`;

/** The version that selectVersionText has read. @param text null where there is no row */
export function parseVersionText(text: string | null): ContentVersionRow | null {
  if (text === null) return null;
  const [version, format]: [ContentVersionRow, string | null] = JSON.parse(text);
  return withModel(version, format);
}

/** The version served now; null before the first sync. @throws StoreError */
export function readContentVersion(reader: Pick<DatabaseReader, 'readRow'>): ContentVersionRow | null {
  const row = reader.readRow(selectVersionAndFormat);
  if (!row) return null;
  const [text, format] = row as [string, string | null];
  return withModel(JSON.parse(text), format);
}

/** A version with the model of the format that its files were read by. */
function withModel(version: ContentVersionRow, format: string | null): ContentVersionRow {
  const model = modelOfFormat(format);
  return model.fields.length === 0 ? version : { ...version, model: JSON.stringify(model) };
}
