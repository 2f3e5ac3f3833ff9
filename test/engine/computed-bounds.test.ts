import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillComputed } from '../../src/engine/computed.ts';
import type { Plan } from '../../src/engine/plan/plan.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    for (let index = 0; index < 100; index += 1)
      writeFileSync(`${folder}/${index}.md`, `---\ntitle: T${index}\nprovider: P\n---\nText.\n`);
  });
});
afterAll(() => engine?.close());

test('an argument that is wrong for every row gives a few errors, and null everywhere', async () => {
  const { data, errors } = await engine.ask(
    '{ articles(first: 100) { edges { node { excerpt(length: 0) } } } }',
  );
  expect(errors).toHaveLength(20);
  expect(data.articles.edges).toHaveLength(100);
  expect(new Set(data.articles.edges.map(({ node }: { node: object }) => JSON.stringify(node)))).toEqual(
    new Set(['{"excerpt":null}']),
  );
});

test('values are charged by their number, aliases too', async () => {
  const aliases = Array.from({ length: 28 }, (_, index) => `e${index}: excerpt(length: 5)`).join(' ');
  const inner = `articles(first: 100) { edges { node { ${aliases} } } }`;
  const query = `{ articles(first: 100) { edges { node { provider { ${inner} } } } } }`;
  expect((await engine.ask(query, { maxCost: 20_000 })).code).toBe('COST_LIMIT_EXCEEDED');
  expect((await engine.ask(`{ ${inner} }`, { maxCost: 500 })).errors).toEqual([]);
});

test('work ends with the signal, however much there is still to do', async () => {
  const abort = new AbortController();
  const rows = Array.from({ length: 1_000_000 }, () => ({ a: { '#': 0 }, m: {} }));
  let made = 0;
  const place = {
    ...{ path: ['rows', '*', 'a'], nullableDepth: 3, frameIndex: 0, material: 'm' },
    compute: () => {
      made += 1;
      if (made === 1_000) abort.abort(new Error('The deadline.'));
      return 'x';
    },
    shape: (value: unknown) => value,
  };
  const plan = { computed: [place] } as unknown as Plan;
  const filling = { context: null, onBytes() {}, signal: abort.signal };
  await expect(fillComputed({ rows }, plan, [{}], filling)).rejects.toThrow('The deadline.');
  expect(made).toBeLessThan(1_000_000);
});
