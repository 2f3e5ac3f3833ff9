import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { YogaServerInstance } from 'graphql-yoga';
import { findOperation, type TextResult } from '../../graphql/operations/execute-operation.ts';
import type { DocumentCache } from '../documents/document-cache.ts';
import type { Accepted, JsonType } from '../http/negotiate-accept.ts';
import type { GatewayLogger } from '../operations/create-logger.ts';
import { ANSWER_HEADERS, answerByYoga } from './answer-by-yoga.ts';
import {
  type Answered,
  type AskedRequest,
  contextInput,
  type Outcome,
  type ServerContext,
} from './asked-request.ts';
import type { Execution } from './execution.ts';
import { presentErrors } from './use-errors.ts';

export interface OperationAnswererOptions {
  execution: Execution;
  yoga: YogaServerInstance<ServerContext, object>;
  /** Documents that Yoga has found valid. */
  documents: DocumentCache;
  logger: GatewayLogger;
  /** Whether errors in variables name what a wrong name may have meant. */
  hideSuggestions: boolean;
}

/**
 * Answers an operation, and writes what became of it into the outcome.
 * @throws a coded error for what cannot be answered in the form that the client accepts
 */
export type OperationAnswerer = (
  asked: AskedRequest,
  outcome: Outcome,
  accepted: Accepted,
) => Promise<Answered>;

/** A query of a document that has been parsed and validated before. */
interface KnownQuery {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  mediaType: JsonType;
}

/**
 * The two ways of an operation. A query whose document was found valid before goes the short way: variables, statement, bytes.
 * Everything else goes by Yoga: what is new, wrong or streamed. Both answer the same, byte for byte and header for header
 * (test/server/both-ways.test.ts).
 */
export function createOperationAnswerer(options: OperationAnswererOptions): OperationAnswerer {
  const { documents, yoga } = options;
  return (asked, outcome, accepted) => {
    const known = findKnown(documents, asked, accepted);
    return known ? answerKnown(known, options, asked, outcome) : answerByYoga(yoga, asked, outcome, accepted);
  };
}

/** Null for what is to go by Yoga. */
function findKnown(
  documents: DocumentCache,
  { requested }: AskedRequest,
  { json }: Accepted,
): KnownQuery | null {
  // To a client that accepts streams alone, a result is sent as one.
  if (json === null) return null;
  try {
    const document = documents.get(requested.document.text);
    const { operationName } = requested.params;
    // Yoga refuses an empty name where we would take it for none.
    if (!document || operationName === '') return null;
    const found = findOperation({ document, operationName });
    if (found instanceof GraphQLError || found.operation.operation !== OperationTypeNode.QUERY) return null;
    return { document, operation: found.operation, mediaType: json };
  } catch (error) {
    // The request is wrong, and Yoga will meet the same error and tell.
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

/** The short way. What Yoga would do around it is done by the same functions, or stands here in the words of its source. */
async function answerKnown(
  { document, operation, mediaType }: KnownQuery,
  { execution, logger, hideSuggestions }: OperationAnswererOptions,
  asked: AskedRequest,
  outcome: Outcome,
): Promise<Answered> {
  const { params, document: found } = asked.requested;
  found.register();
  const context = execution.createContext(contextInput(asked));
  outcome.document = document;
  outcome.operation = operation;
  outcome.context = context;

  let result: ExecutionResult & Partial<TextResult>;
  try {
    result = await execution.execute({
      schema: execution.schema,
      document,
      operationName: params.operationName,
      variableValues: params.variables,
      contextValue: context,
      hideSuggestions,
    });
  } catch (error) {
    result = { errors: [asGraphQLError(error)] };
  }

  const contentType = `${mediaType}; charset=utf-8`;
  if (!result.errors?.length) {
    const { stringify = JSON.stringify } = result;
    return { status: 200, contentType, headers: [], body: Buffer.from(stringify(result)) };
  }
  const presented = presentErrors(result, outcome, asked.trace.requestId, { logger });
  const { status, headers } = headOf(presented.errors ?? [], mediaType);
  return { status, contentType, headers, body: Buffer.from(presented.stringify(presented)) };
}

function asGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(originalError.message, { originalError });
}

/** What errors say to HTTP; see presentErrors. Of several statuses the greatest, of a header the last. */
function headOf(errors: readonly GraphQLError[], mediaType: JsonType): Pick<Answered, 'status' | 'headers'> {
  let status = 0;
  const headers: Record<string, string> = {};
  for (const { extensions } of errors) {
    const http = extensions.http as
      | { status?: number; spec?: boolean; headers?: Record<string, string> }
      | undefined;
    Object.assign(headers, http?.headers);
    // GraphQL over HTTP: clients of the older media type are told of such errors with 200.
    if (mediaType === 'application/json' && http?.spec) continue;
    status = Math.max(status, http?.status ?? 0);
  }
  return {
    status: status || 200,
    headers: ANSWER_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [name, headers[name]])),
  };
}
