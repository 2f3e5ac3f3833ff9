// Writes what the plugin-prisma baseline needs beyond the application's own client: Pothos' view of the data model.
// The extra generator goes into a copy of the schema, so that the application does not carry it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'data/bench/baseline');

/** Makes `data/bench/baseline/pothos-types.ts` from `prisma/schema.prisma`. Returns its path. */
export function generateBaseline(): string {
  const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');
  const withoutGenerators = schema.replace(/^generator \w+ \{[^}]*\}\n/gmu, '');
  const output = join(folder, 'pothos-types.ts');
  const provider = `node ${join(root, 'node_modules/@pothos/plugin-prisma/bin/generator.js')}`;
  const generator = `generator pothos {\n  provider     = ${JSON.stringify(provider)}\n  clientOutput = "@prisma/client"\n  output       = ${JSON.stringify(output)}\n}\n`;
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'schema.prisma');
  writeFileSync(path, `${generator}\n${withoutGenerators}`);
  // prisma.config.ts in the root keeps the CLI from downloading an engine that generating does not use.
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/prisma/build/index.js'), 'generate', '--schema', path],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 120_000,
    },
  );
  return output;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(generateBaseline());
