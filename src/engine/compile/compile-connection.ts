import type { GraphQLObjectType } from 'graphql';
import { compilePage, type Page } from '../page/compile-page.ts';
import { bindSince } from '../page/since.ts';
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
} from '../plan/field-position.ts';
import type { RowScope } from '../sql/rows.ts';
import type { Source } from '../sql/source.ts';

/** Compiles the selection on the rows of a page; given by the caller, for it compiles connections in its turn. */
export type CompileObject = (
  position: FieldPosition,
  type: GraphQLObjectType,
  scope: RowScope,
  selections: SelectedField['selections'],
) => string;

type Pairs = [name: string, value: string][];

// A count walks an index of all rows it counts; it is charged as this many. With a filter it reads the rows, too.
const COUNT_COST = 100;
const FILTERED_COUNT_COST = 500;

/** The JSON object of a connection over `source`; `parent` is null at the root. */
export function compileConnection(
  position: FieldPosition,
  parent: RowScope | null,
  source: Source,
  selected: SelectedField,
  { after }: Pick<Mapping<'connection'>, 'after'>,
  compileNode: CompileObject,
): string {
  const { builder } = position;
  const type = objectTypeOf(selected);
  const args = builder.arguments(selected, position.path);
  const fields = fieldsOf(position, type, selected.selections);
  const kindOf = (name: SelectedField['field']) => readMapping(type, name).kind;
  const bound = after && bindSince(builder, args, after, pathText(position));
  if (after && bound) source.where.push(`${source.alias}."${after.column}" > ${bound.since}`);
  const page = compilePage(builder, args, source, {
    parent,
    path: pathText(position),
    asksPageInfo: fields.some(({ field }) => field !== null && kindOf(field) === 'pageInfo'),
  });
  if (after && bound) page.scope.bound.set(after.argument, bound.since);
  builder.addCost(page.scope.rows, position.path);
  const pairs: Pairs = fields.map((entry) => {
    if (entry.field === null) return [entry.name, builder.dialect.nameLiteral(type.name)];
    const here = fieldPosition(position, entry);
    switch (kindOf(entry.field)) {
      case 'totalCount':
        builder.addCost(
          (parent?.rows ?? 1) * (page.isFiltered ? FILTERED_COUNT_COST : COUNT_COST),
          here.path,
        );
        return [entry.name, builder.dialect.column(page.totalCount(), 'plain')];
      case 'pageInfo':
        return [entry.name, compilePageInfo(here, page, entry)];
      case 'isReset':
        return [entry.name, builder.dialect.condition(bound?.isReset ?? '1 = 0')];
      case 'edges':
        return [entry.name, page.rows(compileEdge(itemPosition(here, entry), page, entry, compileNode))];
      default:
        throw new Error(`${type.name}.${entry.field.name} is not a field of a connection.`);
    }
  });
  return `(${page.select(builder.dialect.object(pairs))})`;
}

function compileEdge(
  position: FieldPosition,
  page: Page,
  selected: SelectedField,
  compileNode: CompileObject,
): string {
  const type = objectTypeOf(selected);
  const pairs: Pairs = fieldsOf(position, type, selected.selections).map((entry) => {
    if (entry.field === null) return [entry.name, position.builder.dialect.nameLiteral(type.name)];
    if (readMapping(type, entry.field).kind === 'edgeCursor') return [entry.name, page.cursor()];
    const here = fieldPosition(position, entry);
    position.builder.addRows(here.path);
    return [entry.name, compileNode(here, objectTypeOf(entry), page.scope, entry.selections)];
  });
  return position.builder.dialect.object(pairs);
}

function compilePageInfo(position: FieldPosition, page: Page, selected: SelectedField): string {
  const type = objectTypeOf(selected);
  const pairs: Pairs = fieldsOf(position, type, selected.selections).map((entry) => {
    if (entry.field === null) return [entry.name, position.builder.dialect.nameLiteral(type.name)];
    const { kind } = readMapping(type, entry.field);
    if (
      kind === 'hasNextPage' ||
      kind === 'hasPreviousPage' ||
      kind === 'startCursor' ||
      kind === 'endCursor'
    ) {
      return [entry.name, page[kind]()];
    }
    throw new Error(`${type.name}.${entry.field.name} is not a field of PageInfo.`);
  });
  return position.builder.dialect.object(pairs);
}
