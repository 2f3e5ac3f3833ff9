import { type GraphQLSchema, type OperationDefinitionNode, parse } from 'graphql';
import { expect, it } from 'vitest';
import { buildSchema } from '../../src/graphql/schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { surrogateKeys } from '../../src/server/cache/surrogate-keys.ts';
import type { Outcome } from '../../src/server/yoga/asked-request.ts';
import { schema } from '../support/built-in-schema.ts';

function keysOf(query: string, data: unknown, by: GraphQLSchema = schema): string[] {
  const document = parse(query);
  const operation = document.definitions[0] as OperationDefinitionNode;
  const outcome = { document, operation } as unknown as Outcome;
  return surrogateKeys(by, outcome, data).split(' ').sort();
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

it('lists of articles of which more may be shown have the key of all articles', () => {
  const parsed = parseModel('fields: { seeAlso: { kind: articles } }');
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  const own = buildSchema(parsed.model);
  const article = { slug: 'a', seeAlso: [] };
  expect(keysOf('{ article(slug: "a") { slug seeAlso { slug } } }', { article }, own)).toEqual([
    ...['article', 'article:a'],
  ]);
  const translated = { article: { slug: 'a', translations: [] } };
  expect(keysOf('{ article(slug: "a") { slug translations { slug } } }', translated)).toEqual([
    ...['article', 'article:a'],
  ]);
});

it('a thing that an owner adds is known by its slug, and an object by its article', () => {
  const parsed = parseModel(
    'fields: { authors: { kind: terms, of: Author }, place: { kind: object, fields: { name: text } } }',
  );
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  const own = buildSchema(parsed.model);
  const article = { slug: 'a', place: { name: 'Here' } };
  expect(keysOf('{ article(slug: "a") { slug place { name } } }', { article }, own)).toEqual(['article:a']);
  const author = { slug: 'ann', name: 'Ann' };
  expect(keysOf('{ author(slug: "ann") { slug name } }', { author }, own)).toEqual(['author:ann']);
  expect(keysOf('{ node(id: "x") { id } }', { node: { id: 'x' } }, own)).toEqual([
    ...['article', 'author', 'category', 'provider', 'topic'],
  ]);
  expect(keysOf('{ node(id: "x") { id } }', { node: { id: 'x' } })).toEqual([
    ...['article', 'category', 'provider', 'topic'],
  ]);
});

it('more kinds than have room are known by the whole content', () => {
  const fields = Array.from({ length: 150 }, (_, at) => {
    const of = `Kind${'x'.repeat(30)}${at}`;
    return `  k${at}: { kind: term, of: ${of} }\n`;
  });
  const parsed = parseModel(`fields:\n${fields.join('')}`);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  const own = buildSchema(parsed.model);
  expect(keysOf('{ node(id: "x") { id } }', { node: { id: 'x' } }, own)).toEqual(['content']);
});
