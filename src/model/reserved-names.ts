/** Fields of Article, and of its filter, that no key of the owner's may be called. A test holds them to the schema. */
export const ARTICLE_FIELDS: ReadonlySet<string> = new Set(
  [
    ...['and', 'or', 'not'],
    ...[
      'id',
      'slug',
      'title',
      'excerpt',
      'body',
      'html',
      'plainText',
      'headings',
      'wordCount',
      'readingTimeMinutes',
    ],
    ...['category', 'categories', 'type', 'publishedAt', 'updatedAt', 'locale', 'path', 'translations'],
    ...['originalUrl', 'webUrl', 'quality', 'heat', 'published', 'hiddenBecause', 'isSecured', 'securedBody'],
    ...['isSecuredBodyAuthenticated', 'provider', 'topics', 'images', 'related', 'referencedBy'],
  ].map((name) => name.toLowerCase()),
);

/** What lists of articles can be sorted by without the owner's keys. */
export const ARTICLE_ORDERS: ReadonlySet<string> = new Set([
  'PUBLISHED_AT',
  'UPDATED_AT',
  'QUALITY',
  'HEAT',
  'TITLE',
]);

/** Root fields that no kind of thing of the owner's may be called. */
export const ROOT_FIELDS: ReadonlySet<string> = new Set(
  [
    ...['node', 'nodes', 'article', 'articles', 'provider', 'providers', 'topic', 'topics'],
    ...['category', 'categories', 'contentVersion', 'changes', 'problems'],
  ].map((name) => name.toLowerCase()),
);

/** Types that no kind of thing, object or enum of the owner's may be called. */
export const TYPE_NAMES: ReadonlySet<string> = new Set(
  [
    ...['Query', 'Mutation', 'Subscription', 'Node', 'PageInfo', 'String', 'Int', 'Float', 'Boolean', 'ID'],
    ...['DateTime', 'URL', 'Article', 'Provider', 'Topic', 'Category', 'Image', 'RelatedLink', 'Problem'],
    ...[
      'Change',
      'ChangeKind',
      'ContentChanged',
      'ContentCounts',
      'ContentVersion',
      'Heading',
      'HiddenCount',
    ],
    ...['HiddenReason', 'OrderDirection'],
  ].map((name) => name.toLowerCase()),
);

/** What is made of each type that has lists: no type of the owner's may end so. */
export const TYPE_ENDINGS = /(?:Connection|Edge|Filter|OrderBy|OrderField)$/iu;
