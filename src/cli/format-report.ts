import type { SyncReport } from '../store/sync-report.ts';
import { count } from './format-problems.ts';

/** What a sync did to the articles, on one line. */
export function formatCounts(report: SyncReport): string {
  const { created, updated, unchanged, removed, rejected, stale } = report;
  const counts = { created, updated, unchanged, removed, rejected, stale };
  return Object.entries(counts)
    .map(([name, number]) => `${number.toLocaleString('en')} ${name}`)
    .join(', ');
}

/** What is in the index, on one line. */
export function formatTotals({ totals }: SyncReport): string {
  const { articles, providers, topics, images, relatedLinks } = totals;
  return (
    `${count(articles, 'article')}, ${count(providers, 'provider')}, ${count(topics, 'topic')}, ` +
    `${count(images, 'image')} and ${count(relatedLinks, 'related link')}`
  );
}

/** The database as it may be shown: without a password. */
export function formatDatabase(url: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/[^:@/]*):[^@]*@/, '$1:…@');
}
