import { type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { surrogateKeys } from '../../src/server/cache/surrogate-keys.ts';
import type { RequestState } from '../../src/server/yoga/request-state.ts';
import { schema } from '../support/built-in-schema.ts';

function keysOf(query: string, data: unknown): string[] {
  const document = parse(query);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const state = { document, operation } as unknown as RequestState;
  return surrogateKeys(schema, state, data).split(' ').sort();
}

it('categories have surrogate keys of their own, as topics have', () => {
  expect(
    keysOf('{ category(slug: "world") { slug name } }', { category: { slug: 'world', name: 'World' } }),
  ).toEqual(['category:world']);
  expect(keysOf('{ category(slug: "none") { slug } }', { category: null })).toEqual(['category']);
  const article = { slug: 'a', categories: [{ slug: 'world' }] };
  expect(keysOf('{ article(slug: "a") { slug categories { slug } } }', { article })).toEqual([
    'article:a',
    'category:world',
  ]);
  const categories = { edges: [{ node: { slug: 'world' } }] };
  expect(keysOf('{ categories { edges { node { slug } } } }', { categories })).toEqual([
    'category',
    'category:world',
  ]);
});
