import type { UnreadCounts } from '../../content/read/select-files.ts';
import { count } from './format-problems.ts';

/** Reasons that are named; the rest are summed up. */
const MAX_REASONS = 8;

/** `214 files not read: 210 .rst, 4 .adoc`, the most frequent first; null when everything was read. */
export function formatUnread(unread: UnreadCounts): string | null {
  const reasons = Object.entries(unread).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const total = reasons.reduce((sum, [, number]) => sum + number, 0);
  if (total === 0) return null;
  const named = reasons
    .slice(0, MAX_REASONS)
    .map(([reason, number]) => `${number.toLocaleString('en')} ${reason}`);
  const rest = reasons.slice(MAX_REASONS).reduce((sum, [, number]) => sum + number, 0);
  if (rest > 0) named.push(`${rest.toLocaleString('en')} more`);
  return `${count(total, 'file')} not read: ${named.join(', ')}`;
}
