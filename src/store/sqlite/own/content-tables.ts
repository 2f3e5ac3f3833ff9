import { sharedKinds } from '../../../model/kinds/shared-kinds.ts';
import { type LayoutColumn, ownLayout, tableOfKey, tableOfKind } from '../../../model/own-layout.ts';
import {
  isReferenceKey,
  isScalarKey,
  noOwnKeys,
  type OwnModel,
  type TermKey,
  termKinds,
} from '../../../model/own-model.ts';
import { rootFieldNames } from '../../../model/own-names.ts';
import { useKeyName, useTableName } from '../../../model/tables/kind-names.ts';
import type { WrittenColumn } from '../../database/write-dialect.ts';
import { quoted } from './quoted.ts';

/** A kind of thing that articles share, as data. All names are as SQL takes them. */
export interface KindTables {
  table: string;
  /** What is beside its id in a row of a thing that has no name yet. */
  handle: 'domain' | 'slug';
  /** The temporary table of those that a sync touches. */
  touched: string;
  uses: readonly KindUse[];
  /** Of a kind of the owner's: the prefix of its purge keys, and whether everybody may know of the kind. */
  own?: { prefix: string; isPublic: boolean };
}

/** Where things of a kind are named. */
export interface KindUse {
  table: string;
  /** Columns: the thing's id, its name there, whether everybody may see it there, and the article that all this is of. */
  key: string;
  name: string;
  isPublic: string;
  owner: string;
  /** Whether the article counts as one of the thing's. */
  isCounted: boolean;
}

/** A table of rows that each lead to an article, as data. */
export interface LinkTable {
  table: string;
  owner: string;
  target: string;
  publicTarget: string;
  /** Whether rows may name a slug or a file's place, too. */
  hasNames: boolean;
}

/** Everything that hangs on the model in the database. */
export interface ContentTables {
  /** In the order in which articles have their mentions. */
  kinds: readonly KindTables[];
  links: readonly LinkTable[];
  /** Those of the owner's keys whose rows belong to an article, found by `articleId`, in the order of the model. */
  parts: readonly { table: string; name: string; columns: readonly WrittenColumn[]; isPublic: boolean }[];
  /** Columns of Article for the owner's keys, as their cells come. */
  columns: readonly WrittenColumn[];
  hasNames: boolean;
}

const kinds = sharedKinds.map(
  (kind): KindTables => ({
    ...{ table: kind.type, handle: 'slug', touched: `touched${kind.type}` },
    uses: [
      {
        ...{ table: useTableName(kind), key: useKeyName(kind), name: 'name', isPublic: 'isPublic' },
        ...{ owner: 'articleId', isCounted: true },
      },
    ],
  }),
);

const provider: KindTables = {
  ...{ table: 'Provider', handle: 'domain', touched: 'touchedProvider' },
  uses: [
    {
      ...{ table: 'Article', key: 'providerId', name: 'providerName', isPublic: 'published' },
      ...{ owner: 'id', isCounted: true },
    },
    {
      ...{ table: 'RelatedLink', key: 'providerId', name: 'providerName', isPublic: 'isPublic' },
      ...{ owner: 'sourceId', isCounted: false },
    },
  ],
};

const relatedLinks: LinkTable = {
  ...{ table: 'RelatedLink', owner: 'sourceId', target: 'articleId', publicTarget: 'publicArticleId' },
  hasNames: false,
};

/** Columns of references that are written when all articles are there. */
const lateColumns: ReadonlySet<string> = new Set(['targetId', 'publicTargetId']);

/** The tables of a model: the built-in ones, then the owner's. */
export function contentTables(model: OwnModel): ContentTables {
  const layout = ownLayout(model);
  const tables = new Map(layout.tables.map((table) => [table.name, table]));
  const references = model.fields.filter(isReferenceKey);
  return {
    kinds: [...[provider, ...kinds], ...[...termKinds(model)].map(([kind, keys]) => ownKind(kind, keys))],
    links: [
      relatedLinks,
      ...references.map((field) => ({
        ...{ table: quoted(tableOfKey(field)), owner: 'articleId', target: 'targetId' },
        ...{ publicTarget: 'publicTargetId', hasNames: true },
      })),
    ],
    parts: model.fields.flatMap((field) => {
      const table = isScalarKey(field) ? undefined : tables.get(tableOfKey(field));
      if (!table) return [];
      const columns = table.columns.filter((column) => !lateColumns.has(column.name));
      const { name } = table;
      return [{ table: quoted(name), name, columns: columns.map(writtenColumn), isPublic: field.isPublic }];
    }),
    columns: layout.article.columns.map(writtenColumn),
    hasNames: references.length > 0,
  };
}

function writtenColumn({ name, type }: LayoutColumn): WrittenColumn {
  return { name: quoted(name), type };
}

function ownKind(kind: string, keys: readonly TermKey[]): KindTables {
  const table = tableOfKind(kind);
  return {
    ...{ table: quoted(table), handle: 'slug', touched: quoted(`touched.${table}`) },
    own: { prefix: rootFieldNames(kind).one, isPublic: keys.some(({ isPublic }) => isPublic) },
    uses: keys.map((key) => ({
      ...{ table: quoted(tableOfKey(key)), key: 'termId', name: 'name', isPublic: 'isPublic' },
      ...{ owner: 'articleId', isCounted: true },
    })),
  };
}

export const builtInTables = contentTables(noOwnKeys);
