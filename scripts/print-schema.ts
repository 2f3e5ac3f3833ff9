// Writes what is committed and checked for drift: schema.graphql and front-matter.schema.json. With a model of the owner's,
// looked for in the usual places, they have its keys too, and those that are not public.
// node --import tsx scripts/print-schema.ts [--content <folder>] [--model <file>] [--out <folder>]
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { loadConfig } from '../src/config/load-config.ts';
import { buildFrontMatterSchema } from '../src/content/own/front-matter-schema.ts';
import { findModel, ModelError } from '../src/content/read/model-file.ts';
import { buildSchema } from '../src/graphql/schema.ts';

const project = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({
  options: {
    content: { type: 'string' },
    model: { type: 'string' },
    out: { type: 'string', default: project },
  },
});
const { out, ...flags } = values;
const write = (name: string, text: string) => writeFileSync(join(out, name), `${text}\n`);
const { contentDir: folder, model: file } = loadConfig(process.env, flags);
try {
  const { model } = findModel({ folder, file });
  write('schema.graphql', printSchema(lexicographicSortSchema(buildSchema(model))));
  write('front-matter.schema.json', JSON.stringify(buildFrontMatterSchema(model), null, 2));
} catch (error) {
  if (!(error instanceof ModelError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
