import PothosSchemaBuilder, {
  BasePlugin,
  type PothosOutputFieldConfig,
  type SchemaTypes,
} from '@pothos/core';
import type { FieldMapping } from '../../engine/mapping/mapping.ts';

/** The plugin's name among those of Pothos. */
export const mappingPlugin = 'mapping';

declare global {
  export namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      [mappingPlugin]: MappingPlugin<Types>;
    }
    interface InferredFieldOptions<Types, ResolveShape, Type, Nullable, Args, ResolveReturnShape> {
      /** In place of a resolver, what the field is in the database. Without it the field is a property of a computed value. */
      Mapped: { read?: FieldMapping };
    }
  }
}

/** Puts each field's mapping where the read engine looks for it, and makes it fail when anything else resolves it. */
class MappingPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(field: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const { read } = field.pothosOptions;
    return {
      ...field,
      extensions: read ? { ...field.extensions, read } : field.extensions,
      resolve: resolveElsewhere,
    };
  }
}

/** The resolver of every field. It never runs: executeOperation answers from the mappings on the fields. */
export function resolveElsewhere(): never {
  throw new Error('This schema is answered by executeOperation, not by resolvers.');
}

PothosSchemaBuilder.registerPlugin(mappingPlugin, MappingPlugin);
