import type { SharedKind } from '../kinds/shared-kind.ts';
import { articleOrders, pageIndexes, toArticle } from './article-tables.ts';
import { useKeyName, useTableName } from './kind-names.ts';
import {
  type Index,
  namesOf,
  nullable,
  orderKeyColumns,
  required,
  type Table,
  type TableColumn,
  valueColumns,
} from './table.ts';

/** What a thing that articles share has beside what it is found by: its name as most spell it, and how many articles it has. */
const summary = [
  ...required('Boolean', 'isPublic'),
  ...required('Int', 'articleCount', 'publicArticleCount'),
];

const byName: readonly Index[] = [
  { columns: ['nameFolded', 'isPublic', 'id'] },
  { columns: ['isPublic', 'nameFolded', 'id'] },
  { columns: ['isPublic', 'articleCount', 'id'] },
  { columns: ['isPublic', 'publicArticleCount', 'id'] },
];

const byId: Index = { columns: ['id', 'isPublic'], isUnique: true };

const providerColumns = [
  ...required('String', 'id', 'name', 'nameFolded'),
  ...nullable('String', 'domain'),
  ...summary,
];

export const providerTable: Table = {
  name: 'Provider',
  columns: providerColumns,
  row: namesOf(providerColumns),
  relations: [
    { name: 'articles', to: 'Article', by: null, count: 'many' },
    { name: 'relatedLinks', to: 'RelatedLink', by: null, count: 'many' },
  ],
  primaryKey: ['id'],
  indexes: [
    byId,
    {
      columns: ['domain', 'isPublic', 'id'],
      comment: 'With the id, so that those without a domain come in no order that hidden rows had a part in.',
    },
    ...byName,
  ],
};

/** The table of a kind's things, and that of their uses by articles. */
export function kindTables(kind: SharedKind): [things: Table, uses: Table] {
  const columns = [...required('String', 'id', 'slug', 'name', 'nameFolded'), ...summary];
  const things: Table = {
    name: kind.type,
    columns,
    row: namesOf(columns),
    relations: [{ name: 'articles', to: useTableName(kind), by: null, count: 'many' }],
    primaryKey: ['id'],
    indexes: [byId, { columns: ['slug', 'isPublic'] }, ...byName],
  };
  return [things, useTable(kind)];
}

function useTable(kind: SharedKind): Table {
  const { one, many, type } = kind;
  const key = useKeyName(kind);
  const orderKeys = articleOrders.map((order) => {
    const [asc, desc] = orderKeyColumns(order);
    const own = valueColumns(order).filter(({ name }) => name === order.orderedBy?.asc);
    return { isTime: order.kind === 'date', keys: asc && desc ? ([asc, desc] as const) : null, own };
  });
  const own = orderKeys.flatMap((order) => order.own);
  const head: TableColumn[] = [
    ...required('String', 'articleId'),
    ...required('Int', 'position'),
    ...required('String', key),
    { name: 'name', type: 'String', comment: `The ${one} as this article spells it.` },
    ...required('Boolean', 'isPublic'),
  ];
  // Of times the latest come first, as in most lists of them.
  const ranges = orderKeys.flatMap(({ isTime, keys }) => (keys && isTime ? keys.toReversed() : (keys ?? [])));
  const carried = [...ranges, ...own];
  return {
    name: useTableName(kind),
    comment: `An article's ${many} in the order of its file.`,
    columns: [
      ...head,
      ...carried.map((column, index) =>
        index > 0
          ? column
          : {
              ...column,
              comment: `The article's order keys, so that a page of articles is one index range in any order.`,
            },
      ),
    ],
    row: namesOf([...head, ...own, ...orderKeys.flatMap(({ keys }) => keys ?? [])]),
    relations: [toArticle, { name: one, to: type, by: key, count: 'one' }],
    primaryKey: ['articleId', 'position'],
    indexes: [...pageIndexes([key, 'isPublic'], 'articleId'), { columns: [key, 'isPublic', 'name'] }],
  };
}
