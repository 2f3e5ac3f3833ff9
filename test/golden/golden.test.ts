import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printSchema } from 'graphql';
import { expect, test } from 'vitest';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { dumpContent } from '../store/dump-content.ts';
import { schema } from '../support/built-in-schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { testConfig } from '../support/gateway.ts';
import { type GoldenRequest, goldenRequests } from './requests.ts';

// Ids, digests and answers that stay as they are when code only moves. After a change that is meant:
//   UPDATE_GOLDEN=1 npx vitest run test/golden
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const folders = {
  samples: here('../../content'),
  hugo: here('../fixtures/habits/hugo-yaml/content'),
  astro: here('../fixtures/habits/astro/content'),
};
const NOW = Date.parse('2026-06-01T00:00:00Z');
const TOKEN = 'preview-token-0123456789';
const env = {
  NODE_ENV: 'production',
  INTROSPECTION: 'on',
  PREVIEW_TOKENS: `editor:${TOKEN}`,
  MAX_COST: '1000000',
  LOG_LEVEL: 'silent',
};
/** Drawn anew for each response. */
const random = new Set(['x-request-id']);

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

async function ask(gateway: Gateway, request: GoldenRequest): Promise<string> {
  const { method = 'GET', query, variables, headers, reader } = request;
  const isGet = method === 'GET';
  const parameters = new URLSearchParams({
    ...(query && { query }),
    ...(variables && { variables: JSON.stringify(variables) }),
  });
  const response = await gateway.fetch(
    new Request(`http://gateway.example/graphql${isGet ? `?${parameters}` : ''}`, {
      method,
      headers: {
        accept: 'application/graphql-response+json',
        'accept-encoding': 'identity',
        ...(!isGet && { 'content-type': 'application/json' }),
        ...(reader && { authorization: `Bearer ${TOKEN}` }),
        ...headers,
      },
      ...(!isGet && { body: JSON.stringify({ query, variables }) }),
    }),
  );
  const lines = [...response.headers]
    .filter(([name]) => !random.has(name))
    .map(([name, value]) => `${name}: ${value}`);
  return `${response.status}\n${lines.join('\n')}\n\n${await response.text()}\n`;
}

/** What a folder becomes: the rows of the index, and each answer with its headers. */
async function readFolder(folder: string): Promise<Record<string, string>> {
  const database = await createTestDatabase();
  await syncContent({ folder, databaseUrl: database.url, now: () => NOW });
  const reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  await versions.refresh();
  const gateway = createGateway({ db: { reader, versions }, config: testConfig(env) });
  try {
    const found: Record<string, string> = { rows: (await dumpContent(database.url)).join('\n') };
    for (const request of goldenRequests) found[request.name] = await ask(gateway, request);
    return found;
  } finally {
    await gateway.close();
    versions.close();
    await reader.close();
    database.remove();
  }
}

const isUpdate = process.env.UPDATE_GOLDEN === '1';

/** Holds texts against a committed file, or writes it. */
function compare(file: string, found: string): void {
  const path = here(file);
  if (isUpdate) writeFileSync(path, found);
  expect(found).toBe(readFileSync(path, 'utf8'));
}

const digestsOf = (texts: Record<string, string>) =>
  `${JSON.stringify(Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, digest(text)])), null, 2)}\n`;

test('the schema is as it was', () => {
  compare('schema.json', digestsOf({ sdl: printSchema(schema) }));
});

test.each(Object.entries(folders))('rows and answers of the %s are as they were', async (name, folder) => {
  const texts = await readFolder(folder);
  // For a look at what became different, two as they are.
  if (name === 'samples') compare('samples-page.txt', texts['filtered and ordered'] ?? '');
  if (name === 'hugo') compare('hugo-changes.txt', texts['versions, changes and problems'] ?? '');
  compare(`${name}.json`, digestsOf(texts));
});
