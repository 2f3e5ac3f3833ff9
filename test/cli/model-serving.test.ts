import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlace, type Place, type RunningCli, runCli, startCli } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

let place: Place;
const running: RunningCli[] = [];
beforeEach(() => {
  place = createPlace();
  for (const [index, name] of ['larch', 'rowan', 'alder'].entries()) {
    place.write(`${name}.md`, `---\ntitle: ${name}\nweight: ${index + 1}\nmood: fair\n---\nText.\n`);
  }
});
afterEach(async () => {
  for (const { child, result } of running.splice(0)) {
    child.kill('SIGTERM');
    await result;
  }
  place.remove();
});

async function serve(args: string[] = [], env: Record<string, string> = {}): Promise<string> {
  const cli = startCli(['serve', '--port', '0', ...args], { ...place.env, ...env });
  running.push(cli);
  const [url] = await cli.says(/http:\S+\/graphql/u);
  return url;
}

/** The articles of an answer. */
const nodesOf = ({ body }: Answer) => body.data?.articles.edges.map(({ node }) => node);

interface Answer {
  status: number;
  body: {
    data?: { articles: { edges: { node: Record<string, unknown> }[] } };
    errors?: { message: string }[];
  };
}

async function ask(url: string, query: string): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    // A connection each, so that several workers are asked.
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      connection: 'close',
    },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.json() };
}

const weights =
  '{ articles(first: 5, orderBy: { field: TITLE, direction: ASC }) { edges { node { title weight } } } }';
const titles =
  '{ articles(first: 5, orderBy: { field: TITLE, direction: ASC }) { edges { node { title } } } }';
const whole = [
  { title: 'alder', weight: 3 },
  { title: 'larch', weight: 1 },
  { title: 'rowan', weight: 2 },
];

/** As editors save: whole or not at all. */
function writeModel(text: string): void {
  writeFileSync(join(place.root, 'new.yaml'), text);
  renameSync(join(place.root, 'new.yaml'), join(place.content, 'gateway.yaml'));
}

const untilAnswered = (url: string, query: string, nodes: unknown) =>
  vi.waitFor(async () => expect(nodesOf(await ask(url, query))).toEqual(nodes), {
    timeout: 30_000,
    interval: 50,
  });
const untilRefused = (url: string, query: string) =>
  vi.waitFor(async () => expect((await ask(url, query)).body.errors?.[0]?.message).toMatch(/Cannot query/u), {
    timeout: 30_000,
    interval: 50,
  });

test.each([[[]], [['--workers', '2']]])(
  'a model that is added, changed and taken away while serving is taken over whole (%s)',
  async (args) => {
    const url = await serve(args);
    expect((await ask(url, weights)).status).toBe(400);
    expect((await ask(url, titles)).status).toBe(200);

    let isDone = false;
    const seen = new Set<string>();
    const asking = (async () => {
      // Each with a name of its own, so that no answer is one that was kept.
      for (let count = 0; !isDone; count += 1) {
        const answer = await ask(url, `query Q${count} ${weights}`);
        expect([200, 400]).toContain(answer.status);
        seen.add(answer.body.errors?.[0]?.message ?? JSON.stringify(nodesOf(answer)));
        expect((await ask(url, `query T${count} ${titles}`)).status).toBe(200);
      }
    })();
    const texts = (nodes: typeof whole) => nodes.map((node) => ({ ...node, weight: String(node.weight) }));
    for (let times = 0; times < 2; times += 1) {
      writeModel('fields: { weight: { kind: int, order: true } }\n');
      await untilAnswered(url, weights, whole);
      writeModel('fields: { weight: text, mood: text }\n');
      await untilAnswered(url, weights, texts(whole));
      rmSync(join(place.content, 'gateway.yaml'));
      await untilRefused(url, weights);
    }
    isDone = true;
    await asking;
    const refusals = [...seen].filter((answer) => answer.startsWith('Cannot query field "weight"'));
    expect(refusals).toHaveLength(1);
    expect([...seen].filter((answer) => !refusals.includes(answer)).sort()).toEqual(
      [JSON.stringify(whole), JSON.stringify(texts(whole))].sort(),
    );
  },
);

test('a wrong model while serving changes nothing but is told, and the mended one is taken over', async () => {
  place.write('gateway.yaml', 'fields: { weight: int }\n');
  const url = await serve([], { STALE_AFTER_MS: '500', LOG_FORMAT: 'json' });
  expect(nodesOf(await ask(url, weights))).toEqual(whole);
  const ready = async () => (await fetch(new URL('/ready', url))).status;
  expect(await ready()).toBe(200);
  writeModel('fields: { weight: itn, mood: txet }\n');
  await vi.waitFor(async () => expect(await ready()).toBe(503), { timeout: 30_000, interval: 100 });
  expect(nodesOf(await ask(url, `query Again ${weights}`))).toEqual(whole);
  writeModel('fields: { mood: text }\n');
  await untilRefused(url, weights);
  await vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 30_000, interval: 100 });
  const [{ child, result }] = running.splice(0) as [RunningCli];
  child.kill('SIGTERM');
  const { stdout, stderr } = await result;
  const said = stdout + stderr;
  expect(said).toMatch(/gateway\.yaml:1:19 .*\\n.*gateway\.yaml:1:30 /u);
});

test('a server that follows no file follows the seed of another process', async () => {
  const url = await serve(['--no-watch']);
  expect((await ask(url, titles)).status).toBe(200);
  expect((await ask(url, weights)).status).toBe(400);
  place.write('gateway.yaml', 'fields: { weight: int }\n');
  expect((await runCli(['seed'], place.env)).code).toBe(0);
  // What was committed before the request is what it is answered from.
  expect(nodesOf(await ask(url, weights))).toEqual(whole);
});

test('the file is not served, and is no article', async () => {
  place.write('gateway.yaml', 'fields: { weight: int }\n');
  const url = await serve();
  for (const path of ['/gateway.yaml', '/graphql/gateway.yaml', '/content/gateway.yaml']) {
    expect((await fetch(new URL(path, url))).status).toBe(404);
  }
  expect(nodesOf(await ask(url, titles))).toHaveLength(3);
});
