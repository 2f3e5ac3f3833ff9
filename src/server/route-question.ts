import { GraphQLError } from 'graphql';
import type { Reader, ReaderResolver } from './access/readers.ts';
import type { GraphQLAnswerer } from './cache/answer-graphql.ts';
import type { Observer } from './cache/observer.ts';
import { ClientGoneError } from './cache/share-flights.ts';
import { createLandingPage } from './graphiql/landing-page.ts';
import { type GraphiQLServer, wantsPage } from './graphiql/serve-graphiql.ts';
import type { Router } from './handle-node.ts';
import { checkRequest } from './http/check-request.ts';
import type { CorsPolicy } from './http/cors.ts';
import { type Answer, type Asker, emptyAnswer, errorAnswer, header, type Question } from './http/exchange.ts';
import type { Accepted } from './http/negotiate-accept.ts';
import type { Outbox } from './http/outbox.ts';
import { internalError, notFound, outboxFull, rateLimited } from './http/refusals.ts';
import { addressKey, readerKey } from './limits/client-key.ts';
import type { RateLimiter } from './limits/limit-rate.ts';
import type { OperationRoutes } from './operations/answer-operations.ts';

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
  answerGraphQL: GraphQLAnswerer;
  observer: Observer;
  readAccept: (accept: string | undefined) => Accepted;
  outbox: Outbox;
}

/** The way of a request from its path to its answer, in the order in which it may be refused. */
export function createRouter(options: RouterOptions): Router {
  const { endpoint, cors, graphiql, operations, rate, answerGraphQL } = options;
  const endpointWithQuery = `${endpoint}?`;
  const landingPage = createLandingPage(endpoint);

  return {
    refuse,
    respond(question, asker) {
      try {
        const answer = route(question, asker);
        return answer instanceof Promise ? answer.catch((error) => refuse(error, question, asker)) : answer;
      } catch (error) {
        return refuse(error, question, asker);
      }
    },
  };

  function route(question: Question, asker: Asker): Answer | Promise<Answer> {
    const { url } = question;
    if (url === endpoint || url.startsWith(endpointWithQuery)) return routeGraphQL(question, asker);
    const [path = ''] = url.split('?', 1);
    const answer = operations(path, question);
    if (answer) return answer;
    if (path === '/' && wantsPage(question)) return emptyAnswer(302, ['location', endpoint]);
    throw notFound(endpoint);
  }

  function routeGraphQL(question: Question, asker: Asker): Answer | Promise<Answer> {
    if (question.method === 'OPTIONS') return cors.preflight(question);
    if (wantsPage(question)) return graphiql ? graphiql(question) : landingPage;
    const refusal = checkRequest(question);
    if (refusal) throw refusal;
    if (options.outbox.isFull(addressKey(question, options.trustProxy))) throw outboxFull();
    const authorization = header(question, 'authorization');
    const reader = findReader(question, authorization);
    if (!(reader instanceof Promise)) return answerGraphQL(question, reader, asker);
    return reader.then((resolved) => {
      if (rate) limitRate(rate, readerKey(resolved));
      return answerGraphQL(question, resolved, asker);
    });
  }

  /**
   * Who asks, counted against the rate limit. The holder of a static token counts by its name, since the clients of one
   * address need not be one; everybody else by address, before a signature is checked and when the token is wrong.
   */
  function findReader(question: Question, authorization: string | undefined): Reader | Promise<Reader> {
    if (!rate) return options.resolveReader(authorization);
    const reader = options.resolveReader(authorization, () =>
      limitRate(rate, addressKey(question, options.trustProxy)),
    );
    if (!(reader instanceof Promise)) limitRate(rate, readerKey(reader));
    return reader;
  }

  function limitRate({ limiter, perMinute }: NonNullable<typeof rate>, client: string | null): void {
    if (client === null) return;
    const wait = limiter.take(client);
    if (wait !== null) throw rateLimited(perMinute, wait);
  }

  function refuse(error: unknown, question: Question, asker: Asker): Answer {
    const shared = cors.headersForRefusal(question);
    // Clients of the newer media type read `extensions.code` in no other.
    const mediaType = options.readAccept(header(question, 'accept')).json ?? undefined;
    if (error instanceof GraphQLError) {
      const answer = errorAnswer(error, shared, mediaType);
      options.observer.rejected(error, answer.status, asker.requestId);
      return answer;
    }
    if (!(error instanceof ClientGoneError)) options.observer.unexpected(error, asker.requestId);
    return errorAnswer(internalError(asker.requestId), shared, mediaType);
  }
}
