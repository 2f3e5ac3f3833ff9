import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { GatewayLogger } from './create-logger.ts';
import { internalError, tooDeepToWalk } from './refusals.ts';
import type { RequestState, ServerContext } from './request-state.ts';

export interface ErrorOptions {
  logger: GatewayLogger;
  /** Whether to take "Did you mean …?" out of messages, so that the schema cannot be guessed piece by piece. */
  hideSuggestions: boolean;
}

/**
 * The last look at every error: what was not made for clients is logged with the request's id and masked;
 * the rest gets a code, and a status where the whole operation failed.
 */
export function useErrors(options: ErrorOptions): Plugin<object, ServerContext> {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      // Yoga types the result as a list too; batches are refused before.
      if (Array.isArray(result)) return;
      const { state } = serverContext as ServerContext;
      if (isAsyncIterable(result)) setResult(presentEach(result, state, options));
      else if (result.errors?.length) setResult(present(result, state, options));
    },
  };
}

async function* presentEach(
  results: AsyncIterable<ExecutionResult>,
  state: RequestState,
  options: ErrorOptions,
) {
  for await (const result of results) {
    yield result.errors?.length ? present(result, state, options) : result;
  }
}

function present(result: ExecutionResult, state: RequestState, options: ErrorOptions): ExecutionResult {
  const failed = result.data === undefined;
  const errors = (result.errors ?? []).map((error) => {
    if (isForClients(error)) return presentOne(error, failed, options.hideSuggestions);
    if (isStackOverflow(error.originalError)) return tooDeepToWalk();
    options.logger.error(
      { err: error.originalError ?? error, requestId: state.trace.requestId },
      'unexpected error',
    );
    const { message, extensions } = internalError(state.trace.requestId);
    return at(error, message, failed ? extensions : { ...extensions, http: undefined });
  });
  state.errorCodes.push(...errors.map((error) => String(error.extensions.code)));
  return { ...result, errors };
}

/** Whether somebody wrote this error for clients: no foreign error is at its root. */
function isForClients(error: GraphQLError): boolean {
  const cause = error.originalError;
  return cause == null || (cause instanceof GraphQLError && isForClients(cause));
}

function isStackOverflow(cause: unknown): boolean {
  return cause instanceof RangeError && cause.message.includes('call stack');
}

function presentOne(error: GraphQLError, failed: boolean, hideSuggestions: boolean): GraphQLError {
  const message = hideSuggestions ? error.message.replace(/ Did you mean [^?]*\?/g, '') : error.message;
  // GraphQL over HTTP: an operation that cannot begin is 400, but 200 for clients of the older media type. A limit is
  // not of GraphQL, so its refusal is 400 for both; Yoga marks it otherwise when it is met while parsing.
  const given = error.extensions.http ?? (failed ? { status: 400, spec: true } : undefined);
  const http = given !== undefined && 'limit' in error.extensions ? { ...given, spec: false } : given;
  // Errors without a code are graphql-js' own: of variables and arguments.
  const code = error.extensions.code ?? 'BAD_USER_INPUT';
  return at(error, message, { ...error.extensions, code, ...(http !== undefined && { http }) });
}

function at(place: GraphQLError, message: string, extensions: GraphQLError['extensions']): GraphQLError {
  return new GraphQLError(message, {
    nodes: place.nodes,
    source: place.source,
    positions: place.positions,
    path: place.path,
    extensions,
  });
}
