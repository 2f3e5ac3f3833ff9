import { isEntitled, type Reader } from '../access/readers.ts';
import { compressResponse, isCompressible, quickEncoding } from '../http/compression.ts';
import type { CorsPolicy } from '../http/cors.ts';
import {
  type ClientConnection,
  type GatewayRequest,
  type GatewayResponse,
  header,
} from '../http/exchange.ts';
import type { Accepted } from '../http/negotiate-accept.ts';
import { notAcceptable } from '../http/refusals.ts';
import { CONTENT_KEY } from '../http/surrogate-key.ts';
import type { Execute, Executed } from '../yoga/execute-request.ts';
import { isQuery } from '../yoga/use-execution.ts';
import { cacheKey, isShareable } from './cache-key.ts';
import { ClientDisconnectedError } from './in-flight-requests.ts';
import type { Observer } from './observer.ts';
import type { AudienceCache, ResponseCaches } from './response-caches.ts';
import { responseHeaders } from './response-headers.ts';
import {
  addEncoding,
  chooseResponse,
  createStoredResponse,
  missingEncoding,
  type StoredResponse,
} from './stored-response.ts';
import { surrogateKeys } from './surrogate-keys.ts';

export interface GraphQLResponderOptions {
  execute: Execute;
  /** Null when the cache is switched off. */
  caches: ResponseCaches | null;
  cors: CorsPolicy;
  cacheControl: string;
  observer: Observer;
  /** For whom a request is asked; see client-key.ts. */
  clientOf: (request: GatewayRequest, reader: Reader) => string;
  readAccept: (accept: string | undefined) => Accepted;
}

/** Of an answer whose names become surrogate keys. */
const MAX_KEYED_BYTES = 256 * 1024;

/** Answers a checked request: at once when the answer is kept, else when it has been executed. */
export type GraphQLResponder = (
  request: GatewayRequest,
  reader: Reader,
  connection: ClientConnection,
) => GatewayResponse | Promise<GatewayResponse>;

export function createGraphQLResponder(options: GraphQLResponderOptions): GraphQLResponder {
  const { caches, observer, readAccept } = options;

  return (request, reader, connection) => {
    const accepted = readAccept(header(request, 'accept'));
    if (accepted.json === null && accepted.stream === null) throw notAcceptable();
    if (!caches || !isShareable(request, accepted, reader)) return respondAlone(request, reader, connection);
    const audience = caches.of(reader);
    // Looked at for each request: an answer of an older version is never given after a newer one was committed.
    return audience.follower.checkForTurn().then((isGood) => {
      if (isGood) return respondShared(audience, request, accepted, reader, connection);
      return audience.follower
        .refresh()
        .then((known) =>
          known
            ? respondShared(audience, request, accepted, reader, connection)
            : respondAlone(request, reader, connection),
        );
    });
  };

  function respondShared(
    audience: AudienceCache,
    request: GatewayRequest,
    accepted: Accepted,
    reader: Reader,
    connection: ClientConnection,
  ): GatewayResponse | Promise<GatewayResponse> {
    const key = cacheKey(request, accepted, reader, options.cors.allowedOrigin(request));
    const { cache } = audience;
    const stored = cache.get(key);
    if (stored) {
      observer.hit();
      const missing = missingEncoding(stored, request);
      if (missing) addEncoding(stored, missing).then(() => cache.recount(key, stored), observer.unexpected);
      return chooseResponse(stored, request);
    }
    const client = options.clientOf(request, reader);
    const { result, started, isOwn } = audience.inFlight.join(key, client, connection, (abort, begun) =>
      executeAndStore(audience, key, request, reader, connection, abort, begun),
    );
    observer.miss(started);
    const answered = result.then((finished) => {
      if ('tag' in finished) return asMiss(chooseResponse(finished, request));
      // A subscription streams to whoever accepts everything; its stream belongs to the one who started it.
      if (!started && !Buffer.isBuffer(finished.body)) return respondAlone(request, reader, connection);
      return compressed(finished, request);
    });
    if (isOwn) return answered;
    // It may have been the end of another client's patience.
    return answered.catch(() => respondAlone(request, reader, connection));
  }

  async function executeAndStore(
    { cache, follower }: AudienceCache,
    key: string,
    request: GatewayRequest,
    reader: Reader,
    connection: ClientConnection,
    abort: AbortController,
    begun: () => void,
  ): Promise<StoredResponse | GatewayResponse> {
    const { generation } = follower;
    const executed = await run(request, reader, connection, abort, begun);
    if (!isCacheable(executed)) return finish(executed, request, reader);
    const stored = store(executed, request, reader);
    await addQuickEncoding(stored, request);
    // Only if the version is the one of before the execution is it the answer of the version watched.
    const keep = () => {
      if (follower.generation === generation) cache.set(key, stored);
    };
    if (follower.check()) keep();
    // A commit need not have changed the version for this audience. Nobody waits for the look at it.
    else void follower.refresh().then((known) => known && keep());
    return stored;
  }

  async function respondAlone(
    request: GatewayRequest,
    reader: Reader,
    connection: ClientConnection,
  ): Promise<GatewayResponse> {
    const abort = new AbortController();
    connection.onDisconnect(() => abort.abort(new ClientDisconnectedError()));
    const executed = await run(request, reader, connection, abort);
    // Never compressed: a decrypted text beside words of somebody else's choice can be guessed by lengths (BREACH).
    if (reader.scopes.secured) return finish(executed, request, reader);
    if (!isCacheable(executed)) return compressed(finish(executed, request, reader), request);
    const stored = store(executed, request, reader);
    if (chooseResponse(stored, request).status !== 304) await addQuickEncoding(stored, request);
    return withoutCacheMark(chooseResponse(stored, request));
  }

  async function run(
    request: GatewayRequest,
    reader: Reader,
    connection: ClientConnection,
    abort: AbortController,
    begun?: () => void,
  ): Promise<Executed> {
    const started = performance.now();
    try {
      const executed = await options.execute(request, reader, connection.requestId, abort, begun);
      observer.executed(executed, connection.requestId, reader, performance.now() - started);
      return executed;
    } catch (error) {
      observer.refused(error, connection.requestId, reader, performance.now() - started);
      throw error;
    }
  }

  function store(
    executed: Executed & { body: Buffer },
    request: GatewayRequest,
    reader: Reader,
  ): StoredResponse {
    const headers = responseHeaders(options, request, reader, true);
    const forCaches = request.method === 'GET' && !isEntitled(reader);
    if (forCaches) {
      const keys = keysOf(executed);
      if (keys !== '') headers.push('surrogate-key', keys);
    }
    return createStoredResponse({
      status: executed.status,
      contentType: executed.contentType,
      body: executed.body,
      headers,
      conditional: forCaches,
    });
  }

  function keysOf({ body, outcome, schema }: Executed & { body: Buffer }): string {
    // Parsing it would keep the others waiting, and its names would be more than a header has room for.
    if (body.length > MAX_KEYED_BYTES) return CONTENT_KEY;
    const { data } = JSON.parse(body.toString('utf8'));
    return surrogateKeys(schema, outcome, data);
  }

  function finish(
    { status, contentType, headers, body }: Executed,
    request: GatewayRequest,
    reader: Reader,
  ): GatewayResponse {
    const length = Buffer.isBuffer(body) ? ['content-length', String(body.length)] : [];
    const own = responseHeaders(options, request, reader, false);
    return { status, headers: ['content-type', contentType, ...headers, ...own, ...length], body };
  }
}

/** Queries that succeeded, whole. */
function isCacheable(executed: Executed): executed is Executed & { body: Buffer } {
  return (
    executed.status === 200 &&
    Buffer.isBuffer(executed.body) &&
    executed.outcome.errorCodes.length === 0 &&
    isQuery(executed.outcome)
  );
}

async function addQuickEncoding(stored: StoredResponse, request: GatewayRequest): Promise<void> {
  const encoding = quickEncoding(header(request, 'accept-encoding'));
  if (encoding && isCompressible(stored.plain.length)) await addEncoding(stored, encoding);
}

function compressed(answer: GatewayResponse, request: GatewayRequest): Promise<GatewayResponse> {
  return compressResponse(answer, header(request, 'accept-encoding'));
}

function asMiss(answer: GatewayResponse): GatewayResponse {
  return {
    ...answer,
    headers: answer.headers.map((value, at, all) => (all[at - 1] === 'x-cache' ? 'MISS' : value)),
  };
}

function withoutCacheMark(answer: GatewayResponse): GatewayResponse {
  const at = answer.headers.indexOf('x-cache');
  return { ...answer, headers: at === -1 ? answer.headers : answer.headers.toSpliced(at, 2) };
}
