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

/** The reasons that a file gives, with those of the time in place of other ones of the time. */
function withTimeReasons(reasons: readonly HiddenReason[], ofTime: readonly HiddenReason[]): HiddenReason[] {
  return HIDDEN_REASONS.filter((reason) =>
    reason === 'SCHEDULED' || reason === 'EXPIRED' ? ofTime.includes(reason) : reasons.includes(reason),
  );
}

/** The article as it is at a moment. @param at as of timeReasons */
export function atMoment(article: ArticleRecord, at: string | null): ArticleRecord {
  const hiddenBecause = withTimeReasons(article.hiddenBecause, timeReasons(article, at));
  return { ...article, hiddenBecause, published: hiddenBecause.length === 0 };
}
