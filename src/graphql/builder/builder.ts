import SchemaBuilder, { type ObjectRef as PothosObjectRef } from '@pothos/core';
import type { Join } from '../../engine/mapping/mapping.ts';
import { readModel } from '../../generated/read-model.ts';
import type { GatewayContext } from '../context.ts';

/** What a resolver would be given. None is: the read engine answers whole operations from the mappings. */
export type Row = Readonly<Record<string, unknown>>;

export interface SchemaTypes {
  Context: GatewayContext;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: string };
    URL: { Input: URL; Output: string };
  };
}

/** An object type, implemented or not. */
export type ObjectRef = PothosObjectRef<PothosSchemaTypes.ExtendDefaultTypes<SchemaTypes>, Row>;

export const builder = new SchemaBuilder<SchemaTypes>({});

builder.queryType({
  description: 'Every way into the content. Each answer is of one content version throughout.',
});

type ReadModel = typeof readModel;
export type ModelName = keyof ReadModel;
export type ColumnName<M extends ModelName> = keyof ReadModel[M]['columns'] & string;
export type RelationName<M extends ModelName> = keyof ReadModel[M]['relations'] & string;

interface ColumnDescription {
  name: string;
  type: string;
  nullable: boolean;
}

interface RelationDescription {
  target: string;
  from: string;
  to: string;
  nullable: boolean;
}

interface ModelDescription {
  table: string;
  columns: Record<string, ColumnDescription>;
  relations: Record<string, RelationDescription>;
}

const models: Record<string, ModelDescription> = readModel;

/** A model's table name in the database. */
export function tableName(model: ModelName): string {
  return readModel[model].table;
}

/** A column of a model by its name in the Prisma schema. */
export function columnOf(model: string, name: string): ColumnDescription {
  const column = models[model]?.columns[name];
  if (!column) throw new Error(`The Prisma model ${model} has no column ${name}.`);
  return column;
}

/**
 * The joins of a path of relations from a model, such as `topics.topic`, and whether there may be no row at its end.
 * `carried` are columns of the last row that the row before it has too, under the names given.
 */
export function joinsOf(
  model: string,
  path: string,
  carried: Readonly<Record<string, string>> = {},
): { joins: Join[]; target: string; nullable: boolean } {
  let here = model;
  let nullable = false;
  const joins = path.split('.').map((name): Join => {
    const relation = models[here]?.relations[name];
    if (!relation) throw new Error(`The Prisma model ${here} has no relation ${name}.`);
    const { from, to, target } = relation;
    const publicFrom = publicColumn(here, from);
    here = target;
    nullable ||= relation.nullable;
    return {
      ...{ table: models[here]?.table ?? here, from, to, carried },
      ...{ visible: visibleColumn(here), publicFrom, publicTo: publicColumn(here, to) },
    };
  });
  return { joins, target: here, nullable };
}

/** The join from a column that holds ids of a model, where the data model has no relation. */
export function joinById(target: ModelName, from: string): Join {
  const visible = visibleColumn(target);
  return { table: tableName(target), from, to: 'id', carried: {}, visible, publicFrom: null, publicTo: null };
}

/** A model's visibility column, null where no row is hidden; see the conventions of prisma/schema.prisma. */
function visibleColumn(model: string): string | null {
  const columns = models[model]?.columns ?? {};
  return ['published', 'isPublic'].find((name) => columns[name]) ?? null;
}

/** The `public…` neighbour of a model's column, null where there is none. */
function publicColumn(model: string, column: string): string | null {
  const name = `public${column.charAt(0).toUpperCase()}${column.slice(1)}`;
  return models[model]?.columns[name]?.name ?? null;
}
