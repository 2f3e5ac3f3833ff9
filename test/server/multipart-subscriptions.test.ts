import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import { type ContentFolder, createContentFolder } from '../store/content-folder.ts';
import { type ContentGateway, createContentGateway, testConfig } from '../support/gateway.ts';

/** What Apollo Client 4 sends with a subscription. */
const APOLLO =
  'multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json,application/json;q=0.9';
/** Longer than a busy machine takes. */
const PATIENCE = 30_000;
const QUERY = 'subscription Changes { contentChanged { version changes { kind slug } } }';

let folder: ContentFolder;
let content: ContentGateway;
let gateway: Gateway;
let listening: Listening;

beforeEach(async () => {
  folder = createContentFolder();
  folder.write('a.md', { title: 'A' });
  content = await createContentGateway(folder.path);
  const { reader, versions } = content;
  gateway = createGateway({ db: { reader, versions }, config: testConfig({ MAX_SUBSCRIPTIONS: '2' }) });
  listening = await listen(gateway, { host: '127.0.0.1', port: 0, graceMs: 200 });
});
afterEach(async () => {
  await listening.close();
  await content.close();
  folder.delete();
});

/** The parts of a multipart body (RFC 2046, section 5.1) that are complete: a delimiter stands behind each. */
function readParts(text: string, boundary: string) {
  const pieces = text.split(`\r\n--${boundary}`);
  const isClosed = pieces.at(-1) === '--\r\n';
  const parts = pieces.slice(1, -1).map((piece) => {
    const [, head = '', body = ''] = /^\r\n([\s\S]*?)\r\n\r\n([\s\S]*)$/.exec(piece) ?? [];
    expect(head.toLowerCase()).toContain('content-type: application/json');
    return JSON.parse(body);
  });
  return { preamble: pieces[0], parts, isClosed };
}

const isHeartbeat = (part: object) => Object.keys(part).length === 0;

async function open(query = QUERY, accept = APOLLO) {
  const stop = new AbortController();
  const response = await fetch(listening.url, {
    method: 'POST',
    headers: { accept, 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal: stop.signal,
  });
  const type = response.headers.get('content-type') ?? '';
  const stream = { status: response.status, type, text: '', isEnded: false };
  const reading = (async () => {
    for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk).toString();
    stream.isEnded = true;
  })().catch((error) => {
    if (!stop.signal.aborted) throw error;
  });
  const read = () => readParts(stream.text, 'graphql');
  return {
    stream,
    read,
    events: () => read().parts.filter((part: object) => !isHeartbeat(part)),
    reading,
    async stop() {
      stop.abort();
      await reading;
    },
  };
}

it('gives each event as a part that is complete when it comes', async () => {
  const { stream, read, events, stop } = await open();
  expect(stream.status).toBe(200);
  expect(stream.type).toBe('multipart/mixed;boundary="graphql";subscriptionSpec=1.0');
  // The first part tells that the subscription is open.
  await vi.waitFor(() => expect(read().parts).toEqual([{}]), PATIENCE);
  for (const title of ['A2', 'A3']) {
    folder.write('a.md', { title });
    await content.sync();
    const version = Number(title.slice(1));
    await vi.waitFor(
      () =>
        expect(events().at(-1)).toEqual({
          payload: { data: { contentChanged: { version, changes: [{ kind: 'UPDATED', slug: 'a' }] } } },
        }),
      PATIENCE,
    );
  }
  expect(read()).toMatchObject({ preamble: '', isClosed: false });
  await stop();
});

it('ends with an error of the operation, without what is for servers', async () => {
  const costly = `subscription { contentChanged(since: 0) { ${Array.from({ length: 30 }, (_, at) => `a${at}: changes { slug article { related { article { related { title } } } } }`).join(' ')} } }`;
  const { read, events, reading, stream } = await open(costly);
  await reading;
  expect(events()).toEqual([
    {
      payload: {
        errors: [
          expect.objectContaining({ extensions: expect.objectContaining({ code: 'COST_LIMIT_EXCEEDED' }) }),
        ],
      },
    },
  ]);
  expect(stream.text).not.toContain('"http"');
  expect(read().isClosed).toBe(true);
});

it('is JSON where the operation cannot begin, and for a query', async () => {
  const wrong = await open('subscription { nothing }');
  await wrong.reading;
  expect(wrong.stream.type).toMatch(/^application\/(graphql-response\+)?json/);
  expect(JSON.parse(wrong.stream.text).errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  const query = await open('{ contentVersion { number } }');
  await query.reading;
  expect(JSON.parse(query.stream.text)).toEqual({ data: { contentVersion: { number: 1 } } });
});

it.each([
  ['server-sent events where both are asked for', `${APOLLO}, text/event-stream`, 200, 'text/event-stream'],
  ['nothing to who takes multipart of another kind', 'multipart/mixed', 406, 'application/json'],
  ['nothing to who does not want it', 'multipart/mixed;subscriptionSpec=1.0;q=0', 406, 'application/json'],
  ['it also with the version in quotes', 'multipart/mixed; subscriptionSpec="1.0"', 200, 'multipart/mixed'],
])('gives %s', async (_, accept, status, type) => {
  const { stream, stop } = await open(QUERY, accept);
  expect([stream.status, stream.type.split(';')[0]]).toEqual([status, type]);
  await stop();
});

it('counts as an open subscription until its client leaves', async () => {
  for (let round = 0; round < 3; round += 1) {
    // The server hears of clients that left a little later.
    const opened = await vi.waitFor(async () => {
      const both = [await open(), await open()];
      const statuses = both.map(({ stream }) => stream.status);
      if (statuses.includes(503)) for (const { stop } of both) await stop();
      expect(statuses).toEqual([200, 200]);
      return both;
    }, PATIENCE);
    const refused = await open();
    expect(refused.stream.status).toBe(503);
    await refused.reading;
    expect(JSON.parse(refused.stream.text).errors[0].extensions.code).toBe('SUBSCRIPTION_LIMIT');
    for (const { stop } of opened) await stop();
  }
});

it('ends in order, but not as complete, when the server stops', async () => {
  const { read, stream, reading } = await open();
  await vi.waitFor(() => expect(read().parts).toEqual([{}]), PATIENCE);
  await listening.close();
  await reading;
  expect(stream.isEnded).toBe(true);
  expect(read().isClosed).toBe(false);
});
