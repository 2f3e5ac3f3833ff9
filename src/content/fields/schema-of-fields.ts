import type { Field, FieldTable, JsonSchema } from './field-table.ts';

/**
 * JSON Schema (draft 2020-12) of a mapping that is read by `table`, with its aliases. Unknown keys are allowed, as they are
 * when a file is loaded.
 */
export function schemaOfFields<F extends Record<string, Field<unknown>>>(table: FieldTable<F>): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, { schema, description, aliases = [] }] of table.entries) {
    properties[name] = { ...schema, description };
    for (const alias of aliases) {
      properties[alias] = { ...schema, description: `Another name of \`${name}\`. ${description}` };
    }
  }
  return { type: 'object', properties, additionalProperties: true };
}
