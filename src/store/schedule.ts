import type { ReadingSettings } from '../content/reading.ts';
import type { SyncReport } from './sync-report.ts';
import type { Writer } from './writer.ts';

/** The moment as of which articles are shown or hidden; null where times hide nothing. @param now milliseconds of the epoch */
export function momentOf({ schedule }: ReadingSettings, now: number): string | null {
  return schedule ? new Date(now).toISOString() : null;
}

/** Files whose article time shows or hides otherwise than the database does, by path; true: it is to be hidden. */
export type DueFiles = ReadonlyMap<string, boolean>;

/** @param at the moment, in ISO 8601 in UTC with milliseconds; null where times hide nothing, so that none is due */
export async function readDue(writer: Writer, at: string | null): Promise<DueFiles> {
  if (at === null) return new Map();
  // Each part goes by an index, or looks at hidden articles alone.
  const text = await writer.text(
    `SELECT json_group_array(json_array(f.path, it.hides)) FROM (
       SELECT id, 1 AS hides FROM Article WHERE published = 1 AND publishedAtDesc > ?1
       UNION SELECT id, 1 FROM Article WHERE published = 1 AND expiresAt <= ?1
       UNION SELECT id, 0 FROM Article WHERE published = 0
         AND (instr(hiddenBecause, '"SCHEDULED"') > 0 IS NOT coalesce(publishedAt > ?1, 0)
           OR instr(hiddenBecause, '"EXPIRED"') > 0 IS NOT coalesce(expiresAt <= ?1, 0))
     ) AS it JOIN SourceFile AS f ON f.articleId = it.id AND f.state IN ('loaded', 'stale')`,
    at,
  );
  const rows: [path: string, hides: 0 | 1][] = JSON.parse(text ?? '[]');
  return new Map(rows.map(([path, hides]) => [path, hides === 1]));
}

/** How many articles wait for their publication, and when the next one appears or expires. @param at as of readDue */
export async function readSchedule(writer: Writer, at: string | null): Promise<SyncReport['schedule']> {
  if (at === null) return { waiting: 0, next: null };
  const text = await writer.text(
    `SELECT json_object(
       'waiting', coalesce((SELECT articles FROM HiddenCount WHERE reason = 'SCHEDULED'), 0),
       'next', (SELECT min(time) FROM (
         SELECT min(publishedAtDesc) AS time FROM Article WHERE published = 0 AND publishedAtDesc > ?1
         UNION ALL SELECT min(expiresAt) FROM Article WHERE published IN (0, 1) AND expiresAt > ?1)))`,
    at,
  );
  return JSON.parse(text ?? '{}');
}
