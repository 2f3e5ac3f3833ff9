import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

const BODY = '\u0001414243';
let engine: Engine;

beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    writeFileSync(`${folder}/a.md`, `---\ntitle: A\n---\n${BODY}\n`);
    writeFileSync(`${folder}/b.md`, `---\ntitle: B\n---\nOther\n`);
  });
});
afterAll(() => engine?.close());

interface Edges {
  articles: { edges: { cursor: string; node: { body: string } }[] };
}

test('a body that looks like what cursors are made of is the same with and without cursors beside it', async () => {
  const bodies = async (query: string) => {
    const { data } = await engine.ask(query);
    return (data as unknown as Edges).articles.edges.map(({ node }) => node.body).sort();
  };
  expect(await bodies('{ articles { edges { node { body } } } }')).toEqual([BODY, 'Other']);
  expect(await bodies('{ articles { edges { cursor node { body } } } }')).toEqual([BODY, 'Other']);
});

test('cursors are base64url that is read again', async () => {
  const first = await engine.ask('{ articles(first: 1) { edges { cursor } } }');
  const [edge] = (first.data as unknown as Edges).articles.edges;
  expect(edge?.cursor).toMatch(/^W[\w-]+$/);
  const next = await engine.ask(`{ articles(first: 5, after: "${edge?.cursor}") { edges { cursor } } }`);
  expect((next.data as unknown as Edges).articles.edges).toHaveLength(1);
});
