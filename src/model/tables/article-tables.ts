import { articleKeys } from '../built-in/article.ts';
import { type BuiltInColumn, columnsOf } from '../built-in/columns.ts';
import { sharedKinds } from '../kinds/shared-kinds.ts';
import { useTableName } from './kind-names.ts';
import {
  type Index,
  namesOf,
  nullable,
  orderKeyColumns,
  type Relation,
  required,
  type Table,
  type TableColumn,
  valueColumns,
} from './table.ts';

const columns: readonly BuiltInColumn[] = columnsOf(articleKeys);
const ofTable = (table: 'ArticleText' | undefined) => columns.filter((column) => column.table === table);

/** The columns by which articles are sorted: those with order keys first. */
export const articleOrders: readonly BuiltInColumn[] = [
  ...columns.filter(({ orderedBy }) => orderedBy?.missing),
  ...columns.filter(({ orderedBy }) => orderedBy && !orderedBy.missing),
];

/** Indexes of pages in every order, the latest or greatest first, then the other way, after the columns that all of a page have in common. */
export function pageIndexes(common: readonly string[], id: string): Index[] {
  return articleOrders.flatMap(({ orderedBy }) =>
    [...new Set(orderedBy && [orderedBy.desc, orderedBy.asc])].map((order) => ({
      columns: [...common, order, id],
    })),
  );
}

function keyIndexes({ name, foldedName, folded, index }: BuiltInColumn): Index[] {
  const found = folded === 'always' && foldedName !== null ? foldedName : name;
  if (index === 'value') return [{ columns: [found, 'published'] }];
  if (index === 'range') return [{ columns: ['published', found] }];
  return index === 'group' ? [{ columns: [found, 'published', 'publishedAtDesc', 'id'] }] : [];
}

const articleColumns: readonly TableColumn[] = [
  ...required('String', 'id'),
  ...ofTable(undefined).flatMap(valueColumns),
  ...nullable('String', 'providerId'),
  {
    ...{ name: 'providerName', type: 'String', isNullable: true },
    comment: "The provider's name as this article spells it.",
  },
  ...columns.flatMap(orderKeyColumns),
  ...required('String', 'digest'),
];

export const articleTable: Table = {
  name: 'Article',
  columns: articleColumns,
  row: namesOf(articleColumns),
  relations: [
    { name: 'provider', to: 'Provider', by: 'providerId', count: 'optional' },
    { name: 'text', to: 'ArticleText', by: null, count: 'optional' },
    { name: 'aliases', to: 'ArticleAlias', by: null, count: 'many' },
    ...sharedKinds.map(
      (kind): Relation => ({ name: kind.many, to: useTableName(kind), by: null, count: 'many' }),
    ),
    { name: 'images', to: 'Image', by: null, count: 'many' },
    { name: 'related', to: 'RelatedLink', by: null, count: 'many', pair: 'source' },
    { name: 'referencedBy', to: 'RelatedLink', by: null, count: 'many', pair: 'target' },
  ],
  primaryKey: ['id'],
  indexes: [
    {
      ...{ columns: ['id', 'published'], isUnique: true },
      comment: 'Beside the primary key, so that a hidden row is not found by its id.',
    },
    {
      columns: ['published'],
      comment: 'For what no other index finds: the rows in the order of the table.',
    },
    ...pageIndexes(['published'], 'id'),
    ...pageIndexes(['providerId', 'published'], 'id'),
    ...columns.flatMap(keyIndexes),
  ],
};

/** The way from a part of an article to the article. */
export const toArticle: Relation = {
  ...{ name: 'article', to: 'Article', by: 'articleId', count: 'one', onDelete: 'Cascade' },
};

const textColumns = [...required('String', 'articleId'), ...ofTable('ArticleText').flatMap(valueColumns)];

export const textTable: Table = {
  name: 'ArticleText',
  comment: 'Long text apart from the article, so that lists and counts never read past it.',
  columns: textColumns,
  row: namesOf(textColumns),
  relations: [toArticle],
  primaryKey: ['articleId'],
  indexes: [],
};

const aliasColumns: readonly TableColumn[] = [
  ...required('String', 'articleId'),
  { name: 'pathKey', type: 'String', comment: 'As `Article.pathKey`.' },
  ...nullable('String', 'locale'),
  ...required('String', 'localeKey'),
  ...required('Boolean', 'isPublic'),
];

export const aliasTable: Table = {
  name: 'ArticleAlias',
  comment: 'Further paths of an article within the site.',
  columns: aliasColumns,
  row: namesOf(aliasColumns),
  relations: [toArticle],
  primaryKey: ['articleId', 'pathKey'],
  indexes: [{ columns: ['pathKey', 'isPublic'] }],
};
