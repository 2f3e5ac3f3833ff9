import {
  type LayoutColumn,
  ownLayout,
  partColumns,
  scalarColumns,
  tableOfKey,
  tableOfKind,
} from '../../model/own-layout.ts';
import {
  isObjectKey,
  isReferenceKey,
  isScalarKey,
  isTermKey,
  type OwnField,
  type OwnModel,
  type ScalarKind,
} from '../../model/own-model.ts';
import { reverseName } from '../../model/own-names.ts';

export interface ColumnDescription {
  name: string;
  type: string;
  nullable: boolean;
}

export interface RelationDescription {
  target: string;
  from: string;
  to: string;
  nullable: boolean;
}

export interface ModelDescription {
  table: string;
  columns: Map<string, ColumnDescription>;
  relations: Map<string, RelationDescription>;
}

/** The relation from articles to the rows of a key. Relations are parts of paths, which have dots between them. */
export function relationOf({ name }: Pick<OwnField, 'name'>): string {
  return `own:${name}`;
}

/** The relation from articles, or from things of a kind, back to the rows of a key that lead to them. */
export function reverseRelationOf({ name }: Pick<OwnField, 'name'>): string {
  return `own:${reverseName(name)}`;
}

/** Adds what is kept of an owner's keys: columns of Article, and tables beside it. Their models are called as their tables. */
export function describeOwnKeys(models: Map<string, ModelDescription>, own: OwnModel): void {
  const article = models.get('Article');
  if (!article) throw new Error('There is no model Article.');
  const addTo = (model: string, name: string, relation: RelationDescription) =>
    models.get(model)?.relations.set(name, relation);
  for (const { name, columns } of ownLayout(own).tables) {
    const kept = new Map([['id', column('id', 'Int', false)], ...columns.map(describe)]);
    models.set(name, { table: name, columns: kept, relations: new Map() });
  }
  for (const field of own.fields) {
    if (isScalarKey(field)) {
      for (const { name, type, nullable } of scalarDescriptions(field))
        article.columns.set(name, { name, type, nullable });
      continue;
    }
    const table = tableOfKey(field);
    addTo('Article', relationOf(field), { target: table, from: 'id', to: 'articleId', nullable: true });
    addTo(table, 'article', { target: 'Article', from: 'articleId', to: 'id', nullable: false });
    if (isTermKey(field)) {
      const kind = tableOfKind(field.of);
      addTo(table, 'term', { target: kind, from: 'termId', to: 'id', nullable: false });
      addTo(kind, reverseRelationOf(field), { target: table, from: 'id', to: 'termId', nullable: true });
    }
    if (isReferenceKey(field)) {
      addTo(table, 'target', { target: 'Article', from: 'targetId', to: 'id', nullable: true });
      addTo('Article', reverseRelationOf(field), {
        target: table,
        from: 'id',
        to: 'targetId',
        nullable: true,
      });
    }
    if (isObjectKey(field)) {
      for (const part of field.fields) {
        const { value } = partColumns(part);
        models.get(table)?.columns.set(value, column(value, TYPES[part.kind], true));
      }
    }
  }
}

const TYPES: Readonly<Record<ScalarKind, string>> = {
  text: 'String',
  url: 'String',
  enum: 'String',
  int: 'Int',
  float: 'Float',
  boolean: 'Boolean',
  date: 'DateTime',
};

function scalarDescriptions(field: Extract<OwnField, { kind: ScalarKind }>): ColumnDescription[] {
  const { value, folded, asc, desc } = scalarColumns(field);
  return [
    column(value, TYPES[field.kind], field.default === null),
    ...(folded ? [column(folded, 'String', true)] : []),
    ...[asc, desc].flatMap((key) => (key ? [column(key, TYPES[field.kind], false)] : [])),
  ];
}

function describe({ name, type, otherwise }: LayoutColumn): [string, ColumnDescription] {
  const types = { text: 'String', integer: 'Int', real: 'Float' };
  const isAlwaysThere = ['articleId', 'position', 'isPublic', 'id', 'termId'].includes(name);
  return [name, column(name, types[type], otherwise === null && !isAlwaysThere)];
}

function column(name: string, type: string, nullable: boolean): ColumnDescription {
  return { name, type, nullable };
}
