import { articleKeys } from './built-in/article.ts';
import { type BuiltInColumn, columnsOf } from './built-in/columns.ts';
import { sharedKinds } from './kinds/shared-kinds.ts';
import { orderName } from './own-names.ts';

const columns: readonly BuiltInColumn[] = columnsOf(articleKeys);
const inLowerCase = (names: readonly string[]) => new Set(names.map((name) => name.toLowerCase()));

/** Fields of Article, and of its filter, that no key of the owner's may be called. A test holds them to the schema. */
export const ARTICLE_FIELDS: ReadonlySet<string> = inLowerCase([
  ...['and', 'or', 'not', 'id'],
  ...columns
    .filter(({ field, filter }) => field !== undefined || filter !== undefined)
    .map(({ name }) => name),
  ...sharedKinds.map(({ many }) => many),
  ...['html', 'plainText', 'headings', 'wordCount', 'readingTimeMinutes', 'translations'],
  ...['securedBody', 'isSecuredBodyAuthenticated', 'provider', 'images', 'related', 'referencedBy'],
]);

/** What lists of articles can be sorted by without the owner's keys. */
export const ARTICLE_ORDERS: ReadonlySet<string> = new Set(
  columns.filter(({ orderedBy }) => orderedBy !== null).map(({ name }) => orderName(name)),
);

/** Root fields that no kind of thing of the owner's may be called. */
export const ROOT_FIELDS: ReadonlySet<string> = inLowerCase([
  ...['node', 'nodes', 'article', 'articles', 'provider', 'providers'],
  ...sharedKinds.flatMap(({ one, many }) => [one, many]),
  ...['contentVersion', 'changes', 'problems'],
]);

/** Types that no kind of thing, object or enum of the owner's may be called. */
export const TYPE_NAMES: ReadonlySet<string> = inLowerCase([
  ...['Query', 'Mutation', 'Subscription', 'Node', 'PageInfo', 'String', 'Int', 'Float', 'Boolean', 'ID'],
  ...['DateTime', 'URL', 'Article', 'Provider', ...sharedKinds.map(({ type }) => type)],
  ...['Image', 'RelatedLink', 'Problem', 'Change', 'ChangeKind', 'ContentChanged', 'ContentCounts'],
  ...['ContentVersion', 'Heading', 'HiddenCount', 'HiddenReason', 'OrderDirection'],
]);

/** What is made of each type that has lists: no type of the owner's may end so. */
export const TYPE_ENDINGS = /(?:Connection|Edge|Filter|OrderBy|OrderField)$/u;
