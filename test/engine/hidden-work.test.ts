import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { schema } from '../support/built-in-schema.ts';
import { fenceIndexes, openStepCounter, type StepCounter } from '../support/count-steps.ts';
import { compileText } from '../support/reference/compile-text.ts';
import { fillCursors, orderLiteral, readOrder } from '../support/reference/cursor-placeholders.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';
import { makeCursor, orderKeys } from '../support/reference/make-cursors.ts';
import { Random } from '../support/reference/random.ts';
import { collectPools } from '../support/reference/random-arguments.ts';
import { writeRandomContent } from '../support/reference/random-content.ts';
import { randomOperation } from '../support/reference/random-operation.ts';
import { shrinkDocument } from '../support/reference/shrink-document.ts';
import { openTwins, readWorld, type Twins } from '../support/reference/twins.ts';
import type { Kind } from '../support/reference/world.ts';

const SEED = 24;
const OPERATIONS = 200;

/** Tables that have hidden rows, and by which columns rows are found of which another row says that they are seen. */
const HIDING = [
  'Article',
  'ArticleTopic',
  'ArticleCategory',
  'RelatedLink',
  'Image',
  'Provider',
  'Topic',
  'Category',
];
const OWNED = /\((?:id|articleId|sourceId|relatedLinkId)=\?\)/;
const SEEN = /\b(?:published|isPublic)=\?/;

const fileOf = ({ url }: Engine) => url.slice('file:'.length);

/** Two databases that a public reader is to find the same. */
interface Pair {
  one: StepCounter;
  other: StepCounter;
}

function openPair(one: Engine, other: Engine): Pair {
  for (const engine of [one, other]) fenceIndexes(fileOf(engine), [...HIDING, 'ArticleText', 'Change']);
  return { one: openStepCounter(fileOf(one)), other: openStepCounter(fileOf(other)) };
}

function closePair({ one, other }: Pair): void {
  one.close();
  other.close();
}

/** How often SQLite steps in each for a public reader's operation; null where its arguments are refused. */
function stepsOf({ one, other }: Pair, text: string, variables: Record<string, unknown> = {}) {
  const statement = compileText(text, { variables });
  return statement && [one.count(statement), other.count(statement)];
}

function expectSameSteps(pair: Pair, text: string): void {
  const [one, other] = stepsOf(pair, text) ?? [];
  expect(one, text).toBeGreaterThan(0);
  expect(one, text).toBe(other);
}

/** The steps of a query plan that find rows of which nothing says that the reader sees them. */
function blindSteps({ one }: Pair, text: string, variables: Record<string, unknown>): string[] {
  const statement = compileText(text, { variables });
  if (!statement) return [];
  const tables = new Map<string | undefined, string | undefined>();
  for (const [, table, alias] of statement.sql.matchAll(/"(\w+)" AS (t\d+)/g)) tables.set(alias, table);
  return one.explain(statement).filter((step) => {
    const [, alias, how] = /^(?:SCAN|SEARCH) (t\d+)\b(.*)/.exec(step) ?? [];
    // The rows of a page, which are read under an alias that is elsewhere the table's.
    if (how === '' && statement.sql.includes(`) AS ${alias}`)) return false;
    return HIDING.includes(tables.get(alias) ?? '') && !SEEN.test(step) && !OWNED.test(step);
  });
}

/** Random operations as `visit` takes them, with cursors of hidden rows among their arguments. */
async function forRandomOperations(
  engine: Engine,
  pools: ReturnType<typeof collectPools>,
  visit: (text: string, variables: Record<string, unknown>) => Promise<void>,
): Promise<number> {
  const random = new Random(SEED);
  const cursors = new Map<string, string[]>();
  const cursorsOf = async (kind: Kind, order: string) => {
    const list =
      cursors.get(`${kind} ${order}`) ?? orderKeys(fileOf(engine), kind, readOrder(order)).map(makeCursor);
    cursors.set(`${kind} ${order}`, list);
    return list;
  };
  let answered = 0;
  for (let done = 0; done < OPERATIONS; ) {
    const operation = randomOperation(random.fork(), schema, pools);
    const text = await fillCursors(operation.text, cursorsOf);
    if (validate(schema, parse(text)).length > 0) continue;
    done += 1;
    const variables = JSON.parse(await fillCursors(JSON.stringify(operation.variables[0]), cursorsOf));
    if (compileText(text, { variables })) answered += 1;
    await visit(text, variables);
  }
  return answered;
}

/** Says of an operation that takes other steps how it can be seen on the smallest of its kind. */
async function describeDifference(pair: Pair, text: string, variables: Record<string, unknown>) {
  const differs = async (part: string) => {
    const [one, other] = stepsOf(pair, part, variables) ?? [];
    return one !== other;
  };
  const small = await shrinkDocument(schema, text, differs);
  const plan = compileText(small, { variables });
  return `${stepsOf(pair, small, variables)}\n${small}\n${plan?.sql}\n${plan ? pair.one.explain(plan).join('\n') : ''}`;
}

describe('what the public is answered takes no step for a hidden article', () => {
  let twins: Twins;
  let pair: Pair;

  beforeAll(async () => {
    twins = await openTwins((folder) => {
      mkdirSync(folder);
      writeRandomContent(new Random(SEED), folder, { hidden: 0.6 });
    });
    pair = openPair(twins.withHidden, twins.without);
  });
  afterAll(async () => {
    closePair(pair);
    await twins.withHidden.close();
    await twins.without.close();
  });

  test(`${OPERATIONS} random operations step as often whether hidden articles are there or not (seed ${SEED})`, async () => {
    const pools = collectPools(twins.world);
    const answered = await forRandomOperations(twins.withHidden, pools, async (text, variables) => {
      const [one, other] = stepsOf(pair, text, variables) ?? [];
      if (one !== other) expect(await describeDifference(pair, text, variables)).toBe('the same steps');
      expect(blindSteps(pair, text, variables), text).toEqual([]);
    });
    expect(answered).toBeGreaterThan(OPERATIONS * 0.9);
  });

  const terms = ['PUBLISHED_AT', 'UPDATED_AT', 'QUALITY', 'HEAT', 'TITLE'].flatMap((field) =>
    (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })),
  );
  const counts = ['NAME', 'ARTICLE_COUNT'].flatMap((field) =>
    (['ASC', 'DESC'] as const).map((direction) => ({ field, direction })),
  );

  test('pages narrowed by made-up cursors to a range with nothing in it but hidden rows', () => {
    const { articles, providers, topics } = twins.world;
    const published = articles.filter(({ isPublic }) => isPublic);
    // The ones with most articles, so that there is a range to narrow.
    const most = <R extends { id: string; isPublic: boolean }>(
      rows: readonly R[],
      uses: (row: R) => number,
    ) => rows.filter(({ isPublic }) => isPublic).sort((a, b) => uses(b) - uses(a))[0]?.id;
    const provider = most(providers, ({ id }) => articles.filter((row) => row.provider?.id === id).length);
    const topic = most(
      topics,
      ({ id }) => articles.filter((row) => row.topics.some((one) => one.id === id)).length,
    );
    const target = published[0]?.id;
    const places: [Kind, string, typeof terms][] = [
      ['Article', '{ articles(ARGS) {…} }', terms],
      ['Article', `{ provider(id: "${provider}") { articles(ARGS) {…} } }`, terms],
      ['Article', `{ topic(id: "${topic}") { articles(ARGS) {…} } }`, terms],
      ['Article', `{ article(id: "${target}") { referencedBy(ARGS) {…} } }`, terms],
      ['Provider', '{ providers(ARGS) {…} }', counts],
      ['Topic', '{ topics(ARGS) {…} }', counts],
    ];
    const selection =
      '{ totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';
    let asked = 0;
    for (const [kind, place, orders] of places) {
      for (const order of orders) {
        const keys = orderKeys(fileOf(twins.withHidden), kind, [order]);
        for (const [name, key] of [keys[1], keys[Math.floor(keys.length / 2)], keys.at(-2)] as unknown[][]) {
          const [low, high] = [makeCursor([name, key, '']), makeCursor([name, key, '\u{10fffe}'])];
          const [after, before] = order.direction === 'ASC' ? [low, high] : [high, low];
          const orderBy = `orderBy: ${orderLiteral(`${order.field} ${order.direction}`)}`;
          for (const page of [
            `first: 3, after: "${after}", before: "${before}"`,
            `last: 3, after: "${after}", before: "${before}"`,
            `first: 3, after: "${after}"`,
            `last: 3, before: "${before}"`,
          ]) {
            expectSameSteps(pair, place.replace('ARGS', `${page}, ${orderBy}`).replace('{…}', selection));
            asked += 1;
          }
        }
      }
    }
    expect(asked).toBe((4 * terms.length + 2 * counts.length) * 3 * 4);
  });

  test('finding what is hidden steps as often as finding what is not there', () => {
    const hidden = twins.world.articles.filter(({ isPublic }) => !isPublic);
    expect(hidden.length).toBeGreaterThan(20);
    for (const { id, record, related, images } of hidden.slice(0, 20)) {
      expectSameSteps(pair, `{ article(id: "${id}") { title referencedBy { totalCount } } }`);
      expectSameSteps(pair, `{ article(slug: ${JSON.stringify(record.slug)}) { title topics { name } } }`);
      if (record.webUrl) expectSameSteps(pair, `{ article(url: "${record.webUrl}") { title } }`);
      const ids = [id, ...related.map((link) => link.id), ...images.map((image) => image.id)];
      for (const one of ids) {
        expectSameSteps(
          pair,
          `{ node(id: "${one}") { id ... on Article { related { id article { id } } } } }`,
        );
      }
      expectSameSteps(
        pair,
        `{ nodes(ids: ${JSON.stringify(ids)}) { id ... on Article { related { images { url } } } } }`,
      );
    }
    for (const row of twins.world.topics.filter(({ isPublic }) => !isPublic)) {
      expectSameSteps(pair, `{ topic(name: ${JSON.stringify(row.name)}) { articles { totalCount } } }`);
      expectSameSteps(pair, `{ node(id: "${row.id}") { id } }`);
    }
    for (const row of twins.world.providers.filter(({ isPublic }) => !isPublic)) {
      if (row.domain) expectSameSteps(pair, `{ provider(domain: "${row.domain}") { name } }`);
      expectSameSteps(pair, `{ node(id: "${row.id}") { id } }`);
    }
  });

  test('asking for hidden articles by the very filter steps over none', () => {
    for (const filter of [
      '{published: {eq: false}}',
      '{published: {ne: true}}',
      '{not: {published: {eq: true}}}',
      '{or: [{published: {eq: false}}, {quality: {gt: 1000}}]}',
      '{related: {some: {article: {published: {eq: false}}}}}',
      '{referencedBy: {some: {source: {published: {eq: false}}}}}',
    ]) {
      expectSameSteps(pair, `{ articles(filter: ${filter}) { totalCount edges { cursor } } }`);
    }
    for (const list of ['providers', 'topics', 'categories']) {
      const filter = '{articles: {some: {published: {eq: false}}}}';
      expectSameSteps(pair, `{ ${list}(filter: ${filter}) { totalCount edges { cursor } } }`);
    }
    // Of what is sorted, too, the steps depend on the order in which it comes.
    for (const first of [1, 2, 3]) {
      expectSameSteps(
        pair,
        `{ providers(first: ${first}, filter: {domain: {isNull: true}}) { edges { cursor } } }`,
      );
    }
  });

  // Conditions make the planner reckon with fewer rows, until any index is as good to it as another.
  test('many conditions make no index tempting that has no visibility', () => {
    const many = (condition: string) =>
      `and: [${Array.from({ length: 45 }, () => `{${condition}}`).join(', ')}]`;
    const inner =
      '{ edges { node { id related { id article { id } } provider { articles { totalCount } } } } }';
    const deep =
      '{ edges { node { referencedBy { edges { node { topics { articles { edges { node { related { provider { articles { edges { node { id } } } } } } } } } } } } } } }';
    const asked = [
      ...['topic(slug: "x")', 'provider(domain: "x.example")'].flatMap((found) =>
        ['title: {eq: "x", in: ["x"]}', 'slug: {eq: "x"}'].map(
          (filter) => `{ ${found} { articles(filter: {${filter}}) ${deep} } }`,
        ),
      ),
      ...['title: {eq: "x"}', 'title: {in: ["x"]}', 'slug: {contains: "x"}', 'quality: {gt: 1}'].flatMap(
        (condition) => [
          `{ articles(filter: {${many(condition)}, referencedBy: {count: {gt: 1}}}) { totalCount edges { node { topics { articles ${inner} } } } } }`,
          `{ topics(filter: {articles: {some: {${many(condition)}}}}) { edges { node { articles ${inner} } } } }`,
        ],
      ),
      ...['domain: {eq: "x.example"}', 'domain: {in: ["x.example"]}', 'name: {eq: "x"}'].flatMap(
        (condition) => [
          `{ providers(filter: {${many(condition)}, articles: {count: {gt: 1}}}) { totalCount edges { node { articles ${inner} } } } }`,
          `{ articles(filter: {provider: {${many(condition)}, articles: {count: {gt: 1}}}}) ${inner} }`,
        ],
      ),
    ];
    for (const text of asked) {
      expectSameSteps(pair, text);
      expect(blindSteps(pair, text, {}), text).toEqual([]);
    }
  });

  test('who sees hidden articles takes steps for them: the measure can tell', () => {
    for (const list of ['articles', 'topics']) {
      const text = `{ ${list}(first: 100) { edges { cursor } } }`;
      const statement = compileText(text, { preview: true });
      expect(statement && pair.one.count(statement)).not.toBe(statement && pair.other.count(statement));
    }
  });
});

test(`hiding articles leaves the public the steps that removing them does (seed ${SEED})`, async () => {
  const write = (folder: string) => {
    mkdirSync(folder);
    writeRandomContent(new Random(SEED), folder, { hidden: 0.1 });
  };
  const folders: string[] = [];
  const open = () =>
    openEngine((folder) => {
      folders.push(folder);
      write(folder);
    });
  const [hiding, removing] = [await open(), await open()];
  const [hidden, removed] = folders as [string, string];
  const world = await readWorld(hidden);
  const random = new Random(SEED);
  const names = readdirSync(hidden, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.\w+$/.test(name),
  );
  const gone = names.sort().filter(() => random.chance(0.3));
  expect(gone.length).toBeGreaterThan(10);
  for (const name of gone) {
    const text = readFileSync(`${hidden}/${name}`, 'utf8');
    writeFileSync(
      `${hidden}/${name}`,
      `${text.replace(/\npublished: .*/, '').replace('---\n', '---\npublished: false\n')}`,
    );
    rmSync(`${removed}/${name}`);
  }
  const reports = [
    await syncContent({ folder: hidden, databaseUrl: hiding.url }),
    await syncContent({ folder: removed, databaseUrl: removing.url }),
  ];
  expect(reports.map(({ version }) => version?.number)).toEqual([2, 2]);
  const pair = openPair(hiding, removing);
  await forRandomOperations(hiding, collectPools(world), async (text, variables) => {
    const [one, other] = stepsOf(pair, text, variables) ?? [];
    if (one !== other) expect(await describeDifference(pair, text, variables)).toBe('the same steps');
  });
  closePair(pair);
  for (const engine of [hiding, removing]) await engine.close();
});
