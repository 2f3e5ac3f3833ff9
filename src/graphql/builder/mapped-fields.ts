import type { InputFieldMap } from '@pothos/core';
import type { Compute, FieldMapping } from '../../engine/mapping/mapping.ts';
import type { FieldBuilder, ObjectRef } from '../pothos/pothos-builder.ts';
import type { Connections } from './connection-type.ts';
import type { ColumnName, DataModel, ModelName, RelationName } from './data-model.ts';
import type { MappedTypes } from './mapped-type.ts';

type ScalarName = 'ID' | 'String' | 'Int' | 'Float' | 'Boolean' | 'DateTime' | 'URL';
type Path<M extends ModelName> = RelationName<M> | `${RelationName<M>}.${string}`;

const scalarOfColumn: Record<string, ScalarName> = {
  String: 'String',
  Int: 'Int',
  Float: 'Float',
  Boolean: 'Boolean',
  DateTime: 'DateTime',
};

/**
 * Field makers for an object type over a Prisma model: each says what the field is in the data model, and its GraphQL
 * type and nullability follow from there.
 */
export function mappedFields<M extends ModelName>(
  {
    mappedTypeOf,
    connectionOf,
    columnOf,
    joinsOf,
    joinById,
  }: Pick<MappedTypes, 'mappedTypeOf'> & Connections & DataModel,
  t: FieldBuilder,
  model: M,
) {
  const columnMapping = (column: string, full?: string): FieldMapping => ({
    kind: 'column',
    joins: [],
    column: columnOf(model, column).name,
    full,
    encoding: columnOf(model, column).type === 'Boolean' ? 'boolean' : 'plain',
  });
  const columnPaths = (columns: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, path]) => {
        const steps = path.split('.');
        const column = steps.pop() as string;
        if (steps.length === 0) return [name, { joins: [], column: columnOf(model, column).name }];
        const { joins, target } = joinsOf(model, steps.join('.'));
        return [name, { joins, column: columnOf(target, column).name }];
      }),
    );

  return {
    /** The row's global id. */
    id: () =>
      t.field({
        type: 'ID',
        nullable: false,
        description: 'Made from the content: the same files give the same id anywhere.',
        read: columnMapping('id'),
      }),

    /** A column of the model. `full` is what readers of hidden rows get in its place. */
    column: (
      column: ColumnName<M>,
      description: string,
      options: { type?: ScalarName | undefined; full?: ColumnName<M> } = {},
    ) => {
      const { type, nullable } = columnOf(model, column);
      return t.field({
        type: options.type ?? scalarOfColumn[type] ?? 'String',
        nullable,
        description,
        read: columnMapping(column, options.full),
      });
    },

    /** A column of the one row at the end of a path of to-one relations. */
    columnThrough: (
      path: Path<M>,
      column: string,
      description: string,
      options: { nullable: boolean; type?: ScalarName | undefined },
    ) => {
      const { joins, target } = joinsOf(model, path);
      const { type } = columnOf(target, column);
      const read: FieldMapping = {
        kind: 'column',
        joins,
        column,
        encoding: type === 'Boolean' ? 'boolean' : 'plain',
      };
      return t.field({
        type: options.type ?? scalarOfColumn[type] ?? 'String',
        nullable: options.nullable,
        description,
        read,
      });
    },

    /** The one row that a relation reaches, null where there is none or it is hidden. */
    one: (path: Path<M>, description: string, options: { nullable?: boolean } = {}) => {
      const { joins, target } = joinsOf(model, path);
      return t.field({
        type: mappedTypeOf(target).ref,
        nullable: options.nullable ?? true,
        description,
        read: { kind: 'one', joins },
      });
    },

    /** The row of another model whose id a column holds, where the data model has no relation; null when it is gone or hidden. */
    oneById: (column: ColumnName<M>, target: ModelName, description: string) =>
      t.field({
        type: mappedTypeOf(target).ref,
        description,
        read: {
          kind: 'one',
          joins: [joinById(target, columnOf(model, column).name)],
        },
      }),

    /** A list that is short by nature, in the order of a column of the first joined row. `size` is what one is reckoned to have. */
    list: (path: Path<M>, description: string, { orderBy, size }: { orderBy: string; size: number }) => {
      const { joins, target } = joinsOf(model, path);
      return t.field({
        type: [mappedTypeOf(target).ref],
        nullable: false,
        description,
        args: {
          first: t.arg.int({
            description: 'At most this many, from the beginning (0 to 100). All when left out.',
          }),
        },
        read: { kind: 'list', joins, orderBy, size },
      });
    },

    /** Other rows of the same model, by what they have in common; in the order of a column. */
    peers: (
      description: string,
      options: {
        anyOf: readonly ColumnName<M>[];
        differs: ColumnName<M>;
        orderBy: ColumnName<M>;
        size: number;
        limit: number;
      },
    ) => {
      const { anyOf, differs, orderBy, size, limit } = options;
      const read: FieldMapping = { kind: 'list', joins: [], orderBy, size, limit, peers: { anyOf, differs } };
      return t.field({
        type: [mappedTypeOf(model).ref],
        nullable: false,
        description,
        args: {
          first: t.arg.int({ description: `At most this many (0 to ${limit}). ${limit} when left out.` }),
        },
        read,
      });
    },

    /** A Relay connection over a to-many relation. */
    connection: (
      path: Path<M>,
      description: string,
      options: {
        distinct?: boolean;
        carried?: Readonly<Record<string, string>>;
        isPreviewOnly?: boolean;
      } = {},
    ) => {
      const { joins, target } = joinsOf(model, path, options.carried);
      const { ref, args } = connectionOf(target);
      const read: FieldMapping = { kind: 'connection', joins, distinct: options.distinct ?? false };
      return t.field({
        type: ref,
        nullable: false,
        description,
        extensions: options.isPreviewOnly ? { isPreviewOnly: true } : {},
        args,
        read,
      });
    },

    /** A value made in JavaScript from columns of the row: `columns` by the names that `compute` reads, as `relation.column` or `column`. */
    computed: <Args extends InputFieldMap>(
      type: ScalarName | ObjectRef | [ObjectRef],
      description: string,
      options: {
        columns: Record<string, string>;
        compute: Compute;
        /** Looks at the arguments, which are the same for all rows. @throws a coded error */
        check?: (args: Record<string, unknown>) => void;
        args?: Args;
        nullable?: boolean;
        /** The column that is the value when no argument is given. */
        plain?: ColumnName<M>;
        /** What making one value costs, in rows that could be read in its time. @default 0 */
        weight?: number;
      },
    ) =>
      t.field({
        type,
        nullable: options.nullable ?? true,
        description,
        args: options.args,
        read: {
          kind: 'computed',
          columns: columnPaths(options.columns),
          compute: options.compute,
          check: options.check,
          plain: options.plain,
          weight: options.weight ?? 0,
        },
      }),
  };
}
