import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';
import type { JsonSchema } from '../fields/field-table.ts';
import { articleFields } from '../fields/fields.ts';
import { definitions } from '../fields/nested-fields.ts';
import { schemaOfFields } from '../fields/schema-of-fields.ts';
import { FLAG_KEYS, PUBLIC_STATES, STATUS_KEYS } from '../visibility/find-visibility.ts';
import { claimedTable } from './prepare-own-keys.ts';
import { schemasOfOwnKeys } from './schema-of-own-keys.ts';

/**
 * The JSON Schema (draft 2020-12) of an article's front matter, by which editors complete and check keys. A file that meets
 * it may still have a value that does not exist, such as 30 February.
 */
export function buildFrontMatterSchema(model: OwnModel = noOwnKeys): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Front matter of an article file',
    ...withOwnKeys(withVisibility(schemaOfFields(articleFields)), model),
    $defs: definitions,
  };
}
function withVisibility(schema: JsonSchema): JsonSchema {
  const properties = { ...(schema.properties as Record<string, JsonSchema>) };
  for (const [key, shows] of FLAG_KEYS) {
    const type = key === 'published' ? ['boolean', 'string'] : 'boolean';
    properties[key] = { type, default: shows, description: `\`${!shows}\` hides it from the public.` };
  }
  for (const key of STATUS_KEYS) {
    const description = `Anything but ${PUBLIC_STATES.join(', ')} hides it from the public.`;
    properties[key] = { type: 'string', description };
  }
  return { ...schema, properties };
}

/** The owner's keys behind the built-in ones, without the aliases that they take. A key that both read keeps its description. */
function withOwnKeys(schema: JsonSchema, { fields }: OwnModel): JsonSchema {
  if (fields.length === 0) return schema;
  const own = schemasOfOwnKeys(fields);
  const table = claimedTable(fields.map(({ from }) => from));
  const isLeft = (key: string) => table.slotOf.has(key) || !articleFields.slotOf.has(key);
  const builtIn = Object.entries(schema.properties as Record<string, JsonSchema>).filter(([key]) =>
    isLeft(key),
  );
  const properties = Object.fromEntries([...own, ...builtIn]);
  const required = fields.filter(
    ({ isRequired, only, from }) => isRequired && only === null && from.length === 1,
  );
  const names = required.flatMap(({ from }) => from);
  return { ...schema, properties, ...(names.length > 0 && { required: names }) };
}
