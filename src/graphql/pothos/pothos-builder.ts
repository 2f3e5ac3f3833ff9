import PothosSchemaBuilder, {
  type ImplementableObjectRef,
  type InputObjectRef,
  type ObjectRef as PothosObjectRef,
} from '@pothos/core';
import type { GatewayContext } from '../context.ts';
import { mappingPlugin } from './mapping-plugin.ts';

/** What a resolver would be given. None is: the read engine answers whole operations from the mappings. */
export type Row = Readonly<Record<string, unknown>>;

interface OwnTypes {
  Context: GatewayContext;
  InferredFieldOptionsKind: 'Mapped';
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: string };
    URL: { Input: URL; Output: string };
  };
}

type SchemaTypes = PothosSchemaTypes.ExtendDefaultTypes<OwnTypes>;

export type PothosBuilder = PothosSchemaTypes.SchemaBuilder<SchemaTypes>;

/** An object type, implemented or not. */
export type ObjectRef = PothosObjectRef<SchemaTypes, Row>;

/** An object type that is to be implemented. */
export type ImplementableRef = ImplementableObjectRef<SchemaTypes, Row>;

/** An input type, implemented or not. */
export type InputRef = InputObjectRef<SchemaTypes, object>;

/** What the fields of an object type are made with. */
export type FieldBuilder = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Row>;

/** A Pothos builder that has no types yet but the root type of queries. */
export function createPothosBuilder(): PothosBuilder {
  const pothos = new PothosSchemaBuilder<OwnTypes>({ plugins: [mappingPlugin] });
  pothos.queryType({
    description: 'Every way into the content. Each answer is of one content version throughout.',
  });
  return pothos;
}
