import { reasonsAt } from '../../../content/article/time-reasons.ts';
import type { HiddenReason } from '../../../content/visibility/hidden-reason.ts';
import { digestAt } from '../../rows/article-digest.ts';
import type { Schedule } from '../../sync-report.ts';
import type { Writer } from '../file/writer.ts';
import type { Switched } from './sync-state.ts';

// Each part goes by an index, or looks at hidden articles alone.
const dueAt = `
  SELECT id FROM Article WHERE published = 1 AND publishedAtDesc > ?1
  UNION SELECT id FROM Article WHERE published = 1 AND expiresAt <= ?1
  UNION SELECT id FROM Article WHERE published = 0
    AND (instr(hiddenBecause, '"SCHEDULED"') > 0 IS NOT coalesce(publishedAt > ?1, 0)
      OR instr(hiddenBecause, '"EXPIRED"') > 0 IS NOT coalesce(expiresAt <= ?1, 0))`;

/**
 * The articles that the database shows or hides otherwise than the time does at a moment, and what they are then.
 * @param at in ISO 8601 in UTC with milliseconds; null where times hide nothing
 */
export async function readDue(writer: Writer, at: string | null): Promise<Switched[]> {
  // An empty text is before any time, so that all would be to come: those that the time hides are looked for by name.
  const due =
    at === null
      ? `SELECT id FROM Article WHERE published = 0 AND ?1 IS NULL
         AND (instr(hiddenBecause, '"SCHEDULED"') > 0 OR instr(hiddenBecause, '"EXPIRED"') > 0)`
      : dueAt;
  const text = await writer.text(
    `SELECT json_group_array(json_array(id, slug, digest, publishedAt, expiresAt, json(hiddenBecause)))
     FROM Article WHERE id IN (${due})`,
    at,
  );
  const rows: DueRow[] = JSON.parse(text ?? '[]');
  return rows.map(([id, slug, digest, publishedAt, expiresAt, reasons]) => {
    const hiddenBecause = reasonsAt(reasons, { publishedAt, expiresAt }, at);
    const published = hiddenBecause.length === 0;
    return { id, slug, digest: digestAt(digest, hiddenBecause), published, hiddenBecause };
  });
}

type DueRow = [
  id: string,
  slug: string,
  digest: string,
  publishedAt: string | null,
  expiresAt: string | null,
  hiddenBecause: HiddenReason[],
];

/** What time will change after a moment. @param at as of readDue */
export async function readSchedule(writer: Writer, at: string | null): Promise<Schedule> {
  if (at === null) return { waiting: 0, next: null, due: null };
  const text = await writer.text(
    `WITH appears AS (
       SELECT publishedAtDesc AS time FROM Article
       WHERE published = 0 AND publishedAtDesc > ?1 AND hiddenBecause = '["SCHEDULED"]')
     SELECT json_object(
       'waiting', (SELECT count(*) FROM appears),
       'next', (SELECT min(time) FROM (
         SELECT min(time) AS time FROM appears
         UNION ALL SELECT min(expiresAt) FROM Article WHERE published = 1 AND expiresAt > ?1)),
       'due', (SELECT min(time) FROM (
         SELECT min(publishedAtDesc) AS time FROM Article WHERE published = 0 AND publishedAtDesc > ?1
         UNION ALL SELECT min(expiresAt) FROM Article WHERE published IN (0, 1) AND expiresAt > ?1)))`,
    at,
  );
  return JSON.parse(text ?? '{}');
}
