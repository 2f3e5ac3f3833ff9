import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from 'graphql';
import type { GatewayContext } from '../../graphql/context.ts';
import type { Reader } from '../access/readers.ts';
import type { GatewayRequest, Trace } from '../http/exchange.ts';
import type { StreamSlot } from '../limits/limit-streams.ts';

/** What Yoga's plugins know of the request they serve, and what they find out about its operation. */
export interface RequestState {
  readonly request: GatewayRequest;
  readonly reader: Reader;
  readonly trace: Trace;
  document: DocumentNode | null;
  operation: OperationDefinitionNode | null;
  /** `extensions.code` of each error of the result. */
  errorCodes: string[];
  /** The context that the operation ran with. */
  context: object | null;
  readonly slot: StreamSlot;
  /** Runs what a stream goes on with. */
  readonly runLater: NonNullable<GatewayContext['runLater']>;
  /** The results of a subscription, to be ended by whoever does not stream them; null for other operations. */
  results: AsyncIterator<ExecutionResult> | null;
}

/** Yoga's server context. One key, so that it cannot collide with the keys of the GraphQL context. */
export interface ServerContext {
  state: RequestState;
}

export function createRequestState(
  request: GatewayRequest,
  reader: Reader,
  trace: Trace,
  slot: StreamSlot,
  runLater: RequestState['runLater'],
): RequestState {
  return {
    request,
    reader,
    trace,
    document: null,
    operation: null,
    errorCodes: [],
    context: null,
    slot,
    runLater,
    results: null,
  };
}
