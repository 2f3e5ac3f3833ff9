import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FieldNode,
  GraphQLError,
  getArgumentValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { codedError } from '../../engine/mapping/errors.ts';
import { collectFields } from '../../engine/plan/selection.ts';
import { PlanCache } from '../../engine/plan-cache.ts';
import { versionOf } from '../../store/content-version.ts';
import type { GatewayContext } from '../context.ts';
import { coerceVariables } from './coerce-variables.ts';
import { findOperation, type Operation, type OperationExecutor } from './execute-operation.ts';
import { setAlarm } from './set-alarm.ts';

// Not a GraphQL name, so no variable of a client can be it.
const SINCE = '#since';

/**
 * Answers the subscription `contentChanged`: runs the operation for each new version of the content, over what
 * happened since the version before. What happened since the argument `since` comes first, so that a client which was
 * away misses nothing; changes may be told twice, never left out.
 */
export function createSubscriber(execute: OperationExecutor) {
  // Each of a thousand streams may have a document of its own, all at one moment: they drive out no plan of a query.
  const plans = new PlanCache();
  return async (args: ExecutionArgs): Promise<ExecutionResult | AsyncGenerator<ExecutionResult>> => {
    const found = findOperation(args);
    if (found instanceof GraphQLError) return { errors: [found] };
    const { coerced, errors } = coerceVariables(args.schema, found, args.variableValues ?? {}, args);
    if (errors) return { errors };
    const nodes = rootNodes(args, found, coerced);
    const document = withSince(args.document, found.operation, nodes);
    const since = readSince(args, nodes, coerced);
    const context = args.contextValue as GatewayContext;
    const { runLater = (work) => work(context.signal) } = context;
    return followVersions(context, since, (from) =>
      runLater((signal) => {
        const variableValues = { ...args.variableValues, [SINCE]: from };
        return execute({ ...args, document, variableValues, contextValue: { ...context, signal } }, plans);
      }),
    );
  };
}

/** The nodes of the one root field that a subscription has (specification, 5.2.3.1). */
function rootNodes(
  args: ExecutionArgs,
  { operation, fragments }: Operation,
  variables: Record<string, unknown>,
) {
  const type = args.schema.getSubscriptionType();
  if (!type) throw new Error('The schema has no subscriptions.');
  const document = { schema: args.schema, fragments, variables, onCondition: () => undefined };
  const [nodes] = collectFields(document, type, [operation.selectionSet]).values();
  return nodes ?? [];
}

/** The version from which the client wants to be told; null for the one served now. */
function readSince(
  args: ExecutionArgs,
  [node]: readonly FieldNode[],
  variables: Record<string, unknown>,
): number | null {
  const field = node && args.schema.getSubscriptionType()?.getFields()[node.name.value];
  const since = field ? getArgumentValues(field, node, variables).since : null;
  return typeof since === 'number' ? since : null;
}

/** The document with its root field's `since` read from a variable, which each run gives. */
function withSince(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  nodes: readonly FieldNode[],
): DocumentNode {
  const name = (value: string) => ({ kind: Kind.NAME, value }) as const;
  const variable = { kind: Kind.VARIABLE, name: name(SINCE) } as const;
  const since = { kind: Kind.ARGUMENT, name: name('since'), value: variable } as const;
  const type = { kind: Kind.NAMED_TYPE, name: name('Int') } as const;
  const following: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [
      ...(operation.variableDefinitions ?? []),
      { kind: Kind.VARIABLE_DEFINITION, variable, type },
    ],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: nodes.map((node) => ({ ...node, arguments: [since] })),
    },
  };
  const definitions = document.definitions.map((definition) =>
    definition === operation ? following : definition,
  );
  return { ...document, definitions };
}

function expired(): ExecutionResult {
  const advice = 'Subscribe again with another one, since the version that you have.';
  return { errors: [codedError('UNAUTHENTICATED', `The token has expired. ${advice}`)] };
}

/** The answer in place of one that was refused. */
function toRefusal(error: unknown): ExecutionResult {
  if (error instanceof GraphQLError) return { errors: [error] };
  throw error;
}

// As `since` of a run: no version, so that the event says to start over.
const NO_VERSION = -1;

/**
 * Gives an answer for each version from the one after `asked` on. Ends at once when its reader leaves, and after telling
 * why when the reader's token has expired, when there was no time or place for an answer, and when there can be none: the
 * reader asks again from the version it has.
 */
function followVersions(
  { versions, scopes, signal, expiresAt = Number.POSITIVE_INFINITY }: GatewayContext,
  asked: number | null,
  answer: (since: number) => Promise<ExecutionResult>,
): AsyncGenerator<ExecutionResult> {
  let wake: () => void = () => undefined;
  let isLeft = false;
  const isExpired = () => Date.now() >= expiresAt;
  // Of the reader's own versions: what changes for others only does not wake it.
  const latest = () => versions.current && versionOf(versions.current, scopes.preview);
  let told: Told = asked === null ? (latest() ?? { number: 0 }) : { number: asked };
  // Listens from the first next() on, since one that was never begun is never ended either.
  async function* follow(): AsyncGenerator<ExecutionResult> {
    const stop = versions.onChange(() => wake());
    const callOff = setAlarm(expiresAt, () => wake());
    try {
      // Somebody else may have seen a version that this process has not looked up yet.
      if (told.number > (latest()?.number ?? 0)) await versions.refresh().catch(() => undefined);
      while (!isLeft) {
        const changed = new Promise<void>((resolve) => {
          wake = resolve;
        });
        if (isExpired()) {
          yield expired();
          return;
        }
        const current = latest();
        const since = current ? sinceOf(told, current) : null;
        if (since === null) await changed;
        else {
          const result = await answer(since).catch((error) => (signal?.aborted ? null : toRefusal(error)));
          // Its reader has left while it was made.
          if (result === null) return;
          // An answer may have waited for its turn until the reader may not see it any more.
          if (isExpired()) continue;
          yield result;
          // Without data it is an error of the whole operation, which the next version would meet again.
          if (!('data' in result)) return;
        }
        told = current ?? told;
      }
    } finally {
      callOff();
      stop();
    }
  }
  const events = follow();
  const end = events.return.bind(events);
  // A generator that waits does not hear of its end, so it is woken.
  events.return = (value) => {
    isLeft = true;
    wake();
    return end(value);
  };
  return events;
}

/** The version that a reader has been told of; the digest is not known of one that it only named. */
interface Told {
  number: number;
  digest?: string;
}

/** From which version to tell the reader what happened; null when it has the current one. */
function sinceOf(told: Told, current: Required<Told>): number | null {
  if (told.number !== current.number) return told.number;
  // An index that was made anew has come just as far.
  return told.digest === undefined || told.digest === current.digest ? null : NO_VERSION;
}
