import type { IncomingMessage, ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import type { GatewayConfig } from '../config.ts';
import type { GatewayContext } from '../graphql/context.ts';
import type { VersionSource } from '../store/version-source.ts';
import { createGraphQLAnswerer } from './answer-graphql.ts';
import { createOperationRoutes } from './answer-operations.ts';
import { clientKey } from './client-key.ts';
import { createContentLag } from './content-lag.ts';
import { createCorsPolicy } from './cors.ts';
import { createSilentLogger, type GatewayLogger } from './create-logger.ts';
import { createGraphQL, ENDPOINT } from './create-yoga.ts';
import type { Question } from './exchange.ts';
import { createExecutor } from './execute-question.ts';
import { createExecution, type Execution } from './execution.ts';
import { createFetchHandler } from './handle-fetch.ts';
import { createNodeHandler } from './handle-node.ts';
import { keepAnswers } from './kept-answers.ts';
import { createGate } from './limit-concurrency.ts';
import { createRateLimiter } from './limit-rate.ts';
import { createMetrics } from './metrics.ts';
import { createAcceptReader } from './negotiate-accept.ts';
import { createObserver } from './observer.ts';
import { createOutbox } from './outbox.ts';
import { createReaderResolver, type Reader } from './readers.ts';
import { createRequestIds } from './request-ids.ts';
import { createRouter } from './route-question.ts';
import { createGraphiQLServer } from './serve-graphiql.ts';
import { createSyncMetrics, type SyncRecorder } from './sync-metrics.ts';
import { createJwtVerifier } from './verify-jwt.ts';

export interface GatewayOptions {
  db: { reader: GatewayContext['reader']; versions: VersionSource };
  config: GatewayConfig;
  /** @default a logger that says nothing */
  logger?: GatewayLogger;
  /** Trusted documents by SHA-256 in hex. @default none */
  documents?: ReadonlyMap<string, string> | null;
  /** The GraphQL side. @default the gateway's own schema and engine on `db.reader` */
  execution?: Execution;
  /** Where metrics are counted. @default one of the gateway's own */
  registry?: Registry;
  /** What `/metrics` answers. @default the registry's text */
  readMetrics?: () => Promise<string>;
}

/** The whole server but its socket. */
export interface Gateway {
  fetch(request: Request): Promise<Response>;
  /** The listener of a node:http server. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** From now on `/ready` says no, each response closes its connection, and subscriptions end. */
  drain(): void;
  /** Requests that have come in through `handle` and have not been answered. */
  pending(): number;
  /** Takes the outcomes of syncs into the metrics and `/ready`. */
  syncs: SyncRecorder;
  /** Frees what the gateway made; the database clients are the caller's. */
  close(): Promise<void>;
}

const POLL_MS = 100;

/** Puts the server together. Does not listen; it begins to follow the content version, until it is closed. */
export function createGateway(options: GatewayOptions): Gateway {
  const { config, db, logger = createSilentLogger(), documents = null, registry = new Registry() } = options;
  const execution = options.execution ?? createExecution({ ...db, config });
  let stopping = false;

  const cors = createCorsPolicy(config.corsOrigins);
  const gate = createGate(config);
  const lag = createContentLag(config.staleAfterMs);
  const outbox = createOutbox(config.maxUnreadBytes);
  const readAccept = createAcceptReader();
  const clientOf = (question: Question, reader: Reader) => clientKey(question, reader, config.trustProxy);
  const hasPreview =
    config.previewTokens.length > 0 || config.jwtSecret !== null || config.jwtJwksUrl !== null;
  const kept = config.cache ? keepAnswers(db.versions, { maxBytes: config.cacheMaxBytes, hasPreview }) : null;
  const metrics = createMetrics(
    {
      contentVersion: () => db.versions.current?.number ?? null,
      cacheBytes: () => kept?.bytes ?? 0,
      running: () => gate.running,
      waiting: () => gate.waiting,
    },
    registry,
  );
  const observer = createObserver(logger, metrics);
  const yoga = createGraphQL({
    execution,
    logger,
    limits: config,
    introspection: config.introspection,
    documents: { automatic: config.persistedQueries, trusted: documents, trustedOnly: config.documentsOnly },
  });
  const answerGraphQL = createGraphQLAnswerer({
    execute: createExecutor({ ...config, yoga, gate, clientOf, readAccept }),
    clientOf,
    schema: execution.schema,
    kept,
    cors,
    cacheControl: config.cacheControl,
    observer,
    readAccept,
  });
  const router = createRouter({
    endpoint: ENDPOINT,
    cors,
    graphiql: config.graphiql ? createGraphiQLServer(ENDPOINT) : null,
    operations: createOperationRoutes({
      versions: db.versions,
      readMetrics: options.readMetrics ?? (() => registry.metrics()),
      metricsAccess: config.metrics,
      metricsToken: config.metricsToken,
      endpoint: ENDPOINT,
      trustProxy: config.trustProxy,
      isStopping: () => stopping,
      isStale: lag.isStale,
    }),
    rate:
      config.rateLimit > 0
        ? { limiter: createRateLimiter(config.rateLimit), perMinute: config.rateLimit }
        : null,
    trustProxy: config.trustProxy,
    resolveReader: createReaderResolver({
      previewTokens: config.previewTokens,
      securedTokens: config.securedTokens,
      verifyJwt: createJwtVerifier({
        secret: config.jwtSecret,
        jwksUrl: config.jwtJwksUrl,
        issuer: config.jwtIssuer,
        audience: config.jwtAudience,
      }),
    }),
    answerGraphQL,
    observer,
    readAccept,
    outbox,
  });

  // Subscriptions hear of a version when somebody looks it up, and on a quiet server nobody else would.
  const poll = setInterval(() => {
    if (kept) kept.follow();
    else if (!db.versions.isCurrent()) void db.versions.refresh().catch(() => undefined);
  }, POLL_MS).unref();

  const requestIds = createRequestIds();
  const { maxBodyBytes } = config;
  const node = createNodeHandler({
    router,
    requestIds,
    maxBodyBytes,
    outbox,
    trustProxy: config.trustProxy,
    responses: metrics.responses,
  });

  return {
    fetch: createFetchHandler({ router, requestIds, maxBodyBytes }),
    handle: node.handle,
    drain() {
      stopping = true;
      node.drain();
    },
    pending: node.pending,
    syncs: createSyncMetrics(registry, lag),
    async close() {
      node.drain();
      clearInterval(poll);
      kept?.clear();
      await yoga.dispose();
      await execution.close?.();
    },
  };
}
