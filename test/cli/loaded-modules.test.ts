import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTempFolder } from '../content/temp-folder.ts';

test('the serving thread loads nothing of what reads articles, renders them or shows GraphiQL, nor the client of Prisma', () => {
  using folder = createTempFolder();
  const noted = join(folder.path, 'modules.txt');
  const script = "await import('./src/cli/serve/serve.ts')";
  execFileSync(
    process.execPath,
    [
      '--import',
      './test/cli/fixtures/note-modules.mjs',
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      script,
    ],
    { env: { ...process.env, NOTED_MODULES: noted } },
  );
  const modules = readFileSync(noted, 'utf8');
  expect(modules).toContain('/src/server/create-gateway.ts');
  expect(modules).toContain('/node_modules/graphql-yoga/');
  for (const module of [
    '/src/content/parse-article.ts',
    '/src/text/html/render-text.ts',
    '/src/generated/prisma/client.ts',
    '/node_modules/@prisma/client/',
    '/node_modules/@prisma/adapter-libsql/',
    '/node_modules/@prisma/schema-engine-wasm/',
    '/node_modules/@graphql-yoga/render-graphiql/',
    '/node_modules/sanitize-html/',
    '/node_modules/gray-matter/',
    '/node_modules/chokidar/',
  ]) {
    expect(modules).not.toContain(module);
  }
});
