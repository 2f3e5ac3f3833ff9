import { GraphQLError, OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { findOperation } from '../../graphql/operations/execute-operation.ts';
import type { StreamSlot } from '../limits/limit-streams.ts';
import type { Outcome, ServerContext } from './asked-request.ts';
import type { Execution } from './execution.ts';

/**
 * Runs operations by the gateway's executors, and notes which operation of the document it was. With `hideSuggestions`
 * errors in variables do not name what a wrong name may have meant.
 */
export function useExecution(
  execution: Execution,
  suggestions: { hideSuggestions: boolean },
): Plugin<object, ServerContext> {
  return {
    onExecute({ args, setExecuteFn }) {
      note(args);
      setExecuteFn((asked) => execution.execute({ ...asked, ...suggestions }));
    },
    onSubscribe({ args, setSubscribeFn }) {
      note(args);
      // Refused before the stream is made: the executor sees it at the slot, and tells the client.
      if (slotOf(args).take()) {
        setSubscribeFn((asked) => execution.subscribe({ ...asked, ...suggestions }));
      } else setSubscribeFn(() => ({ data: null }));
    },
  };
}

type Args = Parameters<NonNullable<Plugin['onExecute']>>[0]['args'];

function note(args: Args): void {
  const { state } = args.contextValue as unknown as ServerContext;
  const found = findOperation(args);
  state.outcome.document = args.document;
  state.outcome.operation = found instanceof GraphQLError ? null : found.operation;
  state.outcome.context = args.contextValue;
}

function slotOf(args: Args): StreamSlot {
  const { state } = args.contextValue as unknown as ServerContext;
  return state.asked.slot;
}

/** Whether the noted operation is a query: the only kind that is cached and that a GET may ask. */
export function isQuery({ operation }: Pick<Outcome, 'operation'>): boolean {
  return operation?.operation === OperationTypeNode.QUERY;
}
