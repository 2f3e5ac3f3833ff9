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
    ...schemaOfFields(articleFields),
  };
}
