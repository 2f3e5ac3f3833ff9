import type { IncomingMessage, ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import type { GatewayConfig } from '../config/load-config.ts';
import type { DatabaseKind } from '../engine/dialect/dialects.ts';
import type { GatewayContext } from '../graphql/context.ts';
import type { VersionSource } from '../store/version-source.ts';
import { createReaderResolver, type Reader } from './access/readers.ts';
import { createJwtVerifier } from './access/verify-jwt.ts';
import { createObserver } from './cache/observer.ts';
import { createGraphQLResponder } from './cache/respond-to-graphql.ts';
import { createResponseCaches } from './cache/response-caches.ts';
import { createDocumentCache } from './documents/document-cache.ts';
import { createDocumentFinder } from './documents/persisted-documents.ts';
import { createGraphiQLServer } from './graphiql/serve-graphiql.ts';
import { createFetchHandler } from './handle-fetch.ts';
import { createNodeHandler } from './handle-node.ts';
import { createCorsPolicy } from './http/cors.ts';
import type { GatewayRequest } from './http/exchange.ts';
import { createAcceptReader } from './http/negotiate-accept.ts';
import { createRequestIds } from './http/request-ids.ts';
import { createUnreadResponses } from './http/unread-responses.ts';
import { clientKey } from './limits/client-key.ts';
import { createSemaphore } from './limits/limit-concurrency.ts';
import { createRateLimiter } from './limits/limit-rate.ts';
import { createContentLag } from './operations/content-lag.ts';
import { createSilentLogger, type GatewayLogger } from './operations/create-logger.ts';
import { createMetrics } from './operations/metrics.ts';
import { createOperationRoutes } from './operations/operation-routes.ts';
import { createSyncMetrics, type SyncRecorder } from './operations/sync-metrics.ts';
import { createRouter } from './route-request.ts';
import { createOperationAnswerer } from './yoga/answer-operation.ts';
import { createGraphQL, ENDPOINT } from './yoga/create-yoga.ts';
import { createRequestExecutor } from './yoga/execute-request.ts';
import { createExecution, createTexts, type Execution } from './yoga/execution.ts';
import { serveSchema } from './yoga/serve-schema.ts';

export interface GatewayOptions {
  db: { reader: GatewayContext['reader']; versions: VersionSource; kind?: DatabaseKind };
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
  /** Counts a connection that was closed at once, as there were too many. */
  noteDrop(): void;
  /** Takes the outcomes of syncs into the metrics and `/ready`. */
  syncs: SyncRecorder;
  /** Frees what the gateway made; the database clients are the caller's. */
  close(): Promise<void>;
}

const POLL_MS = 100;

/** Puts the server together. Does not listen; it begins to follow the content version, until it is closed. */
export function createGateway(options: GatewayOptions): Gateway {
  const { config, db, logger = createSilentLogger(), documents = null, registry = new Registry() } = options;
  const texts = createTexts(config);
  let stopping = false;

  const cors = createCorsPolicy(config.corsOrigins);
  const semaphore = createSemaphore(config);
  const lag = createContentLag(config.staleAfterMs);
  const unreadResponses = createUnreadResponses(config.maxUnreadBytes);
  const readAccept = createAcceptReader();
  const clientOf = (request: GatewayRequest, reader: Reader) => clientKey(request, reader, config.trustProxy);
  const hasPreview =
    config.previewTokens.length > 0 || config.jwtSecret !== null || config.jwtJwksUrl !== null;
  const caches = config.cache
    ? createResponseCaches(db.versions, { maxBytes: config.cacheMaxBytes, hasPreview })
    : null;
  const metrics = createMetrics(
    {
      contentVersion: () => db.versions.current?.number ?? null,
      cacheBytes: () => caches?.bytes ?? 0,
      running: () => semaphore.running,
      waiting: () => semaphore.waiting,
    },
    registry,
  );
  const observer = createObserver(logger, metrics);
  const findDocument = createDocumentFinder({
    automatic: config.persistedQueries,
    trusted: documents,
    trustedOnly: config.documentsOnly,
  });
  const schemas = serveSchema({
    versions: db.versions,
    make(model, isOfIndex) {
      const execution = options.execution ?? createExecution({ ...db, model, config, isOfIndex, texts });
      const { introspection } = config;
      const kept = createDocumentCache();
      const yoga = createGraphQL({
        execution,
        logger,
        limits: config,
        introspection,
        documents: kept,
        hidesKeysFrom: (reader) => schemas.hidesKeysFrom(reader),
      });
      return {
        schema: execution.schema,
        answer: createOperationAnswerer({
          execution,
          yoga,
          documents: kept,
          logger,
          hideSuggestions: !introspection,
        }),
        close: async () => yoga.dispose(),
      };
    },
    onFailure: (error) => logger.error({ err: error }, 'the schema of the new keys cannot be made'),
  });
  const respondToGraphQL = createGraphQLResponder({
    execute: createRequestExecutor({
      ...config,
      served: schemas.current,
      semaphore,
      clientOf,
      readAccept,
      findDocument,
    }),
    clientOf,
    caches,
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
    respondToGraphQL,
    observer,
    readAccept,
    unreadResponses,
  });

  // Subscriptions hear of a version when somebody looks it up, and on a quiet server nobody else would.
  const poll = setInterval(() => {
    if (caches) caches.follow();
    else if (!db.versions.isCurrent()) void db.versions.refresh().catch(() => undefined);
  }, POLL_MS).unref();

  const requestIds = createRequestIds();
  const { maxBodyBytes } = config;
  const node = createNodeHandler({
    router,
    requestIds,
    maxBodyBytes,
    unreadResponses,
    trustProxy: config.trustProxy,
    metrics,
  });

  return {
    fetch: createFetchHandler({ router, requestIds, maxBodyBytes }),
    handle: node.handle,
    drain() {
      stopping = true;
      node.drain();
    },
    pending: node.pending,
    noteDrop() {
      metrics.droppedConnections += 1;
    },
    syncs: createSyncMetrics(registry, lag),
    async close() {
      node.drain();
      clearInterval(poll);
      caches?.clear();
      await schemas.close();
      await options.execution?.close?.();
      await texts.close();
    },
  };
}
