import type { Keys } from './key.ts';
import { excerpt, publishedDateTime, quality, type, webUrl } from './shared-keys.ts';
import { name, title } from './value.ts';

/** The keys of an article that have one value, and what is made of them, in the order of its columns. */
export const articleKeys = {
  slug: {
    value: { kind: 'slug' },
    description: 'The name in addresses; the path without its extension when not given.',
    column: {
      isRequired: true,
      index: 'value',
      field: 'Its name in URLs: from the front matter, else the path of its file.',
      filter: 'Conditions on the slug, compared exactly.',
    },
  },
  title: {
    value: title,
    hints: ['headline', 'name'],
    description: 'The headline.',
    column: {
      isRequired: true,
      folded: 'always',
      field: 'The headline.',
      filter: 'Conditions on the headline.',
      order: 'The headline, ignoring case.',
    },
  },
  excerpt: {
    ...excerpt,
    column: { folded: 'when needed', filter: 'Conditions on the summary.' },
  },
  format: {
    made: 'string',
    table: 'ArticleText',
    isRequired: true,
    comment: '`markdown`, `mdx` or `text`.',
  },
  body: {
    made: 'string',
    table: 'ArticleText',
    isRequired: true,
    field: 'The text as written in the file: Markdown, or plain text. Empty when the file has none.',
  },
  secured: {
    value: { kind: 'secured' },
    description:
      'The body for entitled readers, as `npm run secure` makes it, or `<base64 AES-CBC ciphertext>;<base64 IV>`.',
    column: { table: 'ArticleText' },
  },
  category: {
    made: 'string',
    comment: 'The first of its categories.',
    folded: 'always',
    index: 'group',
    field: 'The first of its sections, such as `news`.',
    filter: 'Conditions on the section.',
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
    decidesWhenShown: true,
    column: {
      name: 'publishedAt',
      field: 'When it appeared.',
      filter: 'Conditions on when it appeared.',
      order: 'When it appeared.',
    },
  },
  embargo: {
    value: { kind: 'date' },
    aliases: ['publish_on'],
    description: 'Until when it is hidden; the later of this and `publishedDateTime` is when it appears.',
    decidesWhenShown: true,
    column: null,
  },
  updatedAt: {
    value: { kind: 'date' },
    aliases: ['updated', 'lastmod', 'last_modified_at', 'modified', 'dateModified', 'lastUpdated'],
    description: 'When it was last changed, as `publishedDateTime`.',
    column: {
      field: 'When it was last changed, as the file says; null when it does not.',
      filter: 'Conditions on when it was last changed.',
      order: 'When it was last changed.',
    },
  },
  locale: {
    value: { kind: 'locale' },
    aliases: ['lang', 'language'],
    description: 'The language it is written in, as a tag of BCP 47 such as `pt-BR`.',
    column: {
      comment: 'A language tag in the case of BCP 47.',
      field:
        'The language it is written in, as a tag of BCP 47 such as `pt-BR`; null when the file names none.',
      filter: 'Conditions on the language tag.',
    },
  },
  localeKey: {
    made: 'string',
    isRequired: true,
    comment: 'Empty for the language that is asked for where none is named, else the tag.',
  },
  placeKey: {
    made: 'string',
    isRequired: true,
    index: 'value',
    comment:
      'Where the file stands, but for the language: articles that have this or `translationKey` in common and differ in their language are translations.',
  },
  translationKey: {
    value: name,
    description: 'Articles with the same in other languages are its translations.',
    column: { index: 'value' },
  },
  permalink: {
    value: { kind: 'path' },
    aliases: ['path'],
    description: 'Its path within the site, such as `/notes/first-frost/`; a relative `url` means the same.',
    column: null,
  },
  path: {
    made: 'string',
    isRequired: true,
    comment: 'Its path within the site.',
    field: 'Its path within the site: from the front matter, else a slash and the slug.',
  },
  pathKey: {
    made: 'string',
    isRequired: true,
    index: 'value',
    comment: 'The same without slashes at the end and percent encoding.',
  },
  originalUrl: {
    value: { kind: 'url' },
    description: 'Its original address.',
    column: { field: 'Its original address.' },
  },
  webUrl: { ...webUrl, column: { field: 'Its address on the web.' } },
  originalUrlKey: { made: 'string', index: 'value', comment: 'The address by which links meet it.' },
  webUrlKey: { made: 'string', index: 'value', comment: 'The same of `webUrl`.' },
  quality: {
    ...quality,
    column: {
      field: 'Editorial score from 0 to 100.',
      filter: 'Conditions on the editorial score.',
      order: 'The editorial score.',
    },
  },
  heat: {
    value: { kind: 'int', least: -1, absent: -1 },
    description: 'Attention score; -1 is not measured.',
    column: {
      field: 'Attention score from 0 up; null when not measured.',
      filter: 'Conditions on the attention score.',
      order: 'The attention score.',
    },
  },
  published: {
    made: 'boolean',
    isRequired: true,
    field: 'Whether everybody may see it.',
    filter: 'Conditions on whether everybody may see it.',
  },
  hiddenBecause: {
    made: 'reasons',
    isRequired: true,
    comment: 'A JSON list of the reasons why the public does not see it.',
    field: 'Why the public does not see it; empty when it does.',
    filter: 'Conditions on why the public does not see it.',
  },
  expiryDate: {
    value: { kind: 'date' },
    aliases: ['expires', 'expireDate', 'unpublishDate', 'expiration_date', 'unpublish_on'],
    description: 'When it is hidden again; of several the earliest.',
    merge: 'earliest',
    decidesWhenShown: true,
    column: { name: 'expiresAt', index: 'range', comment: 'When it is hidden again.' },
  },
  isSecured: {
    made: 'boolean',
    isRequired: true,
    filter: 'Conditions on whether it has a text for entitled readers.',
  },
} as const satisfies Keys;
