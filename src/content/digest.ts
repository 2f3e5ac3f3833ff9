import { hash } from 'node:crypto';
import type { ArticleRecord } from './article.ts';

/** SHA-256 in hex of bytes, or of a string's UTF-8. */
export function digestBytes(bytes: Uint8Array | string): string {
  return hash('sha256', bytes, 'hex');
}

/**
 * SHA-256 in hex of everything a record says. The keys are written in the order given here, so that the digest does not
 * depend on how the object was put together.
 */
export function digestArticle(record: Omit<ArticleRecord, 'digest'>): string {
  return digestBytes(
    JSON.stringify([
      record.id,
      record.slug,
      record.title,
      record.excerpt,
      record.body,
      record.format,
      record.category,
      record.type,
      record.publishedAt,
      record.originalUrl,
      record.originalUrlKey,
      record.webUrl,
      record.webUrlKey,
      record.quality,
      record.heat,
      record.published,
      record.secured,
      record.provider && listProvider(record.provider),
      record.topics.map((topic) => [topic.id, topic.slug, topic.name]),
      record.images.map(listImage),
      record.related.map((link) => [
        link.id,
        link.title,
        link.excerpt,
        link.type,
        link.publishedAt,
        link.webUrl,
        link.urlKey,
        link.quality,
        link.provider && listProvider(link.provider),
        link.images.map(listImage),
      ]),
    ]),
  );
}

function listProvider(provider: NonNullable<ArticleRecord['provider']>): unknown[] {
  return [provider.id, provider.name, provider.domain];
}

function listImage(image: ArticleRecord['images'][number]): unknown[] {
  return [image.id, image.url, image.width, image.height, image.isCached];
}
