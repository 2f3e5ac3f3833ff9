import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Question, Trace } from './exchange.ts';
import type { Reader } from './readers.ts';

/** What Yoga's plugins know of the request they serve, and what they find out about its operation. */
export interface RequestState {
  readonly question: Question;
  readonly reader: Reader;
  readonly trace: Trace;
  document: DocumentNode | null;
  operation: OperationDefinitionNode | null;
  variables: Readonly<Record<string, unknown>>;
  /** `extensions.code` of each error of the result. */
  errorCodes: string[];
  /** The context that the operation ran with. */
  context: object | null;
}

/** Yoga's server context. One key, so that it cannot collide with the keys of the GraphQL context. */
export interface ServerContext {
  state: RequestState;
}

export function createRequestState(question: Question, reader: Reader, trace: Trace): RequestState {
  return {
    question,
    reader,
    trace,
    document: null,
    operation: null,
    variables: {},
    errorCodes: [],
    context: null,
  };
}
