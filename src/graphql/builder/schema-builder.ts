import type { Keys } from '../../model/built-in/key.ts';
import type { OwnModel } from '../../model/own-model.ts';
import { hiddenReasonType } from '../pothos/hidden-reason.ts';
import { nodeType } from '../pothos/node-type.ts';
import { createPothosBuilder, type FieldBuilder } from '../pothos/pothos-builder.ts';
import { addScalars } from '../pothos/scalars.ts';
import { createConnections } from './connection-type.ts';
import { createDataModel, type ModelName } from './data-model.ts';
import { filterFields } from './filter-fields.ts';
import { createFilterInputs } from './filter-inputs.ts';
import { keyFields } from './key-fields.ts';
import { keyFilters } from './key-filters.ts';
import { mappedFields } from './mapped-fields.ts';
import { createMappedTypes } from './mapped-type.ts';
import { createOrderInputs } from './order-inputs.ts';
import { addValueFilters } from './value-filters.ts';

/** What the types of one schema are made with. It has the types that they share, and knows those defined so far. */
export type SchemaBuilder = ReturnType<typeof createSchemaBuilder>;

/** A builder of one schema. Nothing is shared with another. */
export function createSchemaBuilder(model: OwnModel) {
  const data = createDataModel(model);
  const pothos = createPothosBuilder();
  addScalars(pothos);
  const hiddenReason = hiddenReasonType(pothos);
  const types = createMappedTypes(pothos, data);
  const connections = createConnections(pothos);
  const fields = <M extends ModelName>(t: FieldBuilder, of: M) =>
    mappedFields({ ...types, ...connections, ...data }, t, of);
  const filters = (of: ModelName) => filterFields({ ...types, ...data }, of);
  return {
    pothos,
    data,
    /** The owner's own keys. */
    model,
    hiddenReason,
    node: nodeType(pothos),
    ...types,
    ...connections,
    ...createOrderInputs(pothos),
    ...createFilterInputs(pothos, types, addValueFilters(pothos, hiddenReason)),
    /** Makers of the fields of an object type over a Prisma model. */
    mappedFields: fields,
    /** The fields that the built-in keys of a Prisma model have, by name. */
    keyFields: (t: FieldBuilder, of: ModelName, keys: Keys) =>
      keyFields(t, fields(t, of), keys, hiddenReason),
    /** Makers of the fields of a filter over a Prisma model. */
    filterFields: filters,
    /** The fields that a filter has of the built-in keys of a Prisma model, by name. */
    keyFilters: (of: ModelName, keys: Keys) => keyFilters(filters(of), keys),
  };
}
