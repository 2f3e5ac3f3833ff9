import type { ArticleRecord } from './article.ts';
import { HIDDEN_REASONS, type HiddenReason } from './hidden-reason.ts';

/** The times of an article that decide whether the public sees it, as ISO 8601 in UTC with milliseconds. */
type ArticleTimes = Pick<ArticleRecord, 'publishedAt' | 'expiresAt'>;

/**
 * Why the time hides an article at a moment: its publication is to come, or it has expired. Both moments belong to what follows.
 * @param at as ArticleTimes has them; null where times hide nothing
 */
function timeReasons({ publishedAt, expiresAt }: ArticleTimes, at: string | null): HiddenReason[] {
  if (at === null) return [];
  const reasons: HiddenReason[] = [];
  if (publishedAt !== null && publishedAt > at) reasons.push('SCHEDULED');
  if (expiresAt !== null && expiresAt <= at) reasons.push('EXPIRED');
  return reasons;
}

/**
 * The article as it is at a moment: with the reasons of the time beside those that its file gives, which are never of the time.
 * @param at as of timeReasons
 */
export function atMoment(article: ArticleRecord, at: string | null): ArticleRecord {
  const ofTime = timeReasons(article, at);
  if (ofTime.length === 0) return article;
  const reasons = new Set([...article.hiddenBecause, ...ofTime]);
  return {
    ...article,
    hiddenBecause: HIDDEN_REASONS.filter((reason) => reasons.has(reason)),
    published: false,
  };
}
