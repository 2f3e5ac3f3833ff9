import { GraphQLError } from 'graphql';
import type { Reader, ReaderResolver } from './access/readers.ts';
import { ClientDisconnectedError } from './cache/in-flight-requests.ts';
import type { Observer } from './cache/observer.ts';
import type { GraphQLResponder } from './cache/respond-to-graphql.ts';
import { createLandingPage } from './graphiql/landing-page.ts';
import { type GraphiQLServer, wantsPage } from './graphiql/serve-graphiql.ts';
import type { Router } from './handle-node.ts';
import { checkRequest } from './http/check-request.ts';
import type { CorsPolicy } from './http/cors.ts';
import {
  type ClientConnection,
  emptyResponse,
  errorResponse,
  type GatewayRequest,
  type GatewayResponse,
  header,
} from './http/exchange.ts';
import type { Accepted } from './http/negotiate-accept.ts';
import { internalError, notFound, rateLimited, tooManyUnread } from './http/refusals.ts';
import type { UnreadResponses } from './http/unread-responses.ts';
import { addressKey, readerKey } from './limits/client-key.ts';
import type { RateLimiter } from './limits/limit-rate.ts';
import type { OperationRoutes } from './operations/operation-routes.ts';

export interface RouterOptions {
  endpoint: string;
  cors: CorsPolicy;
  /** Null when GraphiQL is off. */
  graphiql: GraphiQLServer | null;
  operations: OperationRoutes;
  /** Null when there is no limit. */
  rate: { limiter: RateLimiter; perMinute: number } | null;
  trustProxy: number;
  resolveReader: ReaderResolver;
  respondToGraphQL: GraphQLResponder;
  observer: Observer;
  readAccept: (accept: string | undefined) => Accepted;
  unreadResponses: UnreadResponses;
}

/** The way of a request from its path to its answer, in the order in which it may be refused. */
export function createRouter(options: RouterOptions): Router {
  const { endpoint, cors, graphiql, operations, rate, respondToGraphQL } = options;
  const endpointWithQuery = `${endpoint}?`;
  const landingPage = createLandingPage(endpoint);

  return {
    refuse,
    respond(request, connection) {
      try {
        const answer = route(request, connection);
        return answer instanceof Promise
          ? answer.catch((error) => refuse(error, request, connection))
          : answer;
      } catch (error) {
        return refuse(error, request, connection);
      }
    },
  };

  function route(
    request: GatewayRequest,
    connection: ClientConnection,
  ): GatewayResponse | Promise<GatewayResponse> {
    const { url } = request;
    if (url === endpoint || url.startsWith(endpointWithQuery)) return routeGraphQL(request, connection);
    const [path = ''] = url.split('?', 1);
    const answer = operations(path, request);
    if (answer) return answer;
    if (path === '/' && wantsPage(request)) return emptyResponse(302, ['location', endpoint]);
    throw notFound(endpoint);
  }

  function routeGraphQL(
    request: GatewayRequest,
    connection: ClientConnection,
  ): GatewayResponse | Promise<GatewayResponse> {
    if (request.method === 'OPTIONS') return cors.preflight(request);
    if (wantsPage(request)) return graphiql ? graphiql(request) : landingPage;
    const refusal = checkRequest(request);
    if (refusal) throw refusal;
    if (options.unreadResponses.isFull(addressKey(request, options.trustProxy))) throw tooManyUnread();
    const authorization = header(request, 'authorization');
    const reader = findReader(request, authorization);
    if (!(reader instanceof Promise)) return respondToGraphQL(request, reader, connection);
    return reader.then((resolved) => {
      if (rate) limitRate(rate, readerKey(resolved));
      return respondToGraphQL(request, resolved, connection);
    });
  }

  /**
   * Who asks, counted against the rate limit. The holder of a static token counts by its name, since the clients of one
   * address need not be one; everybody else by address, before a signature is checked and when the token is wrong.
   */
  function findReader(request: GatewayRequest, authorization: string | undefined): Reader | Promise<Reader> {
    if (!rate) return options.resolveReader(authorization);
    const reader = options.resolveReader(authorization, () =>
      limitRate(rate, addressKey(request, options.trustProxy)),
    );
    if (!(reader instanceof Promise)) limitRate(rate, readerKey(reader));
    return reader;
  }

  function limitRate({ limiter, perMinute }: NonNullable<typeof rate>, client: string | null): void {
    if (client === null) return;
    const wait = limiter.take(client);
    if (wait !== null) throw rateLimited(perMinute, wait);
  }

  function refuse(error: unknown, request: GatewayRequest, connection: ClientConnection): GatewayResponse {
    const shared = cors.headersForRefusal(request);
    // Clients of the newer media type read `extensions.code` in no other.
    const mediaType = options.readAccept(header(request, 'accept')).json ?? undefined;
    if (error instanceof GraphQLError) {
      const answer = errorResponse(error, shared, mediaType);
      options.observer.rejected(error, answer.status, connection.requestId);
      return answer;
    }
    if (!(error instanceof ClientDisconnectedError)) options.observer.unexpected(error, connection.requestId);
    return errorResponse(internalError(connection.requestId), shared, mediaType);
  }
}
