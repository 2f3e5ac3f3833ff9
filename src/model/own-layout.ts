import { foldText, foldUnlessLower } from '../text/keys/fold-text.ts';
import { AFTER_ALL_NUMBERS, AFTER_ALL_TEXTS, beforeMissing } from '../text/order-keys.ts';
import {
  isReferenceKey,
  isScalarKey,
  isTermKey,
  type OwnField,
  type OwnModel,
  type PartKey,
  type ScalarKey,
  type ScalarKind,
  termKinds,
} from './own-model.ts';
import type { OwnScalar } from './own-values.ts';

/** What one column of a row has. */
export type Cell = string | number | null;

/**
 * Where the owner's keys are kept: columns of Article, and tables beside it. Names have dots, which no name of the data model and
 * none of GraphQL has, so that nothing meets by chance; in SQL they stand in quotes.
 */
export interface OwnLayout {
  article: { columns: readonly LayoutColumn[]; indexes: readonly (readonly string[])[] };
  tables: readonly LayoutTable[];
}

export interface LayoutColumn {
  name: string;
  type: 'text' | 'integer' | 'real';
  /** What rows have that say nothing else; null: the column may be null, and is. */
  otherwise: string | number | null;
  /** Whether it may be null all the same. */
  isNullable?: true;
}

export interface LayoutTable {
  name: string;
  columns: readonly LayoutColumn[];
  /** Null: a number of its own, the column `id`. */
  key: readonly string[] | null;
  indexes: readonly (readonly string[])[];
}

/** The columns of one scalar key. */
export interface ScalarColumns {
  value: string;
  /** Of a text: the same under foldText. Null in rows where no index has it and it is but the text in lower case of ASCII. */
  folded: string | null;
  /** Order keys that are never null, so that what is missing comes last both ways; null where there is no order. */
  asc: string | null;
  desc: string | null;
}

/** Beyond all values that there are: an order key of what is missing. */
export const MISSING_LAST = {
  text: { asc: AFTER_ALL_TEXTS, desc: '' },
  integer: { asc: AFTER_ALL_NUMBERS, desc: -2_147_483_649 },
  real: { asc: 1.5e300, desc: -1.5e300 },
} as const;

const COLUMN_TYPES: Readonly<Record<ScalarKind, LayoutColumn['type']>> = {
  text: 'text',
  url: 'text',
  date: 'text',
  enum: 'text',
  int: 'integer',
  boolean: 'integer',
  float: 'real',
};

export function columnTypeOf(kind: ScalarKind): LayoutColumn['type'] {
  return COLUMN_TYPES[kind];
}

export function scalarColumns({ name, kind, isOrder }: ScalarKey): ScalarColumns {
  const value = `own.${name}`;
  return {
    value,
    folded: kind === 'text' ? `${value}.folded` : null,
    asc: isOrder ? `${value}.asc` : null,
    desc: isOrder ? `${value}.desc` : null,
  };
}

/** The columns of a field of an object, in the object's table. */
export function partColumns({ name, kind }: PartKey): Pick<ScalarColumns, 'value' | 'folded'> {
  return { value: `own.${name}`, folded: kind === 'text' ? `own.${name}.folded` : null };
}

/** The table of a key's rows: of its terms' uses, its references or its objects. */
export function tableOfKey({ name }: Pick<OwnField, 'name'>): string {
  return `own.${name}`;
}

/** The table of a kind of thing. */
export function tableOfKind(kind: string): string {
  return `own.kind.${kind}`;
}

export function ownLayout(model: OwnModel): OwnLayout {
  const scalars = model.fields.filter(isScalarKey);
  return {
    article: {
      columns: scalars.flatMap(columnsOf),
      indexes: scalars.flatMap(indexesOf),
    },
    tables: [
      ...[...termKinds(model).keys()].map(kindTable),
      ...model.fields.flatMap((field) => (isScalarKey(field) ? [] : [keyTable(field)])),
    ],
  };
}

function columnsOf(field: ScalarKey): LayoutColumn[] {
  const { value, folded, asc, desc } = scalarColumns(field);
  const type = columnTypeOf(field.kind);
  // An article whose file cannot be read since the key came has its default as well.
  const cells = scalarCells(field, field.default);
  return [value, folded, asc, desc]
    .filter((name) => name !== null)
    .map((name, index): LayoutColumn => {
      const otherwise = cells[index] ?? null;
      const isKey = name === asc || name === desc;
      if (isKey) return { name, type: orderTypeOf(field.kind), otherwise };
      return { name, type: name === folded ? 'text' : type, otherwise, isNullable: true };
    });
}

/** What the order keys of a kind are: of an enum the places that its values have in the model. */
export function orderTypeOf(kind: ScalarKind): LayoutColumn['type'] {
  return kind === 'enum' ? 'integer' : columnTypeOf(kind);
}

/** The cells of a key's columns, in their order: the value, it folded, and its order keys. */
export function scalarCells(field: ScalarKey, value: OwnScalar): Cell[] {
  const { kind, isIndexed, isOrder } = field;
  const plain = plainCell(value);
  const missing = MISSING_LAST[orderTypeOf(kind)];
  const key = isOrder ? orderKeyOf(field, plain) : null;
  return [
    plain,
    ...(kind === 'text' ? [foldedCell(plain, isIndexed)] : []),
    ...(isOrder ? [key ?? missing.asc, key ?? missing.desc] : []),
  ];
}

function orderKeyOf({ kind, values }: ScalarKey, plain: Cell): Cell {
  if (kind === 'text') return beforeMissing(foldedCell(plain, true));
  if (kind !== 'enum' || plain === null) return plain;
  return values.findIndex(({ name }) => name === plain);
}

export function plainCell(value: OwnScalar): Cell {
  return typeof value === 'boolean' ? Number(value) : value;
}

export function foldedCell(value: Cell, isWhole: boolean): string | null {
  if (typeof value !== 'string') return null;
  return isWhole ? foldText(value) : foldUnlessLower(value);
}

function indexesOf(field: ScalarKey): string[][] {
  const { value, folded, asc, desc } = scalarColumns(field);
  return [
    ...(field.isIndexed ? [[folded ?? value, 'published', 'publishedAtDesc', 'id']] : []),
    ...(asc ? [['published', asc, 'id']] : []),
    ...(desc ? [['published', desc, 'id']] : []),
  ];
}

/** As Topic of the data model. */
function kindTable(kind: string): LayoutTable {
  return {
    name: tableOfKind(kind),
    columns: [
      ...['id', 'slug', 'name', 'nameFolded'].map((name) => column(name, 'text')),
      ...['isPublic', 'articleCount', 'publicArticleCount'].map((name) => column(name, 'integer')),
    ],
    key: ['id'],
    indexes: [
      ['id', 'isPublic'],
      ['slug', 'isPublic'],
      ['nameFolded', 'isPublic', 'id'],
      ['isPublic', 'nameFolded', 'id'],
      ['isPublic', 'articleCount', 'id'],
      ['isPublic', 'publicArticleCount', 'id'],
    ],
  };
}

function keyTable(field: Exclude<OwnField, ScalarKey>): LayoutTable {
  const name = tableOfKey(field);
  const owner = [column('articleId', 'text'), column('position', 'integer'), column('isPublic', 'integer')];
  if (isTermKey(field)) {
    return {
      name,
      columns: [
        ...owner,
        ...['termId', 'name', 'publishedAtAsc', 'publishedAtDesc'].map((text) => column(text, 'text')),
      ],
      key: ['articleId', 'position'],
      indexes: [
        ['termId', 'isPublic', 'publishedAtDesc', 'articleId'],
        ['termId', 'isPublic', 'publishedAtAsc', 'articleId'],
        ['termId', 'isPublic', 'name'],
      ],
    };
  }
  if (isReferenceKey(field)) {
    return {
      name,
      columns: [
        ...owner,
        ...['text', 'urlKey', 'pathKey', 'slug', 'placeKey', 'targetId', 'publicTargetId'].map((text) =>
          column(text, 'text'),
        ),
      ],
      key: ['articleId', 'position'],
      indexes: [
        ['targetId', 'isPublic', 'articleId'],
        ['publicTargetId', 'isPublic', 'articleId'],
        ...[['urlKey'], ['pathKey'], ['slug'], ['placeKey']],
      ],
    };
  }
  const parts = field.fields.flatMap((part) => {
    const { value, folded } = partColumns(part);
    return [column(value, columnTypeOf(part.kind)), ...(folded ? [column(folded, 'text')] : [])];
  });
  return { name, columns: [...owner, ...parts], key: null, indexes: [['articleId', 'position']] };
}

function column(name: string, type: LayoutColumn['type']): LayoutColumn {
  return { name, type, otherwise: null };
}
