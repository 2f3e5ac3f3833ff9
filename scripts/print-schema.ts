// Writes what is committed and checked for drift: schema.graphql and front-matter.schema.json.
// node --import tsx scripts/print-schema.ts
import { writeFileSync } from 'node:fs';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { buildFrontMatterSchema } from '../src/content/own/front-matter-schema.ts';
import { buildSchema } from '../src/graphql/schema.ts';
import { noOwnKeys } from '../src/model/own-model.ts';

const write = (name: string, text: string) =>
  writeFileSync(new URL(`../${name}`, import.meta.url), `${text}\n`);

write('schema.graphql', printSchema(lexicographicSortSchema(buildSchema(noOwnKeys))));
write('front-matter.schema.json', JSON.stringify(buildFrontMatterSchema(), null, 2));
