import type { Keys } from './key.ts';
import { excerpt, publishedDateTime, quality, type, webUrl } from './shared-keys.ts';
import { title } from './value.ts';

/** The keys of a related link, in the order of its columns. */
export const relatedLinkKeys = {
  title: {
    value: title,
    hints: ['headline', 'name'],
    description: 'The headline of the other piece.',
    column: {
      folded: 'always',
      field:
        'The headline of the piece, as the linking file has it. Beside `Article.title`, which is never null, it needs an alias.',
      filter: 'Conditions on the headline.',
    },
  },
  excerpt: {
    ...excerpt,
    column: {
      folded: 'when needed',
      field: 'The summary of the piece, as the linking file has it.',
      filter: 'Conditions on the summary.',
    },
  },
  type: {
    ...type,
    column: {
      isRequired: true,
      default: 'article',
      folded: 'always',
      field: 'The kind of piece, `article` when the file names none.',
      filter: 'Conditions on the kind of piece.',
    },
  },
  publishedDateTime: {
    ...publishedDateTime,
    column: {
      name: 'publishedAt',
      field: 'When the piece appeared.',
      filter: 'Conditions on when it appeared.',
    },
  },
  webUrl: {
    ...webUrl,
    value: { kind: 'link' },
    description: 'Its address: a URL, or a path within the site.',
    column: { field: 'The address of the piece.' },
  },
  urlKey: { made: 'string', index: 'value', comment: 'The address by which it meets an article.' },
  pathKey: { made: 'string', index: 'value', comment: 'As `Article.pathKey`, of a link within the site.' },
  quality: {
    ...quality,
    column: { field: 'Editorial score from 0 to 100.', filter: 'Conditions on the editorial score.' },
  },
} as const satisfies Keys;
