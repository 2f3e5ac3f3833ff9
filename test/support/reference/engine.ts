import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import { defaultReading } from '../../../src/content/reading.ts';
import type { Dialect } from '../../../src/engine/dialect/dialect.ts';
import { emptyReport, type GatewayContext, type OperationReport } from '../../../src/graphql/context.ts';
import {
  createOperationExecutor,
  type OperationExecutor,
} from '../../../src/graphql/operations/execute-operation.ts';
import { buildSchema } from '../../../src/graphql/schema.ts';
import { createRenderThreads } from '../../../src/graphql/texts/render-threads.ts';
import { RenderedTexts } from '../../../src/graphql/texts/rendered-texts.ts';
import { noOwnKeys, type OwnModel } from '../../../src/model/own-model.ts';
import type { TextReader } from '../../../src/store/read/read-connection.ts';
import {
  type DatabaseReader,
  openReader,
  type ReaderOptions,
} from '../../../src/store/sqlite/read/clients.ts';
import { syncContent } from '../../../src/store/sync/sync-content.ts';
import type { SyncReport } from '../../../src/store/sync-report.ts';
import { schema as builtIn } from '../built-in-schema.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape that the test's own query gives it.
  data: any;
  errors: readonly GraphQLError[];
  /** The code of the first error. */
  code: string | undefined;
  report: OperationReport;
  /** The whole response as it goes to the client. */
  text: string;
}

export interface AskOptions {
  variables?: Record<string, unknown>;
  preview?: boolean;
  maxCost?: number;
  maxAnswerBytes?: number;
  /** @default the engine's own */
  execute?: OperationExecutor;
  /** Whether the answer's rows are counted. */
  showsCost?: boolean;
}

/** A database with the content of a folder, and the executor that answers from it. */
export interface Engine {
  sync: SyncReport;
  url: string;
  reader: DatabaseReader;
  execute: OperationExecutor;
  /** Runs one valid operation. */
  ask(query: string | DocumentNode, options?: AskOptions): Promise<Answer>;
  close(): Promise<void>;
}

/** Loads the files that `write` puts into a folder, through the whole sync, into a fresh database. */
export async function openEngine(
  write: (folder: string) => void,
  options?: ReaderOptions,
  model: OwnModel = noOwnKeys,
): Promise<Engine> {
  const database = await createTestDatabase();
  const folder = `${database.folder}/content`;
  write(folder);
  const sync = await syncContent({
    folder,
    databaseUrl: database.url,
    reading: { ...defaultReading, model },
  });
  return engineOf(database, sync, options, model);
}

function engineOf(
  database: TestDatabase,
  sync: SyncReport,
  options?: ReaderOptions,
  model: OwnModel = noOwnKeys,
): Engine {
  const reader = openReader(database.url, options);
  const { execute, ask, close } = answerFrom(reader, model);
  return {
    sync,
    url: database.url,
    reader,
    execute,
    ask,
    async close() {
      await close();
      await reader.close();
      database.remove();
    },
  };
}

/** Answers operations from a database with content of this model in it. */
export function answerFrom(
  reader: Pick<TextReader, 'readText'>,
  model: OwnModel,
  dialect?: Dialect,
): Pick<Engine, 'execute' | 'ask' | 'close'> {
  const schema = model === noOwnKeys ? builtIn : buildSchema(model);
  const execute = createOperationExecutor(model, dialect);
  const texts = new RenderedTexts(createRenderThreads());
  return {
    execute,
    async ask(query, options = {}) {
      const {
        variables = {},
        preview = false,
        maxCost = Number.MAX_SAFE_INTEGER,
        maxAnswerBytes = Number.MAX_SAFE_INTEGER,
        showsCost = false,
        execute: executor = execute,
      } = options;
      const document = typeof query === 'string' ? parseValid(query, schema) : query;
      const contextValue: GatewayContext = {
        reader,
        versions: {
          current: null,
          refresh: () => Promise.reject(new Error('There is one version.')),
          onChange: () => () => {},
        },
        scopes: { preview, secured: false },
        requestId: 'test',
        maxCost,
        maxAnswerBytes,
        showsCost,
        showsTime: true,
        report: emptyReport(),
        texts,
        securedKey: null,
      };
      const result = await executor({ schema, document, contextValue, variableValues: variables });
      return answerOf(result, contextValue.report);
    },
    close: () => texts.close(),
  };
}

/** Parses an operation. @throws Error when it is not valid on the schema */
export function parseValid(query: string, schema: GraphQLSchema = builtIn): DocumentNode {
  const document = parse(query);
  const [error] = validate(schema, document);
  if (error) throw new Error(`${error.message}\n${query}`);
  return document;
}

function answerOf(result: ExecutionResult, report: OperationReport): Answer {
  const { data, errors = [] } = result;
  const stringify = (result as { stringify?: (result: ExecutionResult) => string }).stringify;
  const text = stringify ? stringify(result) : JSON.stringify(result);
  return { data, errors, code: errors[0]?.extensions?.code as string | undefined, report, text };
}
