import type { Join } from '../../engine/mapping/mapping.ts';
import { readModel } from '../../generated/read-model.ts';
import type { OwnModel } from '../../model/own-model.ts';
import { upperFirst } from '../../model/own-names.ts';
import {
  type ColumnDescription,
  describeOwnKeys,
  type ModelDescription,
  type RelationDescription,
} from './own-data-model.ts';

type ReadModel = typeof readModel;
type BuiltIn = keyof ReadModel;
/** A model of the data model, or of an owner's keys. */
export type ModelName = BuiltIn | (string & {});
export type ColumnName<M extends ModelName> = M extends BuiltIn
  ? keyof ReadModel[M]['columns'] & string
  : string;
export type RelationName<M extends ModelName> = M extends BuiltIn
  ? keyof ReadModel[M]['relations'] & string
  : string;

export type DataModel = ReturnType<typeof createDataModel>;

/** What types are made over: the models of the Prisma schema, and those of an owner's keys. */
export function createDataModel(own: OwnModel) {
  const models = new Map<string, ModelDescription>(
    Object.entries(readModel).map(([name, { table, columns, relations }]) => [
      name,
      {
        table,
        columns: new Map<string, ColumnDescription>(Object.entries(columns)),
        relations: new Map<string, RelationDescription>(Object.entries(relations)),
      },
    ]),
  );
  describeOwnKeys(models, own);

  /** A model's visibility column, null where no row is hidden; see the conventions of prisma/schema.prisma. */
  const visibleColumn = (model: string): string | null =>
    ['published', 'isPublic'].find((name) => models.get(model)?.columns.has(name)) ?? null;

  /** The `public…` neighbour of a model's column, null where there is none. */
  const publicColumn = (model: string, column: string): string | null =>
    models.get(model)?.columns.get(`public${upperFirst(column)}`)?.name ?? null;

  /** A model's table name in the database. */
  const tableName = (model: ModelName): string => {
    const found = models.get(model);
    if (!found) throw new Error(`There is no model ${model}.`);
    return found.table;
  };

  return {
    tableName,

    /** A column of a model by its name in the data model. */
    columnOf(model: string, name: string): ColumnDescription {
      const column = models.get(model)?.columns.get(name);
      if (!column) throw new Error(`The model ${model} has no column ${name}.`);
      return column;
    },

    /**
     * The joins of a path of relations from a model, such as `topics.topic`, and whether there may be no row at its end.
     * `carried` are columns of the last row that the row before it has too, under the names given.
     */
    joinsOf(
      model: string,
      path: string,
      carried: Readonly<Record<string, string>> = {},
    ): { joins: Join[]; target: string; nullable: boolean } {
      let here = model;
      let nullable = false;
      const joins = path.split('.').map((name): Join => {
        const relation = models.get(here)?.relations.get(name);
        if (!relation) throw new Error(`The model ${here} has no relation ${name}.`);
        const { from, to, target } = relation;
        const publicFrom = publicColumn(here, from);
        here = target;
        nullable ||= relation.nullable;
        return {
          ...{ table: tableName(here), from, to, carried },
          ...{ visible: visibleColumn(here), publicFrom, publicTo: publicColumn(here, to) },
        };
      });
      return { joins, target: here, nullable };
    },

    /** The join from a column that holds ids of a model, where the data model has no relation. */
    joinById(target: ModelName, from: string): Join {
      const visible = visibleColumn(target);
      return {
        table: tableName(target),
        from,
        to: 'id',
        carried: {},
        visible,
        publicFrom: null,
        publicTo: null,
      };
    },
  };
}
