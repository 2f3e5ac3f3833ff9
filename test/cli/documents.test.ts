import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, parse, print, validate } from 'graphql';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readManifest } from '../../src/cli/serve/documents-manifest.ts';
import { codeOf, createContentGateway, post } from '../support/gateway.ts';
import { createPlace, type Place, runCli, startProcess } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

let place: Place;
let folder: string;
let out: string;
beforeEach(() => {
  place = createPlace();
  folder = join(place.root, 'queries');
  out = join(place.root, 'documents.json');
  mkdirSync(join(folder, 'parts'), { recursive: true });
});
afterEach(() => place.remove());

test('each file with an operation is a document, with just the shared fragments that it needs', async () => {
  const page = 'query Page {\n  articles(first: 3) { edges { node { ...Card } } }\n}\n';
  writeFileSync(join(folder, 'page.graphql'), page);
  writeFileSync(
    join(folder, 'parts/card.graphql'),
    'fragment Card on Article { title provider { ...Name } }\nfragment Unused on Topic { slug }\n',
  );
  writeFileSync(join(folder, 'parts/name.gql'), 'fragment Name on Provider { name }\n');
  const { code, stdout } = await runCli(['documents', folder, '--out', out]);
  expect(code).toBe(0);
  expect(stdout).toContain('1 document of 3 files');
  const manifest: Record<string, string> = JSON.parse(readFileSync(out, 'utf8'));
  const [[hash, text] = ['', '']] = Object.entries(manifest);
  expect(text.startsWith(page)).toBe(true);
  expect(text).toContain('fragment Card');
  expect(text).toContain('fragment Name');
  expect(text).not.toContain('Unused');
  expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
  expect([...readManifest(out)]).toEqual([[hash, text]]);
});

test('a document that the schema does not allow is placed, and no manifest is written', async () => {
  writeFileSync(join(folder, 'wrong.graphql'), '{\n  articles { nope }\n}\n');
  const { code, stdout } = await runCli(['documents', folder, '--out', out, '--json']);
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({ manifest: null, problems: [{ line: 2, column: 14 }] });
  expect(existsSync(out)).toBe(false);
});

test('a folder without operations is exit code 2', async () => {
  expect((await runCli(['documents', folder, '--out', out])).code).toBe(2);
});

test('--typename writes what a client sends that adds __typename to each selection', async () => {
  writeFileSync(
    join(folder, 'page.graphql'),
    'query Page { articles { edges { node { title ...Card } } } node(id: "x") { __typename } }\n' +
      'fragment Card on Article { topics { name } }\n',
  );
  expect((await runCli(['documents', folder, '--out', out, '--typename'])).code).toBe(0);
  const [[hash, text] = ['', '']] = [...readManifest(out)];
  expect(text).toBe(
    print(
      parse(
        `query Page { articles { edges { node { title ...Card __typename } __typename } __typename } node(id: "x") { __typename } }
         fragment Card on Article { topics { name __typename } __typename }`,
      ),
    ),
  );
  expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
});

test.each([
  ['of GraphQL Code Generator', (hash: string, text: string) => ({ [`sha256:${hash}`]: text })],
  ['of GraphQL Code Generator, without prefix', (hash: string, text: string) => ({ [hash]: text })],
  [
    'of Apollo',
    (hash: string, text: string) => ({
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [{ id: hash, name: 'Page', type: 'query', body: text }],
    }),
  ],
])('a manifest %s is read, and its documents are answered by hash', async (_name, make) => {
  const text = 'query Page { articles { totalCount __typename } }';
  const hash = createHash('sha256').update(text).digest('hex');
  writeFileSync(out, JSON.stringify(make(hash, text)));
  const content = await createContentGateway(
    folder,
    { DOCUMENTS: out, DOCUMENTS_ONLY: 'on' },
    { documents: readManifest(out) },
  );
  try {
    const answer = { data: { articles: { totalCount: 0, __typename: 'ArticleConnection' } } };
    const byId = await post(content.gateway, { documentId: `sha256:${hash}` });
    expect(await byId.json()).toEqual(answer);
    const persistedQuery = { version: 1, sha256Hash: hash };
    expect(await (await post(content.gateway, { extensions: { persistedQuery } })).json()).toEqual(answer);
    expect(await codeOf(await post(content.gateway, { query: '{ __typename }' }))).toBe(
      'DOCUMENT_NOT_TRUSTED',
    );
  } finally {
    await content.close();
  }
});

test('a manifest of neither form is refused', () => {
  writeFileSync(
    out,
    JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 2, operations: [] }),
  );
  expect(() => readManifest(out)).toThrow('neither a manifest of documents by hash nor');
});

test('a manifest whose text was changed is refused', () => {
  writeFileSync(out, JSON.stringify({ [createHash('sha256').update('{ a }').digest('hex')]: '{ b }' }));
  expect(() => readManifest(out)).toThrow('does not have this hash');
});

test.each(['sha1', 'md5', 'sha512'])('a manifest by %s is refused with the option that mends it', (name) => {
  const hash = createHash(name).update('{ a }').digest('hex');
  for (const key of [hash, `${name}:${hash}`]) {
    writeFileSync(out, JSON.stringify({ [key]: '{ a }' }));
    expect(() => readManifest(out)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`by their ${name}`),
        fix: expect.stringContaining("hashAlgorithm: 'sha256'"),
      }),
    );
  }
});

test('documents and the printed schema know the keys of the owner, those that are not public too', async () => {
  place.write('a.md', '---\ntitle: A\n---\n');
  place.write(
    'gateway.yaml',
    'fields: { weight: { kind: int, order: true }, desk: { kind: text, public: false } }\n',
  );
  const query = 'query Own {\n  articles(orderBy: { field: WEIGHT }) { edges { node { weight desk } } }\n}\n';
  writeFileSync(join(folder, 'own.graphql'), query);
  const made = await runCli(['documents', folder, '--out', out], place.env);
  expect(made.stdout).toContain('1 document of 1 file');
  expect(Object.values(JSON.parse(readFileSync(out, 'utf8')))).toEqual([query]);
  expect((await runCli(['documents', folder, '--out', out])).code).toBe(4);

  const script = [
    '--import',
    'tsx',
    'scripts/print-schema.ts',
    '--content',
    place.content,
    '--out',
    place.root,
  ];
  const printed = await startProcess(process.execPath, script, place.env, process.cwd()).result;
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  const schema = buildSchema(readFileSync(join(place.root, 'schema.graphql'), 'utf8'));
  expect(validate(schema, parse(query))).toEqual([]);
  const { properties } = JSON.parse(readFileSync(join(place.root, 'front-matter.schema.json'), 'utf8'));
  expect(Object.keys(properties)).toEqual(expect.arrayContaining(['weight', 'desk', 'title']));
});
