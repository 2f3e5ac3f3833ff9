import type { Key } from './key.ts';
import { name, score, summary } from './value.ts';

/** Keys that an article and a related link have alike. */
export const excerpt = {
  value: summary,
  aliases: ['description', 'summary', 'spoiler', 'subtitle', 'lead', 'dek', 'deck'],
  description: 'A summary.',
} as const satisfies Omit<Key, 'column'>;

export const type = {
  value: name,
  description: 'The kind of piece; `article` when not given.',
} as const satisfies Omit<Key, 'column'>;

export const publishedDateTime = {
  value: { kind: 'date' },
  aliases: [
    ...['date', 'publishedAt', 'pubDate', 'publishDate', 'published_time', 'datePublished'],
    ...['created', 'createdAt'],
  ],
  description: 'When it appeared, in ISO 8601; UTC when no zone is given.',
} as const satisfies Omit<Key, 'column'>;

export const webUrl = {
  value: { kind: 'url' },
  aliases: ['url', 'canonicalUrl', 'source_url'],
  hints: ['link', 'permalink'],
  description: 'Its address on the web.',
} as const satisfies Omit<Key, 'column'>;

export const quality = {
  value: score,
  description: 'Editorial score, 0 to 100.',
} as const satisfies Omit<Key, 'column'>;
