import type { ExecutionArgs, ExecutionResult, GraphQLSchema } from 'graphql';
import type { GatewayConfig } from '../../config/load-config.ts';
import { type DatabaseKind, dialects } from '../../engine/dialect/dialects.ts';
import { emptyReport, type GatewayContext, type Scopes } from '../../graphql/context.ts';
import {
  createOperationExecutor,
  type OperationExecutor,
} from '../../graphql/operations/execute-operation.ts';
import { createSubscriber } from '../../graphql/operations/subscribe-operation.ts';
import { buildSchema } from '../../graphql/schema.ts';
import { createRenderThreads } from '../../graphql/texts/render-threads.ts';
import { RenderedTexts } from '../../graphql/texts/rendered-texts.ts';
import type { OwnModel } from '../../model/own-model.ts';
import { schemaChanged } from '../http/refusals.ts';

/** What the GraphQL context of one operation is made from. */
export interface ContextInput {
  scopes: Scopes;
  /** When the scopes end, in milliseconds since 1970. @default never */
  expiresAt?: number | undefined;
  requestId: string;
  /** Whether the client wants `extensions.cost`. */
  showsCost: boolean;
  /** For whom it runs; see client-key.ts. */
  client: string;
  /** Aborts when nobody waits for the answer any more. */
  signal: AbortSignal;
  /** Gives what a subscription runs for an event its place among the operations, and a deadline. */
  runLater: NonNullable<GatewayContext['runLater']>;
}

/** The GraphQL side of the gateway as its server sees it. */
export interface Execution {
  schema: GraphQLSchema;
  /** Runs queries. A result may carry `stringify`, which Yoga calls in place of JSON.stringify. */
  execute(args: ExecutionArgs): Promise<ExecutionResult>;
  /** Runs subscriptions. */
  subscribe(args: ExecutionArgs): Promise<ExecutionResult | AsyncIterable<ExecutionResult>>;
  createContext(input: ContextInput): object;
  /** Frees what the execution has made. @default nothing */
  close?(): Promise<void>;
}

export interface ExecutionOptions {
  reader: GatewayContext['reader'];
  versions: GatewayContext['versions'];
  /** Of the reader's database. @default 'sqlite' */
  kind?: DatabaseKind;
  /** The owner's own keys, as the index was made by them. */
  model: OwnModel;
  /** Whether the index is still of this model, looked up when it may have changed. @default it always is */
  isOfIndex?: () => Promise<boolean>;
  /** @default some of its own */
  texts?: RenderedTexts;
  config: Pick<GatewayConfig, 'maxCost' | 'maxAnswerBytes' | 'securedKey' | 'mode' | 'embedHosts'>;
}

/** The gateway's schema and read engine, on one database. */
export function createExecution({
  reader,
  versions,
  kind = 'sqlite',
  model,
  config,
  isOfIndex,
  texts: sharedTexts,
}: ExecutionOptions): Execution {
  const operationExecutor = createOperationExecutor(model, dialects[kind]);
  const execute = isOfIndex ? guardModel(operationExecutor, model, isOfIndex) : operationExecutor;
  const texts = sharedTexts ?? createTexts(config);
  return {
    schema: buildSchema(model),
    execute,
    subscribe: createSubscriber(execute),
    createContext: ({
      scopes,
      expiresAt,
      requestId,
      showsCost,
      client,
      signal,
      runLater,
    }): GatewayContext => ({
      reader,
      versions,
      scopes,
      expiresAt,
      requestId,
      client,
      signal,
      runLater,
      showsCost,
      showsTime: scopes.preview || config.mode === 'development',
      maxCost: config.maxCost,
      maxAnswerBytes: config.maxAnswerBytes,
      texts,
      securedKey: config.securedKey,
      report: emptyReport(),
    }),
    ...(!sharedTexts && { close: () => texts.close() }),
  };
}

/** Renders what articles are written in, on threads that its closing ends. */
export function createTexts({ embedHosts }: Pick<GatewayConfig, 'embedHosts'>): RenderedTexts {
  return new RenderedTexts(createRenderThreads({ embedHosts }));
}

/**
 * Answers nothing from an index that is of another model by now: its columns may be others, or mean something else.
 * Without keys of the owner's, what is asked for is there in every index.
 */
function guardModel(
  execute: OperationExecutor,
  { fields }: OwnModel,
  isOfIndex: () => Promise<boolean>,
): OperationExecutor {
  return async (args, plans) => {
    try {
      const result = await execute(args, plans);
      if (fields.length === 0 || (await isOfIndex())) return result;
    } catch (error) {
      if (await isOfIndex().catch(() => true)) throw error;
    }
    return { errors: [schemaChanged()] };
  };
}
