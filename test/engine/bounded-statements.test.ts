import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    writeFileSync(`${folder}/a.md`, '---\ntitle: A\n---\nText.\n');
  });
});
afterAll(() => engine?.close());

it.each([
  ['a page in the order of an index', '{ articles { edges { node { title } } } }', true],
  ['a filter', '{ articles(filter: { slug: { eq: "a" } }) { edges { node { title } } } }', false],
  [
    'a sort by several fields',
    '{ articles(orderBy: [{ field: QUALITY, direction: ASC }, { field: TITLE, direction: ASC }]) { edges { node { title } } } }',
    false,
  ],
  [
    'one list of each row, and parts of parts',
    '{ articles { edges { node { topics { name } related { images { url } article { title } } } } } }',
    true,
  ],
  [
    'lists of topics in lists of topics',
    '{ articles { edges { node { topics { articles(first: 1) { edges { node { topics { name } } } } } } } } }',
    false,
  ],
  [
    'translations of translations',
    '{ articles { edges { node { translations { translations { slug } } } } } }',
    false,
  ],
  ['links of links', '{ articles { edges { node { related { article { related { title } } } } } } }', false],
])('whether the time of %s is bounded by its answer', async (_name, query, isBounded) => {
  const read = vi.spyOn(engine.reader, 'readText');
  const { errors } = await engine.ask(query);
  expect(errors).toEqual([]);
  expect(read.mock.calls.at(-1)?.[2]).toMatchObject({ isBounded });
  read.mockRestore();
});
