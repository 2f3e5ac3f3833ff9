import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import { type DatabaseReader, openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase } from '../support/database.ts';
import { testConfig } from '../support/gateway.ts';

const database = await createTestDatabase();
const folder = `${database.folder}/content`;
let reader: DatabaseReader;
let gateway: Gateway;
let close: () => Promise<void>;
/** Runs once, before the next statement of an operation. */
let meanwhile: (() => Promise<unknown>) | null = null;

async function load(fields: string) {
  const parsed = parseModel(`fields: { ${fields} }`);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  const reading = { ...defaultReading, model: parsed.model };
  await syncContent({ folder, databaseUrl: database.url, reading });
}

async function ask(query: string) {
  const response = await gateway.fetch(
    new Request('http://gateway.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    }),
  );
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

beforeAll(async () => {
  mkdirSync(folder);
  writeFileSync(`${folder}/a.md`, '---\ntitle: A\nweight: "7"\nmood: calm\n---\n');
  await load('weight: int, mood: text');
  reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  await versions.refresh();
  const readText: DatabaseReader['readText'] = async (sql, ...rest) => {
    const first = sql.includes('own.') ? meanwhile : null;
    if (first) meanwhile = null;
    await first?.();
    return reader.readText(sql, ...rest);
  };
  gateway = createGateway({ db: { reader: { readText }, versions }, config: testConfig({ CACHE: 'off' }) });
  close = async () => {
    await gateway.close();
    versions.close();
    await reader.close();
    database.remove();
  };
});
afterAll(() => close?.());

test('an operation whose column goes before its statement is asked again of the new schema', async () => {
  expect(await ask('{ article(slug: "a") { weight mood } }')).toMatchObject({
    data: { article: { weight: 7, mood: 'calm' } },
  });
  meanwhile = () => load('weight: int');
  const gone = await ask('{ article(slug: "a") { mood } }');
  expect(meanwhile).toBe(null);
  expect(JSON.stringify(gone)).toContain('Cannot query field');
  meanwhile = () => load('weight: int, mood: text');
  expect(await ask('{ article(slug: "a") { weight } }')).toMatchObject({ data: { article: { weight: 7 } } });
  expect(meanwhile).toBe(null);
});

test('a key that is of another kind by then is answered as that, and never half', async () => {
  meanwhile = () => load('weight: text, mood: text');

  expect(await ask('{ article(slug: "a") { weight mood } }')).toMatchObject({
    status: 200,
    data: { article: { weight: '7', mood: 'calm' } },
  });
  expect(meanwhile).toBe(null);
});
