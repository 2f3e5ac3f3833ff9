import { type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';
import { compileConnection } from './compile-connection.ts';
import { checkSize } from './compile-page.ts';
import type { TableMapping } from './mapping.ts';
import { nest } from './nesting.ts';
import {
  fieldPlace,
  fieldsOf,
  itemPlace,
  type Mapping,
  objectTypeOf,
  type Place,
  pathText,
  readMapping,
  type SelectedField,
  tableOfField,
} from './place.ts';
import type { ArgumentValues, PlanBuilder } from './plan.ts';
import { type RowScope, scopeOf, selectList } from './rows.ts';
import { IS_RESET } from './since.ts';
import { joinedSource, rootSource, type Source, select } from './source.ts';

/** The JSON object of a selection on one row of `scope`. */
export function compileObject(
  place: Place,
  type: GraphQLObjectType,
  scope: RowScope,
  selections: SelectedField['selections'],
): string {
  const { dialect } = place.builder;
  const pairs = fieldsOf(place, type, selections).map((selected): [string, string] => {
    if (selected.field === null) return [selected.name, dialect.nameLiteral(type.name)];
    return [selected.name, compileField(fieldPlace(place, selected), type, scope, selected)];
  });
  return dialect.object(pairs);
}

function compileField(
  place: Place,
  type: GraphQLObjectType,
  scope: RowScope,
  selected: SelectedField,
): string {
  place.builder.admitField(place.path);
  const mapping = readMapping(type, selected.field);
  switch (mapping.kind) {
    case 'column':
      return compileColumn(place, scope, mapping);
    case 'computed':
      return compileComputed(place, scope, mapping, selected);
    case 'embedded':
      return compileObject(place, objectTypeOf(selected), scope, selected.selections);
    case 'cases':
      return compileCases(place, scope, mapping);
    case 'isReset':
      return place.builder.dialect.condition(scope.bound.get(IS_RESET) ?? '0');
    case 'exceeds':
      return compileExceeds(place, scope, mapping);
    case 'one':
      return nest(place.builder, scope, compileOne(place, scope, mapping, selected));
    case 'list':
      return nest(place.builder, scope, compileList(place, scope, mapping, selected));
    case 'connection': {
      const table = tableOfField(selected, 'node');
      const source = joinedSource(place.builder, scope, mapping.joins, table, mapping.distinct);
      return nest(
        place.builder,
        scope,
        compileConnection(place, scope, source, selected, mapping, compileObject),
      );
    }
    default:
      throw new Error(
        `${type.name}.${selected.field.name} is mapped as ${mapping.kind}, which stands elsewhere.`,
      );
  }
}

function compileColumn({ builder, path }: Place, scope: RowScope, mapping: Mapping<'column'>): string {
  const column = builder.seesHidden ? (mapping.full ?? mapping.column) : mapping.column;
  if (mapping.joins.length > 0) builder.addCost(scope.rows, path);
  return builder.dialect.column(columnSql(builder, scope, mapping.joins, column), mapping.encoding);
}

function compileCases({ builder }: Place, scope: RowScope, { cases, otherwise }: Mapping<'cases'>): string {
  const branches = cases.map(({ column, after, name }) => {
    const value = scope.column(column);
    const condition = after ? `${value} > ${scope.bound.get(after) ?? '0'}` : `${value} = 1`;
    return `WHEN ${condition} THEN ${builder.dialect.nameLiteral(name)}`;
  });
  return `CASE ${branches.join(' ')} ELSE ${builder.dialect.nameLiteral(otherwise)} END`;
}

/** A column of the row, or of the one row at the end of joins. */
function columnSql(
  builder: PlanBuilder,
  scope: RowScope,
  joins: Mapping<'column'>['joins'],
  column: string,
): string {
  if (joins.length === 0) return scope.column(column);
  const source = joinedSource(builder, scope, joins, { ...scope.table, visibility: null });
  return `(${select(builder, source, `${source.alias}."${column}"`)})`;
}

function compileComputed(
  place: Place,
  scope: RowScope,
  mapping: Mapping<'computed'>,
  selected: SelectedField,
): string {
  const { builder, path, nullableDepth } = place;
  const args = builder.arguments(selected, place.path);
  if (mapping.plain) {
    const hasArguments = (values: ArgumentValues) => Object.values(values).some((value) => value != null);
    args.fix(hasArguments);
    if (!hasArguments(args.values)) return scope.column(mapping.plain);
  }
  const sources = Object.entries(mapping.columns);
  const reads = sources.some(([, { joins }]) => joins.length > 0) ? 1 : 0;
  if (reads + mapping.weight > 0) builder.addCost(scope.rows * (reads + mapping.weight), path);
  const shape = compileShape(place, selected);
  const marker = builder.addComputed({
    path,
    node: selected.node,
    nullableDepth,
    frameIndex: args.index,
    compute: mapping.compute,
    shape,
  });
  const columns = sources.map(([name, { joins, column }]): [string, string] => [
    name,
    columnSql(builder, scope, joins, column),
  ]);
  return builder.dialect.object([...marker, ...columns]);
}

/** Applies a selection to values that stand in JavaScript: plain objects whose keys are field names. */
function compileShape(place: Place, selected: SelectedField): (value: unknown) => unknown {
  const type = getNamedType(selected.field.type);
  if (!isObjectType(type)) return (value) => value;
  const fields = fieldsOf(place, type, selected.selections).map((entry) =>
    entry.field === null
      ? { name: entry.name, read: () => type.name }
      : { name: entry.name, read: (row: Record<string, unknown>) => row[entry.field.name] },
  );
  const shapeObject = (row: Record<string, unknown>) =>
    Object.fromEntries(fields.map(({ name, read }) => [name, read(row) ?? null]));
  return (value) =>
    Array.isArray(value) ? value.map(shapeObject) : shapeObject(value as Record<string, unknown>);
}

function compileOne(
  place: Place,
  parent: RowScope,
  mapping: Mapping<'one'>,
  selected: SelectedField,
): string {
  const type = objectTypeOf(selected);
  const source = joinedSource(place.builder, parent, mapping.joins, tableOfField(selected));
  place.builder.addCost(parent.rows, place.path);
  place.builder.addRows(place.path);
  const scope = scopeOf(place.builder, source, { alias: source.alias, rows: parent.rows, parent });
  return `(${select(place.builder, source, compileObject(place, type, scope, selected.selections))})`;
}

function compileList(
  place: Place,
  parent: RowScope,
  mapping: Mapping<'list'>,
  selected: SelectedField,
): string {
  const { builder } = place;
  const args = builder.arguments(selected, place.path);
  args.fix(({ first }) => first ?? null);
  const first = args.values.first as number | null | undefined;
  if (typeof first === 'number') checkSize(first, `${pathText(place)}(first)`);
  const type = objectTypeOf(selected);
  const reached = listSource(builder, parent, mapping, tableOfField(selected));
  const source = {
    ...reached,
    order: [{ sql: `${(reached.via ?? reached).alias}."${mapping.orderBy}"`, descending: false }],
    limit: first ?? mapping.limit ?? null,
  };
  // A list of none still has its statement compiled and run.
  const rows = parent.rows * Math.max(first ?? mapping.size, 1);
  builder.addCost(rows, place.path);
  builder.addRows([...place.path, '*']);
  const scope = scopeOf(builder, source, { alias: builder.alias(), rows, parent });
  for (const [argument, parameter] of parent.bound) scope.bound.set(argument, parameter);
  const item = compileObject(itemPlace(place, selected), type, scope, selected.selections);
  const derived = select(builder, source, selectList(scope, source));
  return `(SELECT ${builder.dialect.arrayOf(item)} FROM (${derived}) AS ${scope.alias})`;
}

/** Looks at one row more than the limit, however many there are. */
function compileExceeds(
  { builder, path }: Place,
  parent: RowScope,
  { table, limit, after }: Mapping<'exceeds'>,
): string {
  const source = { ...listSource(builder, parent, { joins: [], after }, table()), limit: limit + 1 };
  builder.addCost(parent.rows * (limit + 1), path);
  return builder.dialect.condition(`(SELECT count(*) > ${limit} FROM (${select(builder, source, '1')}))`);
}

function listSource(
  builder: PlanBuilder,
  parent: RowScope,
  { joins, after }: Pick<Mapping<'list'>, 'joins' | 'after'>,
  table: TableMapping,
): Source {
  const source =
    joins.length === 0 ? rootSource(builder, table) : joinedSource(builder, parent, joins, table);
  if (after)
    source.where.push(`${source.alias}."${after.column}" > ${parent.bound.get(after.argument) ?? '0'}`);
  return source;
}
