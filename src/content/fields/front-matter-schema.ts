import { FLAG_KEYS, PUBLIC_STATES, STATUS_KEYS } from '../visibility/find-visibility.ts';
import type { JsonSchema } from './field-table.ts';
import { articleFields } from './fields.ts';
import { schemaOfFields } from './schema-of-fields.ts';

/**
 * The JSON Schema (draft 2020-12) of an article's front matter, by which editors complete and check keys. A file that meets
 * it may still have a value that does not exist, such as 30 February.
 */
export function buildFrontMatterSchema(): object {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Front matter of an article file',
    ...withVisibility(schemaOfFields(articleFields)),
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
