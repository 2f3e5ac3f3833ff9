import { execute as executeByReference, type GraphQLSchema, subscribe } from 'graphql';
import { createSchema } from 'graphql-yoga';
import { type ConfigFlags, type GatewayConfig, loadConfig } from '../../src/config/load-config.ts';
import { codedError } from '../../src/engine/mapping/errors.ts';
import { emptyReport, type Scopes } from '../../src/graphql/context.ts';
import type { PurgeKey } from '../../src/graphql/purge-keys.ts';
import { countColumns } from '../../src/model/tables/counts.ts';
import { createGateway, type Gateway, type GatewayOptions } from '../../src/server/create-gateway.ts';
import { type Listening, listen } from '../../src/server/listen.ts';
import type { Execution } from '../../src/server/yoga/execution.ts';
import type { ContentCounts, ContentVersionRow } from '../../src/store/content-version.ts';
import { type DatabaseReader, openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncOptions, SyncReport } from '../../src/store/sync-report.ts';
import type { OpenVersionSource, VersionSource } from '../../src/store/version-source.ts';
import { createTestDatabase } from './database.ts';

/** A version source that a test moves by hand. */
export interface HandVersions extends VersionSource {
  current: ContentVersionRow | null;
  refreshes: number;
  /** As if a sync had just committed; `hidden`: one that changed nothing for the public. */
  commit(what?: 'hidden'): void;
}

export function createHandVersions(): HandVersions {
  let committed = 1;
  let committedPublic = 1;
  const listeners = new Set<(version: ContentVersionRow) => void>();
  const versions: HandVersions = {
    current: null,
    refreshes: 0,
    isCurrent: () => versions.current?.number === committed,
    async refresh() {
      versions.refreshes += 1;
      const [number, publicNumber] = [committed, committedPublic];
      await Promise.resolve();
      const isNew = versions.current?.number !== number;
      const row = versionRow(number, publicNumber);
      versions.current = row;
      if (isNew) for (const listener of listeners) listener(row);
      return row;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    commit(what) {
      committed += 1;
      if (what !== 'hidden') committedPublic += 1;
    },
  };
  return versions;
}

const noCounts = Object.fromEntries(countColumns.map((column) => [column, 0])) as ContentCounts;

function versionRow(number: number, publicNumber: number): ContentVersionRow {
  return {
    number,
    digest: `digest-${number}`,
    syncedAt: '2024-01-01T00:00:00.000Z',
    historyFrom: 0,
    publicNumber,
    publicDigest: `public-digest-${publicNumber}`,
    publicSyncedAt: '2024-01-01T00:00:00.000Z',
    publicHistoryFrom: 0,
    problemsDigest: '',
    ...noCounts,
  };
}

/** What the stand-in schema's resolvers need; tests replace what they are about. */
export interface StandIn {
  /** How many operations have reached the executor. */
  executed: number;
  /** The value of the field `slow`, awaited by it. */
  slow: () => Promise<string>;
  /** What the subscription `ticks` gives. */
  ticks: () => AsyncIterable<number>;
  execution: Execution;
}

interface StandInContext {
  scopes: Scopes;
  requestId: string;
  signal: AbortSignal;
}

const typeDefs = /* GraphQL */ `
  type Query {
    hello(name: String): String
    version: Int!
    secret: String
    slow: String
    fails: String
    failsForClients: String
    echo(values: [Int!]): [Int!]
    article(slug: String): Article
    articles(first: Int): ArticleConnection!
  }
  type Mutation {
    change: String
  }
  type Subscription {
    ticks: Int!
  }
  type Article {
    slug: String!
    title: String!
    provider: Provider
    topics: [Topic!]!
    articles(first: Int): ArticleConnection!
  }
  type Provider { domain: String name: String! articles(first: Int): ArticleConnection! }
  type Topic { slug: String! name: String! }
  type ArticleConnection { edges: [ArticleEdge!]! totalCount: Int! }
  type ArticleEdge { node: Article! }
`;

const purgeKeys: Record<string, PurgeKey> = {
  Article: { prefix: 'article', field: 'slug' },
  Provider: { prefix: 'provider', field: 'domain' },
  Topic: { prefix: 'topic', field: 'slug' },
};

/** A small schema in memory, run by the reference executor: the server's tests need no database. */
export function createStandIn(versions: HandVersions): StandIn {
  const provider = { domain: 'example.org', name: 'Example' };
  const articles = Array.from({ length: 40 }, (_, at) => ({
    slug: `piece-${at}`,
    title: `Piece number ${at}`,
    provider,
    topics: [{ slug: 'tests', name: 'Tests' }],
  }));
  const connect = (first = 20) => ({
    totalCount: articles.length,
    edges: articles.slice(0, first).map((node) => ({ node })),
  });
  const schema: GraphQLSchema = createSchema({
    typeDefs,
    resolvers: {
      Query: {
        hello: (_: unknown, { name }: { name?: string }) => `Hello ${name ?? 'world'}`,
        version: () => versions.current?.number ?? 0,
        secret: (_: unknown, __: unknown, context: StandInContext) =>
          context.scopes.preview ? 'hidden thing' : null,
        slow: () => standIn.slow(),
        fails: () => {
          throw new Error('SELECT * FROM secrets at /srv/app/file.ts:1');
        },
        failsForClients: () => {
          throw codedError('BAD_USER_INPUT', 'The argument is wrong.', { argument: 'failsForClients' });
        },
        echo: (_: unknown, { values }: { values: number[] }) => values,
        article: (_: unknown, { slug }: { slug: string }) =>
          articles.find((article) => article.slug === slug) ?? null,
        articles: (_: unknown, { first }: { first?: number }) => connect(first),
      },
      Mutation: { change: () => 'changed' },
      Subscription: { ticks: { subscribe: () => standIn.ticks(), resolve: (tick: number) => tick } },
      Article: { articles: (_: unknown, { first }: { first?: number }) => connect(first) },
      Provider: { articles: (_: unknown, { first }: { first?: number }) => connect(first) },
    },
  });
  for (const [name, purgeKey] of Object.entries(purgeKeys)) {
    const type = schema.getType(name);
    if (type) type.extensions = { ...type.extensions, purgeKey };
  }
  const standIn: StandIn = {
    executed: 0,
    slow: async () => 'done',
    async *ticks() {
      yield 1;
      yield 2;
    },
    execution: {
      subscribe: async (args) => subscribe(args),
      schema,
      async execute(args) {
        standIn.executed += 1;
        return executeByReference(args);
      },
      createContext: (input) => ({ ...input, report: emptyReport() }),
    },
  };
  return standIn;
}

/** Settings for a test: the defaults, changed by variables of the environment. */
export function testConfig(env: Record<string, string> = {}, flags: ConfigFlags = {}): GatewayConfig {
  return loadConfig(env, flags);
}

export interface TestGateway {
  gateway: Gateway;
  versions: HandVersions;
  standIn: StandIn;
  config: GatewayConfig;
}

/** A gateway on the stand-in schema that does not listen. */
export function createTestGateway(
  env: Record<string, string> = {},
  options: Partial<Pick<GatewayOptions, 'logger' | 'documents'>> = {},
): TestGateway {
  const versions = createHandVersions();
  const standIn = createStandIn(versions);
  const config = testConfig(env);
  // Prisma's client opens its file at the first query, and the stand-in asks none.
  const reader = openReader('file:./never-opened.db');
  const gateway = createGateway({
    db: { reader, versions },
    config,
    execution: standIn.execution,
    ...options,
  });
  return { gateway, versions, standIn, config };
}

export interface RunningGateway extends TestGateway, Listening {}

/** The same on a free port of the loopback interface. */
export async function startTestGateway(
  env: Record<string, string> = {},
  options: Partial<Pick<GatewayOptions, 'logger' | 'documents'>> = {},
): Promise<RunningGateway> {
  const test = createTestGateway(env, options);
  const listening = await listen(test.gateway, {
    host: '127.0.0.1',
    port: 0,
    graceMs: test.config.shutdownGraceMs,
  });
  return { ...test, ...listening };
}

/** Asks a gateway by POST. */
export function post(
  gateway: Gateway,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return gateway.fetch(
    new Request('http://test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    }),
  );
}

/** Asks a gateway by GET. */
export function get(
  gateway: Gateway,
  query: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return gateway.fetch(new Request(`http://test/graphql?query=${encodeURIComponent(query)}`, { headers }));
}

/** The code of the first error of an answer. */
export async function codeOf(response: Response): Promise<string | undefined> {
  const { errors } = (await response.json()) as { errors?: { extensions?: { code?: string } }[] };
  return errors?.[0]?.extensions?.code;
}

export interface ContentGateway {
  gateway: Gateway;
  databaseFile: string;
  reader: DatabaseReader;
  versions: OpenVersionSource;
  /** Loads the folder again. */
  sync(options?: Partial<SyncOptions>): Promise<SyncReport>;
  close(): Promise<void>;
}

/** A gateway on the real schema, engine and database, with a folder's content loaded. Does not listen. */
export async function createContentGateway(
  folder: string,
  env: Record<string, string> = {},
  options: Partial<Pick<GatewayOptions, 'logger' | 'documents'>> = {},
): Promise<ContentGateway> {
  const database = await createTestDatabase();
  const sync = (more: Partial<SyncOptions> = {}) =>
    syncContent({ folder, databaseUrl: database.url, ...more });
  await sync();
  const reader = openReader(database.url);
  const versions = createVersionSource(reader, database.url);
  await versions.refresh();
  const gateway = createGateway({ db: { reader, versions }, config: testConfig(env), ...options });
  return {
    gateway,
    databaseFile: database.file,
    reader,
    versions,
    sync,
    async close() {
      await gateway.close();
      versions.close();
      await reader.close();
      database.remove();
    },
  };
}
