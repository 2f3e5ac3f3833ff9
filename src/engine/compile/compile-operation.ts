import {
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import type { Dialect } from '../dialect/dialect.ts';
import { badInput, forbidden } from '../mapping/errors.ts';
import { type TableMapping, tableOf } from '../mapping/mapping.ts';
import { MAX_PAGE_SIZE } from '../page/compile-page.ts';
import { bindSince, IS_RESET } from '../page/since.ts';
import {
  type FieldPosition,
  fieldPosition,
  fieldsOf,
  itemPosition,
  type Mapping,
  type MetaField,
  objectTypeOf,
  readMapping,
  type SelectedField,
  tableOfField,
} from '../plan/field-position.ts';
import { checkTexts, type Plan, PlanBuilder, type Variables } from '../plan/plan.ts';
import type { Document } from '../plan/selection.ts';
import { RowScope, scopeOf } from '../sql/rows.ts';
import { rootSource, select } from '../sql/source.ts';
import { visibility } from '../sql/visibility.ts';
import { compileConnection } from './compile-connection.ts';
import { compileFind } from './compile-find.ts';
import { compileObject } from './compile-selection.ts';

/** What an operation is compiled from. */
export interface OperationSource {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  variables: Variables;
  dialect: Dialect;
  seesHidden: boolean;
}

/**
 * Compiles an operation to one statement of one row with one column: the JSON of `data`, but for introspection, which
 * the plan names. One statement is one snapshot, so an answer is of one content version throughout.
 * @throws coded errors for arguments that cannot be served
 */
export function compileOperation(source: OperationSource): Plan {
  const builder = new PlanBuilder(source);
  const document: Document = {
    schema: source.schema,
    fragments: source.fragments,
    variables: source.variables,
    onCondition: (variable) => builder.fixVariable(variable),
  };
  const root = source.schema.getRootType(source.operation.operation);
  if (!root) throw new Error(`The schema has no ${source.operation.operation} type.`);
  const position: FieldPosition = { builder, document, path: [], nullableDepth: 0 };
  const fields = fieldsOf(position, root, [source.operation.selectionSet]);
  const introspection = fields.filter((field): field is MetaField => isIntrospection(field));
  const pairs = fields
    .filter((field) => !isIntrospection(field))
    .map((selected): [string, string] => {
      if (selected.field === null) return [selected.name, builder.dialect.nameLiteral(root.name)];
      return [selected.name, compileRoot(fieldPosition(position, selected), root, selected)];
    });
  const select = `SELECT ${builder.dialect.object(pairs)} AS data`;
  return builder.finish(select, { names: fields.map(({ name }) => name), introspection });
}

function isIntrospection(selected: SelectedField | MetaField): boolean {
  return selected.field === null && selected.nodes[0]?.name.value !== '__typename';
}

function compileRoot(position: FieldPosition, root: GraphQLObjectType, selected: SelectedField): string {
  const mapping = readMapping(root, selected.field);
  switch (mapping.kind) {
    case 'connection': {
      const { builder, path } = position;
      const table = tableOfField(selected, 'node');
      if (table.visibility === 'preview' && !builder.seesHidden) throw forbidden(path.join('.'), 'preview');
      return compileConnection(position, null, rootSource(builder, table), selected, mapping, compileObject);
    }
    case 'find':
      return compileFind(position, mapping, selected);
    case 'latest':
      return compileLatest(position, mapping, selected);
    case 'node':
      return compileNode(position, selected);
    case 'nodeList':
      return compileNodeList(position, selected);
    default:
      throw new Error(
        `${root.name}.${selected.field.name} is mapped as ${mapping.kind}, which stands elsewhere.`,
      );
  }
}

function compileLatest(
  position: FieldPosition,
  { binds }: Mapping<'latest'>,
  selected: SelectedField,
): string {
  const { builder } = position;
  const source = rootSource(builder, tableOfField(selected));
  source.order = [{ sql: `${source.alias}."${source.table.key}"`, descending: true }];
  source.limit = 1;
  builder.addCost(1, position.path);
  builder.addRows(position.path);
  const scope = scopeOf(builder, source, { alias: source.alias, rows: 1, parent: null });
  if (binds) {
    const args = builder.arguments(selected, position.path);
    const { since, isReset } = bindSince(builder, args, binds, position.path.join('.'));
    scope.bound.set(binds.argument, since).set(IS_RESET, isReset);
  }
  return `(${select(builder, source, compileObject(position, objectTypeOf(selected), scope, selected.selections))})`;
}

function compileNode(position: FieldPosition, selected: SelectedField): string {
  const { builder } = position;
  const args = builder.arguments(selected, position.path);
  const tables = nodeTypes(position);
  const typeOf = (id: unknown) =>
    tables.findIndex(({ table }) => String(id).startsWith(table.idPrefix as string));
  args.fix(({ id }) => typeOf(id));
  builder.addCost(1, position.path);
  builder.addRows(position.path);
  const found = tables[typeOf(args.values.id)];
  if (!found) return 'NULL';
  const parameter = args.bind(({ id }) => id, `${position.path.join('.')}(id)`);
  return nodeById(position, found, selected, { id: parameter, keys: `SELECT ${parameter}`, rows: 1 });
}

/** One statement serves ids of all types: each row of the list picks its table by the id's first characters. */
function compileNodeList(position: FieldPosition, selected: SelectedField): string {
  const { builder } = position;
  const { dialect } = builder;
  const path = position.path.join('.');
  const args = builder.arguments(selected, position.path);
  const countIds = (ids: unknown) => (ids as readonly string[]).length;
  const rows = countIds(args.values.ids);
  if (rows > MAX_PAGE_SIZE)
    throw badInput(`${path}(ids)`, `${path}(ids) has ${rows} ids, at most ${MAX_PAGE_SIZE} are allowed.`);
  args.fix(({ ids }) => countIds(ids));
  const parameter = args.bind(({ ids }) => checkTexts(ids, `${path}(ids)`), `${path}(ids)`);
  builder.addCost(rows, position.path);
  builder.addRows([...position.path, '*']);
  const list = builder.alias();
  const id = dialect.listValue(list);
  const keys = `SELECT ${id} FROM ${dialect.listRows(parameter, list)}`;
  const here = itemPosition(position, selected);
  const branches = nodeTypes(position).map((node) => {
    const prefix = node.table.idPrefix as string;
    const object = nodeById(here, node, selected, { id, keys, rows });
    return `WHEN substr(${id}, 1, ${prefix.length}) = ${dialect.textLiteral(prefix)} THEN ${object}`;
  });
  const item = dialect.arrayOf(`CASE ${branches.join(' ')} END`);
  return `(SELECT ${item} FROM ${dialect.listRows(parameter, list)})`;
}

interface NodeType {
  type: GraphQLObjectType;
  table: TableMapping;
}

function nodeTypes({ document }: FieldPosition): NodeType[] {
  return Object.values(document.schema.getTypeMap()).flatMap((type) => {
    const table = isObjectType(type) ? tableOf(type) : undefined;
    return isObjectType(type) && table?.idPrefix ? [{ type, table }] : [];
  });
}

function nodeById(
  position: FieldPosition,
  { type, table }: NodeType,
  selected: SelectedField,
  { id, keys, rows }: { id: string; keys: string; rows: number },
): string {
  const { builder } = position;
  const alias = builder.alias();
  const scope = new RowScope({
    table,
    alias,
    rows,
    keys: () => {
      const found = builder.alias();
      const where = [`${found}."${table.key}" IN (${keys})`, ...visibility(builder, table, found)];
      return `SELECT ${found}."${table.key}" FROM "${table.table}" AS ${found} WHERE ${where.join(' AND ')}`;
    },
  });
  const object = compileObject(position, type, scope, selected.selections);
  const where = [`${alias}."${table.key}" = ${id}`, ...visibility(builder, table, alias)];
  return `(SELECT ${object} FROM "${table.table}" AS ${alias} WHERE ${where.join(' AND ')})`;
}
