// Writes what is committed and checked for drift: schema.graphql and front-matter.schema.json. With a model of the owner's,
// where it is looked for as everywhere, they have its keys too.
// node --import tsx scripts/print-schema.ts [--content <folder>] [--model <file>]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { loadConfig } from '../src/config/load-config.ts';
import { buildFrontMatterSchema } from '../src/content/own/front-matter-schema.ts';
import { findModel, ModelError } from '../src/content/read/model-file.ts';
import { buildSchema } from '../src/graphql/schema.ts';

const write = (name: string, text: string) =>
  writeFileSync(new URL(`../${name}`, import.meta.url), `${text}\n`);

const { values } = parseArgs({ options: { content: { type: 'string' }, model: { type: 'string' } } });
const { contentDir: folder, model: file } = loadConfig(process.env, values);
try {
  const { model } = findModel({ folder, file });
  write('schema.graphql', printSchema(lexicographicSortSchema(buildSchema(model))));
  write('front-matter.schema.json', JSON.stringify(buildFrontMatterSchema(model), null, 2));
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
