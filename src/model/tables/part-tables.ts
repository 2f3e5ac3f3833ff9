import { type BuiltInColumn, columnsOf } from '../built-in/columns.ts';
import { imageKeys } from '../built-in/image.ts';
import { relatedLinkKeys } from '../built-in/related-link.ts';
import { toArticle } from './article-tables.ts';
import {
  type Index,
  namesOf,
  nullable,
  required,
  type Table,
  type TableColumn,
  valueColumns,
} from './table.ts';

const linkKeys: readonly BuiltInColumn[] = columnsOf(relatedLinkKeys);

const linkRow: readonly TableColumn[] = [
  ...required('String', 'id', 'sourceId'),
  ...required('Int', 'position'),
  ...linkKeys.flatMap(valueColumns),
  ...nullable('String', 'providerId'),
  {
    ...{ name: 'providerName', type: 'String', isNullable: true },
    comment: "The provider's name as this link spells it.",
  },
  ...required('Boolean', 'isPublic'),
];

export const linkTable: Table = {
  name: 'RelatedLink',
  columns: [
    ...linkRow,
    {
      ...{ name: 'articleId', type: 'String', isNullable: true },
      comment: "The article that the link's URL meets, if it is one of ours.",
    },
    {
      ...{ name: 'publicArticleId', type: 'String', isNullable: true },
      comment: 'The same where everybody may see that article, else null.',
    },
  ],
  row: namesOf(linkRow),
  relations: [
    { name: 'source', to: 'Article', by: 'sourceId', count: 'one', onDelete: 'Cascade', pair: 'source' },
    {
      name: 'article',
      to: 'Article',
      by: 'articleId',
      count: 'optional',
      onDelete: 'SetNull',
      pair: 'target',
    },
    { name: 'provider', to: 'Provider', by: 'providerId', count: 'optional' },
    { name: 'images', to: 'Image', by: null, count: 'many' },
  ],
  primaryKey: ['id'],
  indexes: [
    { columns: ['id', 'isPublic'], isUnique: true },
    {
      columns: ['isPublic', 'articleId'],
      comment: 'With the article, so that the most links to one are counted in its order.',
    },
    { columns: ['sourceId', 'position'] },
    { columns: ['articleId', 'isPublic', 'sourceId'] },
    ...linkKeys.flatMap(linkIndexes),
    { columns: ['providerId', 'isPublic', 'providerName'] },
  ],
};

/** By a column that clients cannot ask for, only the sync finds rows: hidden ones, too. */
function linkIndexes({ name, foldedName, folded, index, filter }: BuiltInColumn): Index[] {
  if (index === undefined) return [];
  const found = folded === 'always' && foldedName !== null ? foldedName : name;
  return [{ columns: filter === undefined ? [found] : [found, 'isPublic'] }];
}

const imageColumns: readonly TableColumn[] = [
  ...required('String', 'id'),
  ...columnsOf(imageKeys).flatMap(valueColumns),
  ...required('Int', 'position'),
  ...required('Boolean', 'isPublic'),
  ...nullable('String', 'articleId', 'relatedLinkId'),
];

export const imageTable: Table = {
  name: 'Image',
  columns: imageColumns,
  row: namesOf(imageColumns),
  relations: [
    { ...toArticle, count: 'optional' },
    { name: 'relatedLink', to: 'RelatedLink', by: 'relatedLinkId', count: 'optional', onDelete: 'Cascade' },
  ],
  primaryKey: ['id', 'isPublic'],
  keyComment: 'With the visibility, so that a hidden row is not found by its id.',
  indexes: [{ columns: ['articleId', 'position'] }, { columns: ['relatedLinkId', 'position'] }],
};
