import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import { parseParams } from '../documents/parse-params.ts';
import { useArgumentNames } from '../documents/use-argument-names.ts';
import { useDocumentCache } from '../documents/use-document-cache.ts';
import { type DocumentLimits, useDocumentLimits } from '../documents/use-document-limits.ts';
import { useIntrospectionSwitch } from '../documents/use-introspection-switch.ts';
import { useOperationName } from '../documents/use-operation-name.ts';
import { useValidation } from '../documents/use-validation.ts';
import { COST_HEADER } from '../http/exchange.ts';
import type { GatewayLogger } from '../operations/create-logger.ts';
import type { Execution } from './execution.ts';
import type { ServerContext } from './request-state.ts';
import { useErrors } from './use-errors.ts';
import { useExecution } from './use-execution.ts';
import { useMultipartSubscriptions } from './use-multipart-subscriptions.ts';

export const ENDPOINT = '/graphql';

export interface YogaOptions {
  execution: Execution;
  logger: GatewayLogger;
  limits: DocumentLimits;
  introspection: boolean;
  /** Finds documents by their hash. */
  persisted: Plugin;
}

/**
 * GraphQL by Yoga: parsing, validation, execution, content negotiation. HTTP around it is ours, so everything that
 * Yoga would do there is off: its CORS reflects any origin, its body limit is 25 MB, its GraphiQL loads from a CDN.
 */
export function createGraphQL(options: YogaOptions): YogaServerInstance<ServerContext, object> {
  // The schema could be guessed from them piece by piece.
  const suggestions = { hideSuggestions: !options.introspection };
  return createYoga<ServerContext, object>({
    schema: options.execution.schema,
    graphqlEndpoint: ENDPOINT,
    context: ({ state }) =>
      options.execution.createContext({
        scopes: state.reader.scopes,
        expiresAt: state.reader.expiresAt,
        requestId: state.trace.requestId,
        showsCost: state.request.headers[COST_HEADER] !== undefined,
        client: state.trace.client,
        signal: state.trace.signal,
        runLater: state.runLater,
      }),
    cors: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    batching: false,
    logging: false,
    // useErrors masks, since it knows the request.
    maskedErrors: false,
    // The body has been read, and counted, before Yoga is asked.
    maxRequestBodySize: false,
    // useDocumentCache has one that keeps nothing of what failed.
    parserAndValidationCache: false,
    plugins: [
      useParams(),
      options.persisted,
      useOperationName(),
      useValidation(suggestions),
      useDocumentLimits(options.limits),
      useIntrospectionSwitch(options.introspection),
      useDocumentCache(),
      useArgumentNames(),
      useExecution(options.execution, suggestions),
      useMultipartSubscriptions(),
      useErrors(options),
    ],
  });
}

/** Reads the parameters from the body that has been read already. */
function useParams(): Plugin<object, ServerContext> {
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      setRequestParser(() => parseParams((serverContext as unknown as ServerContext).state.request));
    },
  };
}
