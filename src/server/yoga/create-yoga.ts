import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { Reader } from '../access/readers.ts';
import { type DocumentCache, useDocumentCache } from '../documents/document-cache.ts';
import type { OperationParams } from '../documents/parse-params.ts';
import { useArgumentNames } from '../documents/use-argument-names.ts';
import { type DocumentLimits, useDocumentLimits } from '../documents/use-document-limits.ts';
import { useIntrospectionSwitch } from '../documents/use-introspection-switch.ts';
import { useOperationName } from '../documents/use-operation-name.ts';
import { useValidation } from '../documents/use-validation.ts';
import type { GatewayLogger } from '../operations/create-logger.ts';
import { contextInput, type ServerContext } from './asked-request.ts';
import type { Execution } from './execution.ts';
import { useErrors } from './use-errors.ts';
import { useExecution } from './use-execution.ts';
import { useMultipartSubscriptions } from './use-multipart-subscriptions.ts';

export const ENDPOINT = '/graphql';

export interface YogaOptions {
  execution: Execution;
  logger: GatewayLogger;
  limits: DocumentLimits;
  introspection: boolean;
  /** Where documents are kept that proved valid. */
  documents: DocumentCache;
  /** Whether the reader's schema lacks what that of others has. */
  hidesKeysFrom: (reader: Reader) => boolean;
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
    context: ({ state }) => options.execution.createContext(contextInput(state.asked)),
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
      useRequestedOperation(options),
      useOperationName(),
      useValidation(suggestions),
      useDocumentLimits(options.limits),
      useIntrospectionSwitch(options.introspection),
      useDocumentCache(options.documents),
      useArgumentNames(),
      useExecution(options.execution, suggestions),
      useMultipartSubscriptions(),
      useErrors(options),
    ],
  });
}

/** Takes the parameters from the body that has been read already, and the document that they name. */
function useRequestedOperation({
  hidesKeysFrom,
}: Pick<YogaOptions, 'hidesKeysFrom'>): Plugin<object, ServerContext> {
  const askedIn = (context: unknown) => (context as ServerContext).state.asked;
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      setRequestParser(() => askedIn(serverContext).requested.params);
    },
    onParams({ params, setParams, context }) {
      const { documentId: _, ...rest } = params as OperationParams;
      setParams({ ...rest, query: askedIn(context).requested.document.text });
    },
    // What is wrong with it may be that it names what only other readers may know: to this one it is not there.
    onValidate({ context }) {
      const { requested, reader } = askedIn(context);
      const { notFound } = requested.document;
      if (!notFound || !hidesKeysFrom(reader)) return;
      return ({ result, setResult }) => {
        if (result.some(({ extensions }) => extensions.code === undefined)) setResult([notFound()]);
      };
    },
    // Only valid documents come so far.
    onExecute: ({ args }) => askedIn(args.contextValue).requested.document.register(),
    onSubscribe: ({ args }) => askedIn(args.contextValue).requested.document.register(),
  };
}
