import type { HiddenReason } from '../../content/visibility/hidden-reason.ts';
import type { SharedKind } from '../../model/kinds/shared-kind.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import type { Schedule, SyncReport } from '../../store/sync-report.ts';
import { count } from './format-problems.ts';
import { formatUnread } from './format-unread.ts';

/** What a sync did to the articles, on one line. */
export function formatCounts(report: SyncReport): string {
  const { created, updated, unchanged, removed, rejected, stale } = report;
  const counts = { created, updated, unchanged, removed, rejected, stale };
  return Object.entries(counts)
    .map(([name, number]) => `${number.toLocaleString('en')} ${name}`)
    .join(', ');
}

/** How many articles the public sees, and how many are hidden for which reason, on one line; null when it sees all. */
export function formatVisibility({
  articles,
  publicArticles,
  hidden,
}: Pick<SyncReport['totals'], 'articles' | 'publicArticles' | 'hidden'>): string | null {
  if (articles === publicArticles) return null;
  const reasons = Object.entries(hidden).map(
    ([reason, number]) => `${number.toLocaleString('en')} ${REASON_WORDS[reason as HiddenReason]}`,
  );
  const rest = articles - publicArticles;
  return `${count(publicArticles, 'article')} public, ${rest.toLocaleString('en')} hidden: ${reasons.join(', ')}`;
}

/** How many articles wait for their time, and when the next one appears or expires; null when none does. */
export function formatSchedule({
  schedule: { waiting, next },
}: {
  schedule: Pick<Schedule, 'waiting' | 'next'>;
}): string | null {
  if (next === null) return null;
  return `${waiting.toLocaleString('en')} scheduled, the next change at ${next.replace('.000Z', 'Z')}`;
}

const REASON_WORDS: Readonly<Record<HiddenReason, string>> = {
  DRAFT: 'as drafts',
  STATUS: 'by their status',
  FOLDER: 'by their folder or name',
  SCHEDULED: 'until their time comes',
  EXPIRED: 'since they have expired',
  UNREADABLE: 'since a key that may hide them cannot be read',
};

/** What is in the index, on one line. */
export function formatTotals({ totals }: SyncReport): string {
  const kinds = sharedKinds.map(({ many, ...kind }) => {
    const { one, words = [one, many] }: Pick<SharedKind, 'one' | 'words'> = kind;
    return count(totals[many], ...words);
  });
  const counts = [
    count(totals.articles, 'article'),
    count(totals.providers, 'provider'),
    ...kinds,
    count(totals.images, 'image'),
  ];
  return `${counts.join(', ')} and ${count(totals.relatedLinks, 'related link')}`;
}

/** The database as it may be shown: without a password. */
export function formatDatabase(url: string): string {
  return url
    .replace(/^(postgres(?:ql)?:\/\/[^:@/]*):.*@/, '$1:…@')
    .replace(/([?&](?:ssl)?password=)[^&]*/, '$1…');
}

/** What is hidden, what waits for its time and what was not read: a line for each that there is. */
export function formatStanding(report: SyncReport): string[] {
  const { totals, unread } = report;
  return [formatVisibility(totals), formatSchedule(report), unread && formatUnread(unread)].flatMap(
    (line) => line ?? [],
  );
}
