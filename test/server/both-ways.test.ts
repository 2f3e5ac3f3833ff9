import { fileURLToPath } from 'node:url';
import { GraphQLError } from 'graphql';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codedError } from '../../src/engine/mapping/errors.ts';
import { noOwnKeys } from '../../src/model/own-model.ts';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import type { GatewayLogger } from '../../src/server/operations/create-logger.ts';
import { createExecution, type Execution } from '../../src/server/yoga/execution.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase } from '../support/database.ts';
import { testConfig } from '../support/gateway.ts';
import { type Asked, hashOf, requests } from './both-ways.ts';

const content = fileURLToPath(new URL('../../content/', import.meta.url));
const lines: object[] = [];
/** How often operations came on each way to the executor. */
const ways = { yoga: 0, short: 0 };
let gateway: Gateway;
let close: () => Promise<void>;

const log = (entry: object, message: string) => {
  const { ms: _, databaseMs: __, ...rest } = entry as Record<string, unknown>;
  lines.push({ ...rest, message });
};
const logger = {
  debug: log,
  info: log,
  warn: log,
  error: log,
  isLevelEnabled: () => true,
} as unknown as GatewayLogger;

/** The document with a comment that no other has: it is known to no gateway. */
let comments = 0;
const asNew = (document: string) => `${document}\n#${comments++}`;
const documents = new Map<string, string>();

/** Some operations end in ways that no content brings about. */
function withFailures(execution: Execution): Execution {
  return {
    ...execution,
    async execute(args) {
      const isByYoga = 'params' in (args.contextValue as object);
      ways[isByYoga ? 'yoga' : 'short'] += 1;
      const [definition] = args.document.definitions;
      const name = definition && 'name' in definition ? definition.name?.value : undefined;
      if (name === 'Fails') throw new Error('The disk /secret is gone.');
      if (name === 'Overflows') throw new RangeError('Maximum call stack size exceeded');
      if (name === 'Refused') {
        const http = { status: 503, headers: { 'retry-after': '1' }, spec: false };
        return { errors: [codedError('OVERLOADED', 'Too much.', { http })] };
      }
      if (name === 'Partly') {
        return {
          data: { __typename: null },
          errors: [new GraphQLError('Not this.', { path: ['__typename'] })],
        };
      }
      return execution.execute(args);
    },
  };
}

beforeAll(async () => {
  const database = await createTestDatabase();
  await syncContent({ folder: content, databaseUrl: database.url });
  const reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  await versions.refresh();
  const config = testConfig({
    CACHE: 'off',
    PREVIEW_TOKENS: 'preview:preview-token-of-the-test',
    SECURED_TOKENS: 'secured:secured-token-of-the-test',
    CORS_ORIGINS: 'https://a.example',
    MAX_ANSWER_BYTES: '65536',
    MAX_COST: '3000',
    NODE_ENV: 'production',
  });
  const execution = createExecution({ reader, versions, model: noOwnKeys, config });
  gateway = createGateway({
    db: { reader, versions },
    config,
    logger,
    documents,
    execution: withFailures(execution),
    registry: new Registry(),
  });
  close = async () => {
    await gateway.close();
    versions.close();
    await reader.close();
    database.remove();
  };
});
afterAll(() => close());

/** An answer whole, with what was logged of it. */
async function ask({ make }: Asked, document: string) {
  documents.set(hashOf(document), document);
  lines.length = 0;
  const { url, ...init } = make(document);
  const response = await gateway.fetch(new Request(url, init));
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  const body =
    isStream && document.startsWith('subscription')
      ? ''
      : Buffer.from(await response.arrayBuffer()).toString('base64');
  if (isStream) await response.body?.cancel().catch(() => undefined);
  return { status: response.status, headers: [...response.headers], body, lines: [...lines] };
}

test(`${requests.length} requests are answered alike on both ways, header for header and byte for byte`, async () => {
  expect(requests.length).toBeGreaterThanOrEqual(500);
  const different: unknown[] = [];
  for (const request of requests) {
    const byYoga = await ask(request, asNew(request.document));
    await ask(request, request.document);
    const known = await ask(request, request.document);
    try {
      expect(known, request.name).toEqual(byYoga);
    } catch (error) {
      different.push(String(error));
    }
  }
  expect(different).toEqual([]);
  // Each was new once; those that can be known were known the next time, and often before.
  expect(ways.short).toBeGreaterThan(400);
  expect(ways.yoga).toBeGreaterThan(400);
});

test('a condition is met on both ways', async () => {
  const request = requests.find(({ name }) => name.endsWith('GET'));
  if (!request) throw new Error('There is no such request.');
  const first = await ask(request, asNew(request.document));
  const etag = new Map(first.headers as [string, string][]).get('etag') ?? '';
  const conditional: Asked = {
    ...request,
    make: (document) => {
      const made = request.make(document);
      return { ...made, headers: { ...made.headers, 'if-none-match': etag } };
    },
  };
  const byYoga = await ask(conditional, asNew(request.document));
  await ask(request, request.document);
  const known = await ask(conditional, request.document);
  expect(byYoga.status).toBe(304);
  expect(known).toEqual(byYoga);
});
