import {
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { Dialect } from '../../engine/dialect/dialect.ts';
import { sqlite } from '../../engine/dialect/sqlite.ts';
import { codedError } from '../../engine/mapping/errors.ts';
import { PlanCache } from '../../engine/plan-cache.ts';
import { answerOutgrowsMemory, type RunResult, runOperation } from '../../engine/run-operation.ts';
import { createEventLoopYield } from '../../engine/yield-to-event-loop.ts';
import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';
import { StatementTooLargeError } from '../../store/read/read-connection.ts';
import type { GatewayContext } from '../context.ts';
import { createAnswerRoom } from './answer-room.ts';
import { bareInputs } from './bare-inputs.ts';
import { coerceVariables } from './coerce-variables.ts';
import { ScanRows } from './scan-rows.ts';

/** A result whose data is JSON text already. Yoga calls `stringify`; others read `data`, which parses on demand. */
export interface TextResult extends ExecutionResult {
  stringify(result: ExecutionResult): string;
}

/** Executes operations of one schema against the database, with the plans it has compiled so far. */
export type OperationExecutor = (args: ExecutionArgs, plans?: PlanCache) => Promise<ExecutionResult>;

/** The operation to run and the fragments it may use. */
export interface Operation {
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
}

/** Characters of answers that are parsed at one time, and that wait for it. */
const PARSING = { max: 16 * 1024 * 1024, maxWaiting: 64 * 1024 * 1024 };

/**
 * An executor with a plan cache of its own. Execution as in the GraphQL specification (October 2021, section 6), but
 * that the database makes the JSON of `data` and nothing parses it on the way to the client.
 * `contextValue` is a GatewayContext; `plans` are used in place of its own. `model` is that of the schema, `dialect` that of the
 * context's reader. Errors a client can act on become `errors`; any other is thrown.
 */
export function createOperationExecutor(
  model: OwnModel = noOwnKeys,
  dialect: Dialect = sqlite,
): OperationExecutor {
  const ownPlans = new PlanCache();
  const parsing = createAnswerRoom(PARSING);
  const yieldToEventLoop = createEventLoopYield();
  const scanRows = new ScanRows(dialect, model);
  return async (args, plans = ownPlans) => {
    const context = args.contextValue as GatewayContext;
    const found = findOperation(args);
    if (found instanceof GraphQLError) return { errors: [found] };
    const { operation, fragments } = found;
    if (!args.schema.getRootType(operation.operation)) {
      return { errors: [codedError('BAD_USER_INPUT', `There are no ${operation.operation}s here.`)] };
    }
    const coerced = coerceVariables(args.schema, found, args.variableValues ?? {}, args);
    if (coerced.errors) return { errors: coerced.errors };
    const source = {
      schema: args.schema,
      operation,
      fragments,
      variables: coerced.coerced,
      dialect,
      seesHidden: context.scopes.preview,
    };
    try {
      const result = await runOperation(source, {
        plans,
        run: (sql, parameters, isBounded) => runStatement(context, sql, parameters, isBounded),
        introspect: (fields) =>
          introspect(
            {
              ...args,
              variableValues: bareInputs(
                args.schema,
                operation.variableDefinitions ?? [],
                args.variableValues ?? {},
              ),
            },
            operation,
            fields.flatMap(({ nodes }) => nodes),
          ),
        readRows: () => scanRows.read(context),
        maxCost: context.maxCost,
        maxBytes: context.maxAnswerBytes,
        enterParsing: (size) => parsing.enter(size, context.client ?? '', context.signal),
        yieldToEventLoop,
        context,
        signal: context.signal,
        countsRows: context.showsCost,
      });
      context.report.cost = result.cost;
      context.report.rows = result.rows;
      return textResult(result, context.showsCost ? { cost: costOf(context) } : undefined);
    } catch (error) {
      // An error of the whole operation has no data at all, so that no half of an answer can be taken for one.
      if (error instanceof GraphQLError) return { errors: [error] };
      // Whoever aborted has told the client, if there still is one: this goes nowhere.
      if (context.signal?.aborted) return { errors: [new GraphQLError('Nobody waits for the answer.')] };
      throw error;
    }
  };
}

/** GetOperation of the specification (6.1), and the document's fragments; an error when there is not exactly one. */
export function findOperation({
  document,
  operationName,
}: Pick<ExecutionArgs, 'document' | 'operationName'>): Operation | GraphQLError {
  // One may be named like what every object has.
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const named = operationName ? operations.filter(({ name }) => name?.value === operationName) : operations;
  const [operation, second] = named;
  if (operation && !second) return { operation, fragments };
  return codedError('OPERATION_RESOLUTION_FAILURE', explainUnresolved(operations, operationName), {
    http: { status: 400, spec: true },
  });
}

function explainUnresolved(
  operations: readonly OperationDefinitionNode[],
  operationName: string | null | undefined,
): string {
  if (operations.length === 0) return 'The document has fragments only, and no operation.';
  const names = operations.flatMap(({ name }) => (name ? [`"${name.value}"`] : []));
  if (!operationName) {
    const choice = names.length > 0 ? ` Name one as operationName: ${list(names)}.` : '';
    return `The document has ${operations.length} operations.${choice}`;
  }
  const known = names.length > 0 ? ` It has ${list(names)}.` : ' Its operation has no name.';
  return `The document has no operation named "${operationName}".${known}`;
}

/** The first few of many. */
function list(names: readonly string[]): string {
  return names.length <= 5
    ? names.join(', ')
    : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

async function runStatement(
  { reader, report, client, signal, maxAnswerBytes }: GatewayContext,
  sql: string,
  parameters: readonly unknown[],
  isBounded: boolean,
): Promise<string | null> {
  const started = performance.now();
  try {
    return await reader.readText(sql, parameters, { isBounded, client, signal });
  } catch (error) {
    throw error instanceof StatementTooLargeError ? answerOutgrowsMemory(maxAnswerBytes) : error;
  } finally {
    report.statements += 1;
    report.databaseMs += performance.now() - started;
  }
}

/** Answers `__schema` and `__type` by the reference implementation, from an operation of these fields alone. */
async function introspect(
  args: ExecutionArgs,
  operation: OperationDefinitionNode,
  fields: readonly FieldNode[],
): Promise<Record<string, unknown>> {
  const others = args.document.definitions.filter(
    (definition) => definition.kind !== Kind.OPERATION_DEFINITION,
  );
  const only = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: fields } as const };
  const document = { kind: Kind.DOCUMENT, definitions: [only, ...others] } as const;
  const result = await execute({ schema: args.schema, document, variableValues: args.variableValues });
  if (result.errors?.[0]) throw result.errors[0];
  return result.data ?? {};
}

/** What an operation did, as clients are shown it. */
function costOf({ report, showsTime }: GatewayContext) {
  const { cost, statements, rows, databaseMs } = report;
  const time = showsTime ? { ms: Math.round(databaseMs * 10) / 10 } : {};
  return { maximumRows: cost, statements, rows, ...time };
}

function textResult(result: RunResult, extensions?: Record<string, unknown>): TextResult {
  const { text } = result;
  return {
    ...(result.errors.length > 0 && { errors: result.errors }),
    ...(extensions && { extensions }),
    get data() {
      return JSON.parse(text);
    },
    // Reads errors and extensions alone: `data` would be parsed for nothing.
    stringify: ({ errors, extensions }) => {
      const more = JSON.stringify({ errors, extensions });
      return more === '{}' ? `{"data":${text}}` : `{"data":${text},${more.slice(1)}`;
    },
  };
}
