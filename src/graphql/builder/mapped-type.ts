import type {
  FilterMapping,
  OrderTerm,
  PublicAndFullOrder,
  TableMapping,
  Visibility,
} from '../../engine/mapping/mapping.ts';
import type { ImplementableRef, PothosBuilder, Row } from '../pothos/pothos-builder.ts';
import type { DataModel, ModelName } from './data-model.ts';

export interface MappedTypeOptions {
  /** The type's name in GraphQL; the model's when left out. */
  typeName?: string;
  idPrefix: string | null;
  visibility: Visibility | null;
  orders?: Record<string, PublicAndFullOrder>;
  defaultOrder?: readonly OrderTerm[];
  key?: string;
  /** The columns by which no two rows are equal; the key when left out. */
  unique?: TableMapping['unique'];
}

/** Rows that everybody sees when `column` is true, and others only with the preview scope. */
export function visibleWhen(column: string): Visibility {
  return { column, everybody: 1, preview: [1, 0] };
}

/** What the read engine and the type files know of one object type. */
export interface MappedType<M extends ModelName> {
  /** Of the model. */
  name: M;
  /** In GraphQL. */
  typeName: string;
  ref: ImplementableRef;
  table: () => TableMapping;
}

export type MappedTypes = ReturnType<typeof createMappedTypes>;

/**
 * The mapped types of one schema. Types refer to each other in circles; by name, no type file needs another. What looks
 * one up is to be called when all of them are defined, such as in the fields of a type.
 */
export function createMappedTypes(pothos: PothosBuilder, { tableName }: DataModel) {
  const types = new Map<string, MappedType<ModelName>>();
  const filters = new Map<string, FilterMapping>();
  return {
    /** An object type over a Prisma model of the same name. Its fields are given where the type is implemented. */
    mappedType<M extends ModelName>(model: M, options: MappedTypeOptions): MappedType<M> {
      let table: TableMapping | undefined;
      const { typeName = model } = options;
      const type: MappedType<M> = {
        name: model,
        typeName,
        ref: pothos.objectRef<Row>(typeName),
        table: () => {
          table ??= tableMapping(model, tableName(model), options, filters.get(model) ?? {});
          return table;
        },
      };
      types.set(model, type);
      return type;
    },

    /** The mapped type over a Prisma model. @throws when there is none */
    mappedTypeOf(model: string): MappedType<ModelName> {
      const type = types.get(model);
      if (!type) throw new Error(`The Prisma model ${model} has no GraphQL type.`);
      return type;
    },

    /** Makes `mapping` the filter of the mapped type of this name. */
    registerFilter(model: string, mapping: FilterMapping): void {
      filters.set(model, mapping);
    },
  };
}

function tableMapping(
  model: ModelName,
  table: string,
  options: MappedTypeOptions,
  filter: FilterMapping,
): TableMapping {
  const key = options.key ?? 'id';
  return {
    type: options.typeName ?? model,
    table,
    key,
    unique: options.unique ?? [{ column: key, type: 'string' }],
    idPrefix: options.idPrefix,
    visibility: options.visibility,
    orders: options.orders ?? {},
    defaultOrder: options.defaultOrder ?? [],
    filter,
  };
}
