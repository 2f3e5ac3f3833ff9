import type { Field, FieldTable, JsonSchema } from './field-table.ts';

/**
 * JSON Schema (draft 2020-12) of a mapping that is read by `table`, with its aliases. Unknown keys are allowed, as they are
 * when a file is loaded.
 * @param at where it stands in the whole schema, as a JSON pointer
 */
export function schemaOfFields<F extends Record<string, Field<unknown>>>(
  table: FieldTable<F>,
  at = '#',
): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, { schema, description, aliases = [] }] of table.entries) {
    properties[name] = { ...schema, description };
    for (const alias of aliases) {
      properties[alias] = {
        $ref: `${at}/properties/${name}`,
        description: `Another name of \`${name}\`. ${description}`,
      };
    }
  }
  return { type: 'object', properties, additionalProperties: true };
}
