import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { TextResult } from '../../graphql/operations/execute-operation.ts';
import { internalError, tooDeepToWalk } from '../http/refusals.ts';
import type { GatewayLogger } from '../operations/create-logger.ts';
import type { Outcome, ServerContext } from './asked-request.ts';

export interface ErrorOptions {
  logger: GatewayLogger;
}

/** Errors of one result that are sent; the rest says nothing new. */
const MAX_ERRORS = 20;
/** Places of one error: a rule may name every place where the document repeats a mistake. */
const MAX_PLACES = 5;
/** Characters of a message. */
const MAX_MESSAGE = 500;

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
      const { outcome } = state;
      const { requestId } = state.asked.trace;
      if (isAsyncIterable(result)) setResult(presentEach(result, outcome, requestId, options));
      else if (result.errors?.length) setResult(presentErrors(result, outcome, requestId, options));
    },
  };
}

/** The results, each looked at. No generator: its return() would wait for the result under way. */
function presentEach(
  results: AsyncIterable<ExecutionResult>,
  outcome: Outcome,
  requestId: string,
  options: ErrorOptions,
): AsyncIterableIterator<ExecutionResult> {
  const source = results[Symbol.asyncIterator]();
  const presented: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]: () => presented,
    async next() {
      const step = await source.next();
      if (step.done || !step.value.errors?.length) return step;
      return { done: false, value: presentErrors(step.value, outcome, requestId, options) };
    },
    async return(value) {
      return (await source.return?.(value)) ?? { done: true, value };
    },
    async throw(error) {
      if (!source.throw) throw error;
      return source.throw(error);
    },
  };
  outcome.results = presented;
  return presented;
}

/** A result with errors as clients get it; notes their codes in the outcome. */
export function presentErrors(
  result: ExecutionResult,
  outcome: Pick<Outcome, 'errorCodes'>,
  requestId: string,
  options: ErrorOptions,
): TextResult {
  const failed = result.data === undefined;
  const errors = (result.errors ?? []).slice(0, MAX_ERRORS).map((error) => {
    if (isForClients(error)) return presentOne(error, failed);
    if (isStackOverflow(error.originalError)) return tooDeepToWalk();
    options.logger.error({ err: error.originalError ?? error, requestId: requestId }, 'unexpected error');
    const { message, extensions } = internalError(requestId);
    return at(error, message, failed ? extensions : { ...extensions, http: undefined });
  });
  for (const { extensions } of errors) {
    // A subscription can go on for days.
    if (outcome.errorCodes.length < MAX_ERRORS) outcome.errorCodes.push(String(extensions.code));
  }
  // Yoga makes errors anew from their nodes, and these have none.
  const { stringify = JSON.stringify } = result as Partial<TextResult>;
  const sent = errors.map(formatError);
  return {
    ...result,
    errors,
    stringify: (whole: object) => stringify({ ...whole, errors: sent }),
  } as TextResult;
}

/** An error as clients get it: what is for Yoga alone is left out. */
function formatError({ message, locations, path, extensions }: GraphQLError): GraphQLFormattedError {
  const { http: _, ...rest } = extensions;
  return { message, locations, path, extensions: rest };
}

/** Whether somebody wrote this error for clients: no foreign error is at its root. */
function isForClients(error: GraphQLError): boolean {
  const cause = error.originalError;
  return cause == null || (cause instanceof GraphQLError && isForClients(cause));
}

function isStackOverflow(cause: unknown): boolean {
  return cause instanceof RangeError && cause.message.includes('call stack');
}

function presentOne(error: GraphQLError, failed: boolean): GraphQLError {
  // GraphQL over HTTP: an operation that cannot begin is 400, but 200 for clients of the older media type.
  const http = error.extensions.http ?? (failed ? { status: 400, spec: true } : undefined);
  // Errors without a code are graphql-js' own: of variables and arguments.
  const code = error.extensions.code ?? 'BAD_USER_INPUT';
  return at(error, error.message, { ...error.extensions, code, ...(http !== undefined && { http }) });
}

function at(place: GraphQLError, message: string, extensions: GraphQLError['extensions']): GraphQLError {
  // The library repeats what the client sent in its messages, however long that is.
  const short = message.length > MAX_MESSAGE ? `${cutAt(message, MAX_MESSAGE - 1)}…` : message;
  const error = new GraphQLError(short, { path: place.path, extensions });
  // Their places, and not the nodes: an error that somebody keeps must not keep the document with it.
  return Object.assign(error, place.locations && { locations: place.locations.slice(0, MAX_PLACES) });
}

/** The beginning of a text, without half a surrogate pair at its end. */
function cutAt(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}
