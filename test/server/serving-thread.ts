import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parse, validate } from 'graphql';
import { createContentFolder } from '../store/content-folder.ts';
import { schema } from '../support/built-in-schema.ts';
import { type ContentGateway, createContentGateway, post } from '../support/gateway.ts';
import { loadContent } from '../support/load-content.ts';
import { Random } from '../support/reference/random.ts';
import { collectPools, type Pools } from '../support/reference/random-arguments.ts';
import { randomOperation } from '../support/reference/random-operation.ts';
import { buildWorld } from '../support/reference/world.ts';
import { watchThread } from '../support/thread-time.ts';

export interface ServingOptions {
  articles: number;
  operations: number;
  seed: number;
  /** More than the default, to see what happens when the cost keeps nobody out. */
  maxCost?: number;
}

export interface ServingOutcome {
  /** The longest that the serving thread was busy at a stretch, in milliseconds of processor time. */
  longestMs: number;
  /** The slowest answer of `/health`, in milliseconds on the clock. */
  healthMs: number;
  /** How often each status and code was answered. */
  answers: Record<string, number>;
  /** Milliseconds of the slowest operations, alone and on the clock. */
  slowestMs: number[];
}

interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

const GIANT = 'giant.example';
const SMALL = 'small-1.example';
const DEADLINE_MS = 3_000;
const WORST = 20;

/**
 * Asks random operations of a gateway whose articles are of one provider but for a few; then the slowest of them all at
 * once, while others ask for `/health`. Each is first asked with variables that make it quick.
 */
export async function measureServing(options: ServingOptions): Promise<ServingOutcome> {
  const random = new Random(options.seed);
  const folder = createContentFolder();
  writeSkewedArticles(folder.path, options.articles);
  const pools = await poolsOf(folder.path);
  const gateway = await createContentGateway(folder.path, {
    CACHE: 'off',
    DEADLINE_MS: String(DEADLINE_MS),
    MAX_COST: String(options.maxCost ?? 20_000),
  });
  try {
    return await measure(gateway, makeOperations(random, pools, options.operations));
  } finally {
    await gateway.close();
    folder.delete();
  }
}

async function measure(content: ContentGateway, operations: Asked[][]): Promise<ServingOutcome> {
  const answers: Record<string, number> = {};
  const ask = async ({ query, variables }: Asked) => {
    const started = performance.now();
    const response = await post(content.gateway, { query, variables });
    const { errors } = (await response.json()) as { errors?: { extensions?: { code?: string } }[] };
    const outcome = `${response.status} ${errors?.[0]?.extensions?.code ?? 'data'}`;
    answers[outcome] = (answers[outcome] ?? 0) + 1;
    return performance.now() - started;
  };
  const thread = watchThread();
  const timed: { ms: number; asked: Asked }[] = [];
  for (const variants of operations) {
    for (const asked of variants) timed.push({ ms: await ask(asked), asked });
  }
  const worst = timed.sort((a, b) => b.ms - a.ms).slice(0, WORST);
  let isOver = false;
  const all = Promise.all(worst.map(({ asked }) => ask(asked))).finally(() => {
    isOver = true;
  });
  let healthMs = 0;
  while (!isOver) {
    const started = performance.now();
    const response = await content.gateway.fetch(new Request('http://test/health'));
    if (response.status !== 200) throw new Error(`/health answered ${response.status}.`);
    healthMs = Math.max(healthMs, performance.now() - started);
    await setTimeout(5);
  }
  await all;
  const { longestMs } = thread.stop();
  return { longestMs, healthMs, answers, slowestMs: worst.map(({ ms }) => Math.round(ms)) };
}

function makeOperations(random: Random, pools: Pools, count: number): Asked[][] {
  const operations = [
    sortMany({ lists: 29, field: 'articles', orders: ['QUALITY', 'TITLE'], inner: 'provider', size: 20 }),
  ];
  while (operations.length < count) {
    if (random.chance(0.5)) {
      const isBackward = random.chance(0.2);
      const options = {
        lists: random.int(1, 29),
        field: isBackward ? 'referencedBy' : 'articles',
        orders: random.some(['QUALITY', 'HEAT', 'TITLE', 'PUBLISHED_AT'], 1, 4),
        filter: random.chance(0.2) ? 'filter: {excerpt: {contains: "nowhere"}}' : '',
        counted: random.chance(0.2) ? 'totalCount' : '',
        inner: isBackward ? '' : random.pick(['provider', 'topics', 'topics(first: 1)']),
        size: random.int(1, 20),
      };
      operations.push(sortMany(options));
      continue;
    }
    const { text, variables } = randomOperation(random.fork(), schema, pools);
    // Cursors that nobody has given are refused; this is about time.
    const query = text.replaceAll(/(?:after|before): "@@[^"]*"/g, 'first: null');
    if (validate(schema, parse(query)).length > 0) continue;
    operations.push(variables.map((values) => ({ query, variables: values })));
  }
  return operations;
}

/** What looks like a few rows, and sorts or reads all articles of a provider, a topic or a link, again and again. */
function sortMany(options: {
  lists: number;
  field: string;
  orders: string[];
  filter?: string;
  counted?: string;
  inner: string;
  size: number;
}): Asked[] {
  const { field, filter = '', counted = '', inner, size } = options;
  const order = options.orders.map((name) => `{field: ${name}}`).join(', ');
  const list = `${field}(first: 1, orderBy: [${order}] ${filter}) { ${counted} edges { node { title } } }`;
  const lists = Array.from({ length: options.lists }, (_, at) => `a${at}: ${list}`).join(' ');
  const nested = inner === '' ? lists : `${inner} { ${lists} }`;
  const query = `query ($domain: String!) { provider(domain: $domain) { articles(first: ${size}) { edges { node { ${nested} } } } } }`;
  return [...new Array(8).fill(SMALL), GIANT].map((domain) => ({ query, variables: { domain } }));
}

/** All of one provider, one topic and one link, but for twenty; equal in most of what they are sorted by. */
function writeSkewedArticles(folder: string, articles: number): void {
  for (let at = 0; at < articles; at += 1) {
    const domain = at < 20 ? `small-${at}.example` : GIANT;
    const part = join(folder, String(at % 100));
    if (at < 100) mkdirSync(part);
    const front = {
      title: `Piece number ${(at * 7919) % articles}`,
      excerpt: `What is told of it, ${at}.`,
      quality: at % 3,
      publishedDateTime: new Date(Date.UTC(2024, 0, 1, 0, at % 5000)).toISOString(),
      webUrl: `https://${domain}/${at}`,
      provider: { name: domain, domain },
      category: 'everything',
      topics: ['everything', `topic ${at % 50}`],
      related: [{ webUrl: `https://${GIANT}/20` }],
    };
    writeFileSync(join(part, `${at}.md`), `---\n${JSON.stringify(front)}\n---\nA line.\n`);
  }
}

async function poolsOf(folder: string): Promise<Pools> {
  const records = [];
  for await (const batch of loadContent(folder)) {
    for (const { article } of batch) if (article && records.length < 2_000) records.push(article);
  }
  return collectPools(buildWorld(records));
}
