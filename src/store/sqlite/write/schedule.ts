import { reasonsAt } from '../../../content/article/time-reasons.ts';
import type { Writer } from '../../database/writer.ts';
import { digestAt } from '../../rows/article-digest.ts';
import type { Schedule } from '../../sync-report.ts';
import type { Switched } from './sync-state.ts';

// Each part goes by an index, or looks at hidden articles alone.
const dueAt = `
  SELECT id FROM Article WHERE published = 1 AND publishedAtDesc > ?1
  UNION SELECT id FROM Article WHERE published = 1 AND expiresAt <= ?1
  UNION SELECT id FROM Article WHERE published = 0
    AND ((hiddenBecause LIKE '%"SCHEDULED"%') <> coalesce(publishedAt > ?1, false)
      OR (hiddenBecause LIKE '%"EXPIRED"%') <> coalesce(expiresAt <= ?1, false))`;

/**
 * The articles that the database shows or hides otherwise than the time does at a moment, and what they are then.
 * @param at in ISO 8601 in UTC with milliseconds; null where times hide nothing
 */
export async function readDue(writer: Writer, at: string | null): Promise<Switched[]> {
  // An empty text is before any time, so that all would be to come: those that the time hides are looked for by name.
  const due =
    at === null
      ? `SELECT id FROM Article WHERE published = 0
         AND (hiddenBecause LIKE '%"SCHEDULED"%' OR hiddenBecause LIKE '%"EXPIRED"%')`
      : dueAt;
  const text = await writer.text(
    `SELECT json_group_array(json_array(id, slug, digest, publishedAt, expiresAt, hiddenBecause))
     FROM Article WHERE id IN (${due})`,
    ...(at === null ? [] : [at]),
  );
  const rows: DueRow[] = JSON.parse(text ?? '[]');
  return rows.map(([id, slug, digest, publishedAt, expiresAt, reasons]) => {
    const hiddenBecause = reasonsAt(JSON.parse(reasons), { publishedAt, expiresAt }, at);
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
  /** A JSON list of reasons. */
  hiddenBecause: string,
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
         UNION ALL SELECT min(expiresAt) FROM Article WHERE published = 1 AND expiresAt > ?1) AS times),
       'due', (SELECT min(time) FROM (
         SELECT min(publishedAtDesc) AS time FROM Article WHERE published = 0 AND publishedAtDesc > ?1
         UNION ALL SELECT min(expiresAt) FROM Article WHERE published IN (0, 1) AND expiresAt > ?1) AS dues))`,
    at,
  );
  return JSON.parse(text ?? '{}');
}
