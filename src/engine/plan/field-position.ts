import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { type FieldMapping, mappingOf, type TableMapping, tableOf } from '../mapping/mapping.ts';
import type { PlanBuilder } from './plan.ts';
import { collectFields, type Document } from './selection.ts';

/** Where a selection stands: what is compiled, and the response path to it (`*` for the items of a list). */
export interface FieldPosition {
  builder: PlanBuilder;
  document: Document;
  path: readonly string[];
  /** How many steps of `path` lead to the nearest value that may be null; with 0 that is the whole answer. */
  nullableDepth: number;
}

/** One selected field: its definition and the nodes that merged into it. */
export interface SelectedField {
  name: string;
  node: FieldNode;
  field: GraphQLField<unknown, unknown>;
  selections: readonly (SelectionSetNode | undefined)[];
}

/** A mapping of one kind. */
export type Mapping<K extends FieldMapping['kind']> = Extract<FieldMapping, { kind: K }>;

/** A field of every type's own: `__typename`, and at the root `__schema` and `__type`. */
export interface MetaField {
  name: string;
  field: null;
  nodes: readonly FieldNode[];
}

/** The place of a field's value within that of its object. */
export function fieldPosition(
  position: FieldPosition,
  { name, field }: Pick<SelectedField, 'name' | 'field'>,
): FieldPosition {
  const path = [...position.path, name];
  return {
    ...position,
    path,
    nullableDepth: isNonNullType(field.type) ? position.nullableDepth : path.length,
  };
}

/** The place of the items of the list that stands at `place`. */
export function itemPosition(
  position: FieldPosition,
  { field }: Pick<SelectedField, 'field'>,
): FieldPosition {
  const path = [...position.path, '*'];
  const list = getNullableType(field.type);
  const isNullable = isListType(list) && !isNonNullType(list.ofType);
  return { ...position, path, nullableDepth: isNullable ? path.length : position.nullableDepth };
}

/** The fields that a selection asks of a concrete type, in the order of the response. */
export function fieldsOf(
  { document }: FieldPosition,
  type: GraphQLObjectType,
  selections: readonly (SelectionSetNode | undefined)[],
): (SelectedField | MetaField)[] {
  return [...collectFields(document, type, selections)].map(([name, nodes]) => {
    const node = nodes[0] as FieldNode;
    if (node.name.value.startsWith('__')) return { name, field: null, nodes };
    const field = type.getFields()[node.name.value];
    if (!field) throw new Error(`${type.name} has no field ${node.name.value}.`);
    return { name, node, field, selections: nodes.map(({ selectionSet }) => selectionSet) };
  });
}

/** A field's mapping; every field that the engine reads has one. */
export function readMapping(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): FieldMapping {
  const mapping = mappingOf(field);
  if (!mapping) throw new Error(`${type.name}.${field.name} has no mapping to the database.`);
  return mapping;
}

/** A response path as errors name it: without the places in lists. */
export function pathText({ path }: FieldPosition): string {
  return path.filter((step) => step !== '*').join('.');
}

/** The object type that a field gives, apart from lists and non-null. */
export function objectTypeOf({ field }: SelectedField): GraphQLObjectType {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) throw new Error(`${field.name} does not give an object.`);
  return type;
}

/** The table of a field's type; of the type of its edges' nodes for a connection. */
export function tableOfField(selected: SelectedField, of: 'type' | 'node' = 'type'): TableMapping {
  const type = objectTypeOf(selected);
  const row = of === 'type' ? type : nodeTypeOf(type);
  const table = tableOf(row);
  if (!table) throw new Error(`${row.name} has no table.`);
  return table;
}

function nodeTypeOf(connection: GraphQLObjectType): GraphQLObjectType {
  const edge = getNamedType(connection.getFields().edges?.type);
  const node = isObjectType(edge) ? getNamedType(edge.getFields().node?.type) : undefined;
  if (!isObjectType(node)) throw new Error(`${connection.name} has no edges with a node.`);
  return node;
}
