import { HIDDEN_REASONS, type HiddenReason } from '../visibility/hidden-reason.ts';
import type { ArticleRecord } from './article.ts';

/** The times of an article that decide whether the public sees it, as ISO 8601 in UTC with milliseconds. */
type ArticleTimes = Pick<ArticleRecord, 'publishedAt' | 'expiresAt'>;

const OF_TIME: ReadonlySet<HiddenReason> = new Set(['SCHEDULED', 'EXPIRED']);

/** Those of the reasons that the time gives, in their order. */
export function reasonsOfTime(reasons: readonly HiddenReason[]): HiddenReason[] {
  return reasons.filter((reason) => OF_TIME.has(reason));
}

/**
 * The reasons why an article is hidden at a moment: those given that are not of the time, and those of the time at this moment.
 * Its publication is to come, or it has expired; either moment belongs to what follows it.
 * @param at as ArticleTimes has them; null where times hide nothing
 */
export function reasonsAt(
  given: readonly HiddenReason[],
  { publishedAt, expiresAt }: ArticleTimes,
  at: string | null,
): HiddenReason[] {
  const reasons = new Set(given.filter((reason) => !OF_TIME.has(reason)));
  if (at !== null && publishedAt !== null && publishedAt > at) reasons.add('SCHEDULED');
  if (at !== null && expiresAt !== null && expiresAt <= at) reasons.add('EXPIRED');
  return HIDDEN_REASONS.filter((reason) => reasons.has(reason));
}

/**
 * When an article's times hide or show it otherwise for the first time after a moment, whatever else hides it; null when they never do.
 * @param at as of reasonsAt
 */
export function nextChange({ publishedAt, expiresAt }: ArticleTimes, at: string | null): string | null {
  if (at === null) return null;
  const [first = null] = [publishedAt, expiresAt].filter((time) => time !== null && time > at).sort();
  return first;
}

/**
 * The article as it is at a moment: with the reasons of the time beside those that its file gives, which are never of the time.
 * @param at as of reasonsAt
 */
export function atMoment(article: ArticleRecord, at: string | null): ArticleRecord {
  const hiddenBecause = reasonsAt(article.hiddenBecause, article, at);
  if (hiddenBecause.length === article.hiddenBecause.length) return article;
  return { ...article, hiddenBecause, published: false };
}
