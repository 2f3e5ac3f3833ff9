import { createCipheriv, randomBytes } from 'node:crypto';
import type { GraphQLError } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealSecured } from '../../src/graphql/texts/secured-text.ts';
import { openContent } from './features.ts';

const key = randomBytes(32);
const secret = 'Only for those who may.';
let world: Awaited<ReturnType<typeof openContent>>;

beforeAll(async () => {
  world = await openContent({ securedKey: key });
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  const ciphertext = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  world.content.write(
    'a.md',
    { title: 'A', excerpt: 'One two three four five six' },
    '# Head\n\nSome *text*.\n',
  );
  world.content.write('b.txt', { title: 'B' }, 'First line.\nSecond <line>.\n');
  world.content.write('c.md', {
    title: 'C',
    secured: `${ciphertext.toString('base64')};${iv.toString('base64')}`,
  });
  world.content.write('d.md', {
    title: 'D',
    secured: `${randomBytes(32).toString('base64')};${iv.toString('base64')}`,
  });
  await world.sync();
});
afterAll(() => world.close());

test('the text is made ready for readers', async () => {
  const { data } = await world.ask(`{
    a: article(slug: "a") { html plainText wordCount readingTimeMinutes h: headings { d: depth text anchor __typename } }
    b: article(slug: "b") { html headings { text } }
  }`);
  expect(data.a).toEqual({
    html: '<h1 id="head">Head</h1>\n<p>Some <em>text</em>.</p>',
    plainText: 'Head\n\nSome text.',
    wordCount: 3,
    readingTimeMinutes: 1,
    h: [{ d: 1, text: 'Head', anchor: 'head', __typename: 'Heading' }],
  });
  expect(data.b).toEqual({ html: '<p>First line.</p>\n<p>Second &lt;line&gt;.</p>', headings: [] });
});

test('an excerpt is cut at a word where a length is given, and whole where none is', async () => {
  const { data } = await world.ask('{ article(slug: "a") { excerpt short: excerpt(length: 12) } }');
  expect(data.article).toEqual({ excerpt: 'One two three four five six', short: 'One two…' });
  const refused = await world.ask('{ article(slug: "a") { title excerpt(length: 0) } }');
  expect(refused.data.article).toEqual({ title: 'A', excerpt: null });
  expect(refused.errors[0]).toMatchObject({
    path: ['article', 'excerpt'],
    extensions: { code: 'BAD_USER_INPUT' },
  });
});

test('computed fields stand at every depth, beside columns, in lists and under aliases', async () => {
  const { data } = await world.ask(
    '{ articles(orderBy: { field: TITLE }, first: 2) { edges { node { t: title w: wordCount v: wordCount } } } __typename }',
  );
  expect(data).toEqual({
    articles: { edges: [{ node: { t: 'A', w: 3, v: 3 } }, { node: { t: 'B', w: 4, v: 4 } }] },
    __typename: 'Query',
  });
});

test('the secured text opens for readers with the scope, and for them alone', async () => {
  const query = '{ article(slug: "c") { isSecured securedBody } }';
  const entitled = await world.ask(query, { secured: true });
  expect(entitled.data.article).toEqual({ isSecured: true, securedBody: secret });
  const others = await world.ask(query);
  expect(others.data.article).toEqual({ isSecured: true, securedBody: null });
  expect(others.errors[0].extensions).toMatchObject({ code: 'FORBIDDEN', scope: 'secured' });
  expect(JSON.stringify(others)).not.toContain(secret);
});

test('a secured text that the key does not open is an error that says no more', async () => {
  const { data, errors } = await world.ask(
    '{ articles(orderBy: { field: TITLE }) { edges { node { title securedBody } } } }',
    { secured: true },
  );
  expect(
    data.articles.edges.map(({ node }: { node: { securedBody: string | null } }) => node.securedBody),
  ).toEqual([null, null, secret, null]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({
    path: ['articles', 'edges', 3, 'node', 'securedBody'],
    extensions: { code: 'SECURED_UNREADABLE' },
  });
});

test('each secured text says whether it is known to be as it was encrypted', async () => {
  const sealed = sealSecured('Worth 100.', key);
  const bytes = Buffer.from(sealed.slice(3), 'base64');
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  world.content.write('e.md', { title: 'E', secured: sealed });
  world.content.write('f.md', { title: 'F', secured: `v2:${bytes.toString('base64')}` });
  await world.sync();
  const fields = '{ securedBody isSecuredBodyAuthenticated }';
  const query = `{ a: article(slug: "a") ${fields} c: article(slug: "c") ${fields} e: article(slug: "e") ${fields} f: article(slug: "f") ${fields} }`;
  const { data, errors } = await world.ask(query, { secured: true });
  expect(data).toEqual({
    a: { securedBody: null, isSecuredBodyAuthenticated: null },
    c: { securedBody: secret, isSecuredBodyAuthenticated: false },
    e: { securedBody: 'Worth 100.', isSecuredBodyAuthenticated: true },
    f: { securedBody: null, isSecuredBodyAuthenticated: null },
  });
  expect(errors.map(({ path, extensions }: GraphQLError) => [path?.join('.'), extensions])).toEqual([
    ['f.securedBody', { code: 'SECURED_UNREADABLE' }],
    ['f.isSecuredBodyAuthenticated', { code: 'SECURED_UNREADABLE' }],
  ]);
  const others = await world.ask(query);
  expect(others.data.e).toEqual({ securedBody: null, isSecuredBodyAuthenticated: null });
  expect(others.errors[0].extensions.code).toBe('FORBIDDEN');
});

test('what an operation cost is told when asked for', async () => {
  const { extensions } = await world.ask(
    '{ articles(first: 3) { edges { node { title topics { name } } } } }',
    {},
    true,
  );
  expect(extensions.cost).toMatchObject({ statements: 1, rows: 3, maximumRows: 18 });
  expect(extensions.cost.ms).toBeGreaterThanOrEqual(0);
});
