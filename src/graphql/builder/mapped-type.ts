import type {
  FilterMapping,
  OrderTerm,
  PublicAndFullOrder,
  TableMapping,
  Visibility,
} from '../../engine/mapping/mapping.ts';
import { builder, type ModelName, type Row, tableName } from './builder.ts';

type ImplementableRef = ReturnType<typeof builder.objectRef<Row>>;

export interface MappedTypeOptions {
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
  name: M;
  ref: ImplementableRef;
  table: () => TableMapping;
}

// Types refer to each other in circles; by name, no type file needs another.
const types = new Map<string, MappedType<ModelName>>();
const filters = new Map<string, () => FilterMapping>();

/** The mapped type over a Prisma model. To be called when all type files are loaded. */
export function mappedTypeOf(model: string): MappedType<ModelName> {
  const type = types.get(model);
  if (!type) throw new Error(`The Prisma model ${model} has no GraphQL type.`);
  return type;
}

/** Makes `mapping` the filter of the mapped type of this name. */
export function registerFilter(model: string, mapping: () => FilterMapping): void {
  filters.set(model, mapping);
}

/** An object type over a Prisma model of the same name. Its fields are given where the type is implemented. */
export function mappedType<M extends ModelName>(model: M, options: MappedTypeOptions): MappedType<M> {
  let table: TableMapping | undefined;
  const type: MappedType<M> = {
    name: model,
    ref: builder.objectRef<Row>(model),
    table: () => {
      table ??= {
        type: model,
        table: tableName(model),
        key: options.key ?? 'id',
        unique: options.unique ?? [{ column: options.key ?? 'id', type: 'string' }],
        idPrefix: options.idPrefix,
        visibility: options.visibility,
        orders: options.orders ?? {},
        defaultOrder: options.defaultOrder ?? [],
        filter: filters.get(model)?.() ?? {},
      };
      return table;
    },
  };
  types.set(model, type);
  return type;
}
