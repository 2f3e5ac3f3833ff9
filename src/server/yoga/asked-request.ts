import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../../graphql/context.ts';
import type { Reader } from '../access/readers.ts';
import type { RequestedOperation } from '../documents/requested-operation.ts';
import { COST_HEADER, type GatewayRequest, type GatewayResponse, type Trace } from '../http/exchange.ts';
import type { StreamSlot } from '../limits/limit-streams.ts';
import type { ContextInput } from './execution.ts';

/** A request whose turn it is, and what goes with it. */
export interface AskedRequest {
  readonly request: GatewayRequest;
  readonly reader: Reader;
  readonly trace: Trace;
  readonly requested: RequestedOperation;
  readonly slot: StreamSlot;
  /** Runs what a stream goes on with. */
  readonly runLater: NonNullable<GatewayContext['runLater']>;
}

/** What became of an operation, for logs, metrics and caches. */
export interface Outcome {
  /** Null, as the next two, when there was nothing to execute. */
  document: DocumentNode | null;
  operation: OperationDefinitionNode | null;
  /** The context that it ran with. */
  context: object | null;
  /** `extensions.code` of each error of the result. */
  errorCodes: string[];
  /** The results of a subscription, to be ended by whoever does not stream them; null for other operations. */
  results: AsyncIterator<ExecutionResult> | null;
}

/** An operation's answer before HTTP has been done to it. */
export interface Answered {
  status: number;
  contentType: string;
  /** Headers that GraphQL itself asks for, such as `Allow`, names and values in turn. */
  headers: string[];
  body: GatewayResponse['body'];
}

/** Yoga's server context. One key, so that it cannot collide with the keys of the GraphQL context. */
export interface ServerContext {
  /** `outcome` is for useExecution and useErrors to write, each what it knows. */
  state: { readonly asked: AskedRequest; readonly outcome: Outcome };
}

export function emptyOutcome(): Outcome {
  return { document: null, operation: null, context: null, errorCodes: [], results: null };
}

/** What the context of the operation is made from. */
export function contextInput({ request, reader, trace, runLater }: AskedRequest): ContextInput {
  return {
    scopes: reader.scopes,
    expiresAt: reader.expiresAt,
    requestId: trace.requestId,
    showsCost: request.headers[COST_HEADER] !== undefined,
    client: trace.client,
    signal: trace.signal,
    runLater,
  };
}
