import type { GraphQLObjectType } from 'graphql';
import { forbidden } from '../mapping/errors.ts';
import { isPreviewOnly, type TableMapping } from '../mapping/mapping.ts';
import { checkSize } from '../page/compile-page.ts';
import { IS_RESET } from '../page/since.ts';
import {
  type FieldPosition,
  fieldPosition,
  fieldsOf,
  itemPosition,
  type Mapping,
  objectTypeOf,
  pathText,
  readMapping,
  type SelectedField,
  tableOfField,
} from '../plan/field-position.ts';
import type { PlanBuilder } from '../plan/plan.ts';
import { nest } from '../sql/nesting.ts';
import { type RowScope, scopeOf, selectList } from '../sql/rows.ts';
import { joinedSource, rootSource, type Source, select } from '../sql/source.ts';
import { columnSql, compileComputed, Material } from './compile-computed.ts';
import { compileConnection } from './compile-connection.ts';

/** The JSON object of a selection on one row of `scope`. */
export function compileObject(
  position: FieldPosition,
  type: GraphQLObjectType,
  scope: RowScope,
  selections: SelectedField['selections'],
): string {
  const { dialect } = position.builder;
  const material = new Material(position.builder, scope);
  const pairs = fieldsOf(position, type, selections).map((selected): [string, string] => {
    if (selected.field === null) return [selected.name, dialect.nameLiteral(type.name)];
    return [selected.name, compileField(fieldPosition(position, selected), type, scope, material, selected)];
  });
  return dialect.object([...pairs, ...material.pairs()]);
}

function compileField(
  position: FieldPosition,
  type: GraphQLObjectType,
  scope: RowScope,
  material: Material,
  selected: SelectedField,
): string {
  position.builder.admitField(position.path);
  if (isPreviewOnly(selected.field) && !position.builder.seesHidden)
    throw forbidden(pathText(position), 'preview');
  const mapping = readMapping(type, selected.field);
  switch (mapping.kind) {
    case 'column':
      return compileColumn(position, scope, mapping);
    case 'computed':
      return compileComputed(position, scope, material, mapping, selected);
    case 'embedded':
      return compileObject(position, objectTypeOf(selected), scope, selected.selections);
    case 'cases':
      return compileCases(position, scope, mapping);
    case 'isReset':
      return position.builder.dialect.condition(scope.bound.get(IS_RESET) ?? '1 = 0');
    case 'exceeds':
      return compileExceeds(position, scope, mapping);
    case 'one':
      return nest(position.builder, scope, compileOne(position, scope, mapping, selected));
    case 'list':
      return nest(position.builder, scope, compileList(position, scope, mapping, selected));
    case 'connection': {
      const table = tableOfField(selected, 'node');
      const source = joinedSource(position.builder, scope, mapping.joins, table, mapping.distinct);
      return nest(
        position.builder,
        scope,
        compileConnection(position, scope, source, selected, mapping, compileObject),
      );
    }
    default:
      throw new Error(
        `${type.name}.${selected.field.name} is mapped as ${mapping.kind}, which stands elsewhere.`,
      );
  }
}

function compileColumn(
  { builder, path }: FieldPosition,
  scope: RowScope,
  mapping: Mapping<'column'>,
): string {
  const column = builder.seesHidden ? (mapping.full ?? mapping.column) : mapping.column;
  if (mapping.joins.length > 0) builder.addCost(scope.rows, path);
  return builder.dialect.column(columnSql(builder, scope, mapping.joins, column), mapping.encoding);
}

function compileCases(
  { builder }: FieldPosition,
  scope: RowScope,
  { cases, otherwise }: Mapping<'cases'>,
): string {
  const branches = cases.map(({ column, after, name }) => {
    const value = scope.column(column);
    const condition = after ? `${value} > ${scope.bound.get(after) ?? '0'}` : `${value} = 1`;
    return `WHEN ${condition} THEN ${builder.dialect.nameLiteral(name)}`;
  });
  return `CASE ${branches.join(' ')} ELSE ${builder.dialect.nameLiteral(otherwise)} END`;
}

function compileOne(
  position: FieldPosition,
  parent: RowScope,
  mapping: Mapping<'one'>,
  selected: SelectedField,
): string {
  const type = objectTypeOf(selected);
  const source = joinedSource(position.builder, parent, mapping.joins, tableOfField(selected));
  position.builder.addCost(parent.rows, position.path);
  position.builder.addRows(position.path);
  const scope = scopeOf(position.builder, source, { alias: source.alias, rows: parent.rows, parent });
  return `(${select(position.builder, source, compileObject(position, type, scope, selected.selections))})`;
}

function compileList(
  position: FieldPosition,
  parent: RowScope,
  mapping: Mapping<'list'>,
  selected: SelectedField,
): string {
  const { builder } = position;
  const args = builder.arguments(selected, position.path);
  args.fix(({ first }) => first ?? null);
  const first = args.values.first as number | null | undefined;
  if (typeof first === 'number') checkSize(first, `${pathText(position)}(first)`);
  const type = objectTypeOf(selected);
  const reached = listSource(builder, parent, mapping, tableOfField(selected));
  const order = mapping.peers ? [mapping.orderBy, reached.table.key] : [mapping.orderBy];
  const source = {
    ...reached,
    order: order.map((column) => ({
      sql: `${(reached.via ?? reached).alias}."${column}"`,
      descending: false,
    })),
    limit: first ?? mapping.limit ?? null,
  };
  // A list of none still has its statement compiled and run.
  const rows = parent.rows * Math.max(first ?? mapping.size, 1);
  builder.addCost(rows, position.path);
  builder.addRows([...position.path, '*']);
  const areParts = mapping.joins.length === 1;
  // Parts of parts are bounded together, by the one file that has them all.
  const isCharged = typeof first === 'number' || (mapping.limit ?? Number.POSITIVE_INFINITY) <= mapping.size;
  const isOpen = !isCharged && !(areParts && parent.areParts);
  const openLists = parent.openLists + (isOpen ? 1 : 0);
  builder.noteOpenLists(openLists);
  const scope = scopeOf(builder, source, { alias: builder.alias(), rows, parent, openLists, areParts });
  for (const [argument, parameter] of parent.bound) scope.bound.set(argument, parameter);
  const item = compileObject(itemPosition(position, selected), type, scope, selected.selections);
  const derived = select(builder, source, selectList(scope, source));
  return `(SELECT ${builder.dialect.arrayOf(item)} FROM (${derived}) AS ${scope.alias})`;
}

/** Looks at one row more than the limit, however many there are. */
function compileExceeds(
  { builder, path }: FieldPosition,
  parent: RowScope,
  { table, limit, after }: Mapping<'exceeds'>,
): string {
  const source = { ...listSource(builder, parent, { joins: [], after }, table()), limit: limit + 1 };
  builder.addCost(parent.rows * (limit + 1), path);
  return builder.dialect.condition(
    `(SELECT count(*) > ${limit} FROM (${select(builder, source, '1')}) AS ${builder.alias()})`,
  );
}

function listSource(
  builder: PlanBuilder,
  parent: RowScope,
  { joins, after, peers }: Pick<Mapping<'list'>, 'joins' | 'after' | 'peers'>,
  table: TableMapping,
): Source {
  const source =
    joins.length === 0 ? rootSource(builder, table) : joinedSource(builder, parent, joins, table);
  if (after)
    source.where.push(`${source.alias}."${after.column}" > ${parent.bound.get(after.argument) ?? '0'}`);
  if (peers) {
    const equal = (column: string) => `${source.alias}."${column}" = ${parent.column(column)}`;
    source.where.push(
      `(${peers.anyOf.map(equal).join(' OR ')})`,
      `${source.alias}."${peers.differs}" IS DISTINCT FROM ${parent.column(peers.differs)}`,
    );
    source.isNarrow = true;
  }
  return source;
}
