import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type DocumentNode,
  execute as executeByReference,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { ArticleRecord } from '../../src/content/article/article.ts';
import { defaultReading } from '../../src/content/reading.ts';
import { postgresql } from '../../src/engine/dialect/postgresql.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { noOwnKeys, type OwnModel, termKinds } from '../../src/model/own-model.ts';
import { rootFieldNames } from '../../src/model/own-names.ts';
import { openPostgresqlReader } from '../../src/store/postgresql/read/open-reader.ts';
import { databaseFile } from '../../src/store/sqlite/file/database-file.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { schema as builtIn } from '../support/built-in-schema.ts';
import { loadContent } from '../support/load-content.ts';
import { createPostgresqlIndex } from '../support/postgresql.ts';
import { fillCursors, orderLiteral, readOrder } from '../support/reference/cursor-placeholders.ts';
import {
  type AskOptions,
  answerFrom,
  type Engine,
  openEngine,
  parseValid,
} from '../support/reference/engine.ts';
import { FilterEvaluator } from '../support/reference/evaluate-filter.ts';
import { findRefusal } from '../support/reference/find-refusals.ts';
import { firstDifference } from '../support/reference/first-difference.ts';
import { ownOrders } from '../support/reference/order-rows.ts';
import { ownFilters } from '../support/reference/own-filters.ts';
import { Random } from '../support/reference/random.ts';
import { collectPools } from '../support/reference/random-arguments.ts';
import { writeRandomContent } from '../support/reference/random-content.ts';
import { randomModel } from '../support/reference/random-model.ts';
import { randomOperation } from '../support/reference/random-operation.ts';
import { randomOwnKeys } from '../support/reference/random-own-values.ts';
import type { View } from '../support/reference/reference-lists.ts';
import { answersWith, referenceSchema } from '../support/reference/reference-schema.ts';
import { shrinkDocument } from '../support/reference/shrink-document.ts';
import { buildWorld, type Kind, type Row, type World } from '../support/reference/world.ts';

export interface DifferentialOptions {
  seed: number;
  worlds: number;
  operationsAWorld: number;
  /** Whether each world has another model of its owner's keys. */
  hasOwnKeys?: boolean;
  /** Whether PostgreSQL is asked the same, and is to answer the same bytes. */
  onPostgresql?: boolean;
}

export interface DifferentialOutcome {
  /** Operations answered by both, each with two sets of variables. */
  operations: number;
  /** Random texts that are no valid GraphQL. */
  discarded: number;
  /** Executions that were refused, as they ask for what is for preview readers. */
  refused: number;
  /** What differed, one text each. */
  differences: string[];
}

/** Asks the engine and the reference the same random operations about the same random content. */
export async function runDifferential(options: DifferentialOptions): Promise<DifferentialOutcome> {
  const random = new Random(options.seed);
  const outcome: DifferentialOutcome = { operations: 0, discarded: 0, refused: 0, differences: [] };
  for (let world = 1; world <= options.worlds; world += 1) {
    const source = random.fork();
    const model = options.hasOwnKeys ? randomModel(source.fork()) : noOwnKeys;
    const bench = await openBench(source.fork(), model);
    if (options.onPostgresql) bench.twin = await openTwin(bench.engine, model);
    try {
      await compareMany(
        bench,
        source,
        options.operationsAWorld,
        outcome,
        `seed ${options.seed}, world ${world}`,
      );
    } finally {
      await bench.twin?.close();
      await bench.engine.close();
    }
    // Sooner told than a hundred like it collected.
    if (outcome.differences.length > 0) break;
  }
  return outcome;
}

/** One world, in the engine's database and in the reference's memory. */
interface Bench {
  engine: Engine;
  world: World;
  views: { public: View; preview: View };
  model: OwnModel;
  schema: GraphQLSchema;
  /** Without what is for preview readers alone. */
  openSchema: GraphQLSchema;
  reference: GraphQLSchema;
  /** The same files in PostgreSQL. */
  twin?: Pick<Engine, 'ask' | 'close'>;
}

/** Loads the files of an engine's database into PostgreSQL, and answers from there. */
async function openTwin({ url, sync }: Engine, model: OwnModel): Promise<Pick<Engine, 'ask' | 'close'>> {
  const database = await createPostgresqlIndex();
  await syncContent({
    folder: join(dirname(databaseFile(url)), 'content'),
    databaseUrl: database.url,
    reading: { ...defaultReading, model },
    // Answers tell when it was.
    now: () => Date.parse(sync.version?.syncedAt ?? ''),
  });
  const reader = openPostgresqlReader(database.url);
  const { ask, close } = answerFrom(reader, model, postgresql);
  return {
    ask,
    async close() {
      await close();
      await reader.close();
      await database.remove();
    },
  };
}

async function openBench(random: Random, model: OwnModel): Promise<Bench> {
  const records: ArticleRecord[] = [];
  let path = '';
  const write = (folder: string) => {
    path = folder;
    mkdirSync(folder);
    writeRandomContent(random, folder, model === noOwnKeys ? {} : { more: randomOwnKeys(model) });
  };
  const engine = await openEngine(write, undefined, model);
  for await (const batch of loadContent(path, { ...defaultReading, model })) {
    for (const { article } of batch) if (article) records.push(article);
  }
  // Which of several articles that want one path has it is settled when they are loaded: test/store/settle-paths.test.ts.
  const paths = await engine.reader.readText('SELECT json_group_object(id, path) FROM Article', [], {
    isBounded: true,
  });
  const pathOf = new Map<string, string>(Object.entries(JSON.parse(paths ?? '{}')));
  const world = buildWorld(
    records.map((record) => ({ ...record, path: pathOf.get(record.id) ?? record.path })),
    model,
  );
  const { version, public: open } = engine.sync;
  if (version === null || open.version === null) throw new Error('The content was not loaded.');
  const versions = { preview: version, public: open.version };
  const viewOf = (preview: boolean): View => {
    const sees = (row: Row) => preview || row.isPublic;
    const seen = versions[preview ? 'preview' : 'public'];
    const filters = new FilterEvaluator(sees, ownFilters(model));
    return { world, preview, sees, filters, version: seen, orders: ownOrders(model) };
  };
  const schema = model === noOwnKeys ? builtIn : buildSchema(model);
  const isPrivate = model.fields.some(({ isPublic }) => !isPublic);
  const openSchema = isPrivate
    ? buildSchema({ fields: model.fields.filter(({ isPublic }) => isPublic) })
    : schema;
  return {
    ...{ engine, world, model, schema, openSchema, reference: referenceSchema(schema, model) },
    views: { public: viewOf(false), preview: viewOf(true) },
  };
}

async function compareMany(
  bench: Bench,
  random: Random,
  count: number,
  outcome: DifferentialOutcome,
  where: string,
): Promise<void> {
  const pools = collectPools(bench.world);
  const { schema, openSchema } = bench;
  const isKnown = answersWith(bench.model);
  for (let done = 0; done < count; ) {
    const preview = random.chance(0.4);
    const operation = randomOperation(
      random.fork(),
      preview || random.chance(0.3) ? schema : openSchema,
      pools,
      isKnown,
    );
    const list = cursorLister(bench, preview);
    const text = await fillCursors(operation.text, list);
    if (validate(schema, parse(text)).length > 0) {
      outcome.discarded += 1;
      continue;
    }
    done += 1;
    outcome.operations += 1;
    for (const raw of operation.variables) {
      const variables = JSON.parse(await fillCursors(JSON.stringify(raw), list));
      const difference = await compare(bench, text, variables, preview, outcome);
      if (difference) {
        const asked = await explain(bench, text, variables, preview, difference);
        outcome.differences.push(
          `${where}, operation ${done}, ${preview ? 'preview' : 'public'}\n  ${asked}`,
        );
        return;
      }
    }
  }
}

/** The difference on the smallest operation that has one; or on the whole, where only a kept plan brings it. */
async function explain(
  bench: Bench,
  text: string,
  variables: Record<string, unknown>,
  preview: boolean,
  found: string,
) {
  const kind = (difference: string | null) =>
    difference?.startsWith('error') ? difference : difference?.split(/[ .]/, 1)[0];
  // A cursor is left without its order, of which the reference makes an error of its own.
  const fails = async (part: string) =>
    kind(await compare(bench, part, variables, preview).catch(() => null)) === kind(found);
  const small = await shrinkDocument(bench.schema, text, fails);
  const difference = (await compare(bench, small, variables, preview)) ?? `${found}\n  (by a kept plan only)`;
  const names = new Set([...small.matchAll(/\$(\w+)/g)].map(([, name]) => name));
  const used = Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
  return `${difference}\n${small}\n  variables ${JSON.stringify(used)}`;
}

const parsed = new Map<string, ReturnType<typeof parse>>();

/** What the two answers differ in, or null. */
async function compare(
  { engine, twin, views, reference, schema, model }: Bench,
  text: string,
  variables: Record<string, unknown>,
  preview: boolean,
  outcome?: DifferentialOutcome,
): Promise<string | null> {
  // The same document object twice, so that the second execution is offered the first one's plan.
  const document = parsed.get(text) ?? parseValid(text, schema);
  parsed.clear();
  parsed.set(text, document);
  const contextValue = preview ? views.preview : views.public;
  const variableValues = withoutPrototype(variables);
  const refusal = preview ? 'never' : findRefusal(schema, model, document, variableValues);
  if (refusal !== 'never') {
    const { code, data, text: told } = await engine.ask(document, { variables, preview });
    if (twin && (await twin.ask(document, { variables, preview })).text !== told)
      return 'another refusal by PostgreSQL';
    if (outcome) outcome.refused += 1;
    if (code === 'FORBIDDEN') return data == null ? null : 'data beside a refusal';
    if (refusal === 'always') return `answered ${code ?? JSON.stringify(data)} where it is forbidden`;
  }
  const expected = await executeByReference({ schema: reference, document, contextValue, variableValues });
  if (expected.errors?.[0]) throw new Error(`The reference failed: ${expected.errors[0].stack}\n${text}`);
  try {
    const answer = await engine.ask(document, { variables, preview });
    if (answer.errors[0]) return `error ${answer.errors[0].message}`;
    if (answer.report.statements > 1) return `${answer.report.statements} statements`;
    const different = twin && (await compareTwin(twin, answer.text, document, { variables, preview }));
    if (different) return different;
    return (
      firstDifference(answer.data, expected.data) ??
      firstDifference(JSON.parse(answer.text), { data: expected.data })
    );
  } catch (error) {
    return `thrown ${String(error).slice(-600)}`;
  }
}

/** What the answer of PostgreSQL differs in, to the byte, or null. */
async function compareTwin(
  twin: Pick<Engine, 'ask'>,
  expected: string,
  document: DocumentNode,
  options: AskOptions,
): Promise<string | null> {
  const { text, report, errors } = await twin.ask(document, options);
  if (errors[0]) return `error by PostgreSQL ${errors[0].message}`;
  if (report.statements > 1) return `${report.statements} statements on PostgreSQL`;
  if (text === expected) return null;
  const at = [...text].findIndex((_, i) => text[i] !== expected[i]);
  return `PostgreSQL says ${text.slice(Math.max(0, at - 60), at + 60)} for ${expected.slice(Math.max(0, at - 60), at + 60)}`;
}

/** The same value of objects that have no key but their own: graphql-js takes `constructor` of others for a value. */
function withoutPrototype(value: Record<string, unknown>): Record<string, unknown> {
  const bare = (inner: unknown): unknown => {
    if (Array.isArray(inner)) return inner.map(bare);
    return typeof inner === 'object' && inner !== null
      ? withoutPrototype(inner as Record<string, unknown>)
      : inner;
  };
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, bare(inner)])),
  );
}

const cursors = new WeakMap<Engine, Map<string, readonly string[]>>();

/** Cursors as the engine's own answers have them. */
function cursorLister({ engine, model }: Bench, preview: boolean) {
  const known = cursors.get(engine) ?? new Map<string, readonly string[]>();
  cursors.set(engine, known);
  return async (kind: Kind, order: string): Promise<readonly string[]> => {
    const key = `${kind} ${order} ${preview}`;
    const list = known.get(key) ?? (await askCursors(engine, model, kind, order, preview));
    known.set(key, list);
    return list;
  };
}

async function askCursors(
  engine: Engine,
  model: OwnModel,
  kind: Kind,
  order: string,
  preview: boolean,
): Promise<string[]> {
  const isOwn = termKinds(model).has(kind);
  const field = isOwn
    ? rootFieldNames(kind).many
    : kind === 'Category'
      ? 'categories'
      : `${kind.toLowerCase()}s`;
  const { data, errors, code } = await engine.ask(
    `{ list: ${field}(first: 100, orderBy: ${orderLiteral(order)}) { edges { cursor } } }`,
    { preview },
  );
  if (code === 'FORBIDDEN') return [madeUpCursor(kind, order, preview)];
  if (errors[0]) throw errors[0];
  if (data.list.edges.length === 0) return [madeUpCursor(kind, order, preview)];
  return data.list.edges.map(({ cursor }: { cursor: string }) => cursor);
}

/** For a list of things in which there is none to have a cursor of, and for one that is refused. */
function madeUpCursor(kind: Kind, order: string, preview: boolean): string {
  const asked = readOrder(order);
  const terms = asked.length > 0 ? asked : [{ field: 'NAME', direction: 'ASC' }];
  const named = terms.map(({ field, direction }) => `${field} ${direction}`);
  const signature = [kind, ...named, ...(preview ? ['preview'] : [])].join(',');
  const keys = terms.map(({ field }) => (field === 'ARTICLE_COUNT' ? 1 : 'm'));
  return Buffer.from(JSON.stringify([signature, ...keys, 'x'])).toString('base64url');
}
