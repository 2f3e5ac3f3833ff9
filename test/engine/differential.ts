import { mkdirSync } from 'node:fs';
import { execute as executeByReference, type GraphQLSchema, parse, validate } from 'graphql';
import type { ArticleRecord } from '../../src/content/article/article.ts';
import { schema } from '../support/built-in-schema.ts';
import { loadContent } from '../support/load-content.ts';
import { fillCursors, orderLiteral } from '../support/reference/cursor-placeholders.ts';
import { type Engine, openEngine, parseValid } from '../support/reference/engine.ts';
import { FilterEvaluator } from '../support/reference/evaluate-filter.ts';
import { firstDifference } from '../support/reference/first-difference.ts';
import { Random } from '../support/reference/random.ts';
import { collectPools } from '../support/reference/random-arguments.ts';
import { writeRandomContent } from '../support/reference/random-content.ts';
import { randomOperation } from '../support/reference/random-operation.ts';
import { referenceSchema, type View } from '../support/reference/reference-schema.ts';
import { shrinkDocument } from '../support/reference/shrink-document.ts';
import { buildWorld, type Kind, type Row, type World } from '../support/reference/world.ts';

export interface DifferentialOptions {
  seed: number;
  worlds: number;
  operationsAWorld: number;
}

export interface DifferentialOutcome {
  /** Operations answered by both, each with two sets of variables. */
  operations: number;
  /** Random texts that are no valid GraphQL. */
  discarded: number;
  /** What differed, one text each. */
  differences: string[];
}

/** Asks the engine and the reference the same random operations about the same random content. */
export async function runDifferential(options: DifferentialOptions): Promise<DifferentialOutcome> {
  const random = new Random(options.seed);
  const reference = referenceSchema(schema);
  const outcome: DifferentialOutcome = { operations: 0, discarded: 0, differences: [] };
  for (let world = 1; world <= options.worlds; world += 1) {
    const source = random.fork();
    const bench = await openBench(source.fork(), reference);
    try {
      await compareMany(
        bench,
        source,
        options.operationsAWorld,
        outcome,
        `seed ${options.seed}, world ${world}`,
      );
    } finally {
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
  reference: GraphQLSchema;
}

async function openBench(random: Random, reference: GraphQLSchema): Promise<Bench> {
  const records: ArticleRecord[] = [];
  let path = '';
  const engine = await openEngine((folder) => {
    path = folder;
    mkdirSync(folder);
    writeRandomContent(random, folder);
  });
  for await (const batch of loadContent(path)) {
    for (const { article } of batch) if (article) records.push(article);
  }
  // Which of several articles that want one path has it is settled when they are loaded: test/store/settle-paths.test.ts.
  const paths = await engine.reader.readText('SELECT json_group_object(id, path) FROM Article', [], {
    isBounded: true,
  });
  const pathOf = new Map<string, string>(Object.entries(JSON.parse(paths ?? '{}')));
  const world = buildWorld(
    records.map((record) => ({ ...record, path: pathOf.get(record.id) ?? record.path })),
  );
  const { version, public: open } = engine.sync;
  if (version === null || open.version === null) throw new Error('The content was not loaded.');
  const versions = { preview: version, public: open.version };
  const viewOf = (preview: boolean): View => {
    const sees = (row: Row) => preview || row.isPublic;
    const seen = versions[preview ? 'preview' : 'public'];
    return { world, preview, sees, filters: new FilterEvaluator(sees), version: seen };
  };
  return { engine, world, reference, views: { public: viewOf(false), preview: viewOf(true) } };
}

async function compareMany(
  bench: Bench,
  random: Random,
  count: number,
  outcome: DifferentialOutcome,
  where: string,
): Promise<void> {
  const pools = collectPools(bench.world);
  for (let done = 0; done < count; ) {
    const preview = random.chance(0.4);
    const operation = randomOperation(random.fork(), schema, pools);
    const list = cursorLister(bench.engine, preview);
    const text = await fillCursors(operation.text, list);
    if (validate(schema, parse(text)).length > 0) {
      outcome.discarded += 1;
      continue;
    }
    done += 1;
    outcome.operations += 1;
    for (const raw of operation.variables) {
      const variables = JSON.parse(await fillCursors(JSON.stringify(raw), list));
      const difference = await compare(bench, text, variables, preview);
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
  const kind = (difference: string | null) => difference?.split(/[ .]/, 1)[0];
  const fails = async (part: string) => kind(await compare(bench, part, variables, preview)) === kind(found);
  const small = await shrinkDocument(schema, text, fails);
  const difference = (await compare(bench, small, variables, preview)) ?? `${found}\n  (by a kept plan only)`;
  const names = new Set([...small.matchAll(/\$(\w+)/g)].map(([, name]) => name));
  const used = Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
  return `${difference}\n${small}\n  variables ${JSON.stringify(used)}`;
}

const parsed = new Map<string, ReturnType<typeof parse>>();

/** What the two answers differ in, or null. */
async function compare(
  { engine, views, reference }: Bench,
  text: string,
  variables: Record<string, unknown>,
  preview: boolean,
): Promise<string | null> {
  // The same document object twice, so that the second execution is offered the first one's plan.
  const document = parsed.get(text) ?? parseValid(text);
  parsed.clear();
  parsed.set(text, document);
  const contextValue = preview ? views.preview : views.public;
  const expected = await executeByReference({
    schema: reference,
    document,
    contextValue,
    variableValues: variables,
  });
  if (expected.errors?.[0]) throw new Error(`The reference failed: ${expected.errors[0].stack}\n${text}`);
  try {
    const answer = await engine.ask(document, { variables, preview });
    if (answer.errors[0]) return `error ${answer.errors[0].message}`;
    if (answer.report.statements > 1) return `${answer.report.statements} statements`;
    return (
      firstDifference(answer.data, expected.data) ??
      firstDifference(JSON.parse(answer.text), { data: expected.data })
    );
  } catch (error) {
    return `thrown ${String(error).slice(-600)}`;
  }
}

const cursors = new WeakMap<Engine, Map<string, readonly string[]>>();

/** Cursors as the engine's own answers have them. */
function cursorLister(engine: Engine, preview: boolean) {
  const known = cursors.get(engine) ?? new Map<string, readonly string[]>();
  cursors.set(engine, known);
  return async (kind: Kind, order: string): Promise<readonly string[]> => {
    const key = `${kind} ${order} ${preview}`;
    const list = known.get(key) ?? (await askCursors(engine, kind, order, preview));
    known.set(key, list);
    return list;
  };
}

async function askCursors(engine: Engine, kind: Kind, order: string, preview: boolean): Promise<string[]> {
  const field = kind === 'Category' ? 'categories' : `${kind.toLowerCase()}s`;
  const { data, errors } = await engine.ask(
    `{ list: ${field}(first: 100, orderBy: ${orderLiteral(order)}) { edges { cursor } } }`,
    { preview },
  );
  if (errors[0]) throw errors[0];
  return data.list.edges.map(({ cursor }: { cursor: string }) => cursor);
}
