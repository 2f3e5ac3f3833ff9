import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentGateway, createContentGateway } from '../support/gateway.ts';

const TOKEN = 'preview-token-of-a-test';
let place: TestDatabase;
let content: ContentGateway;
const streams: AbortController[] = [];

beforeEach(async () => {
  place = await createTestDatabase();
  mkdirSync(`${place.folder}/content`);
  write(1);
  content = await createContentGateway(`${place.folder}/content`, { PREVIEW_TOKENS: `editor:${TOKEN}` });
  await load('weight: int');
});
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.abort();
  await content.close();
  place.remove();
});

function write(weight: number): void {
  writeFileSync(`${place.folder}/content/a.md`, `---\ntitle: A\nweight: ${weight}\nmood: calm\n---\n`);
}

async function load(fields: string): Promise<void> {
  const parsed = parseModel(`fields: { ${fields} }`);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  await content.sync({ reading: { ...defaultReading, model: parsed.model } });
  await content.versions.refresh();
}

interface Event {
  data?: { contentChanged: { version: number; changes: { article: Record<string, unknown> | null }[] } };
  errors?: { extensions: { code: string } }[];
}

/** Subscribes, and gives the events one by one; null when the stream has ended. */
async function follow(
  selection: string,
  headers: Record<string, string> = {},
): Promise<() => Promise<Event | null>> {
  const stop = new AbortController();
  streams.push(stop);
  const query = `subscription { contentChanged { version changes { article { ${selection} } } } }`;
  const response = await content.gateway.fetch(
    new Request('http://test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
      body: JSON.stringify({ query }),
      signal: stop.signal,
    }),
  );
  expect(response.status).toBe(200);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  return async () => {
    for (;;) {
      const found = /event: next\ndata: (.*)\n\n/u.exec(text);
      if (found) {
        text = text.slice(found.index + found[0].length);
        return JSON.parse(found[1] ?? '');
      }
      const { value, done } = await reader.read();
      if (done) return null;
      text += decoder.decode(value, { stream: true });
    }
  };
}

test('a subscription tells of own keys, ends at the change of their model, and is begun again with the new ones', async () => {
  const next = await follow('title weight');
  write(2);
  await load('weight: int');
  expect((await next())?.data?.contentChanged.changes).toEqual([{ article: { title: 'A', weight: 2 } }]);
  write(3);
  await load('weight: int, mood: text');
  expect((await next())?.errors?.map(({ extensions }) => extensions.code)).toEqual(['SCHEMA_CHANGED']);
  expect(await next()).toBeNull();
  const again = await follow('weight mood');
  write(4);
  await load('weight: int, mood: text');
  expect((await again())?.data?.contentChanged.changes).toEqual([{ article: { weight: 4, mood: 'calm' } }]);
});

test('a key that is not public ends the subscriptions of those who may know of it alone', async () => {
  const everybody = await follow('weight');
  const editor = await follow('weight', { authorization: `Bearer ${TOKEN}` });
  write(2);
  await load('weight: int');
  for (const next of [everybody, editor])
    expect((await next())?.data?.contentChanged.changes).toEqual([{ article: { weight: 2 } }]);
  write(3);
  await load('weight: int, mood: { kind: text, public: false }');
  expect((await everybody())?.data?.contentChanged.changes).toEqual([{ article: { weight: 3 } }]);
  const secret = await follow('mood', { authorization: `Bearer ${TOKEN}` });
  write(4);
  await load('weight: int, mood: { kind: int, public: false }');
  expect((await everybody())?.data?.contentChanged.changes).toEqual([{ article: { weight: 4 } }]);
  expect((await secret())?.errors?.map(({ extensions }) => extensions.code)).toEqual(['SCHEMA_CHANGED']);
});
