import { mkdirSync, writeFileSync } from 'node:fs';
import { buildClientSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { buildSchema } from '../../src/graphql/schema.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { sha256 } from '../../src/server/documents/persisted-documents.ts';
import { createTestDatabase } from '../support/database.ts';
import { type ContentGateway, createContentGateway, post } from '../support/gateway.ts';

const SECRET = 'public: false, description: Zulu. ';
const keys = {
  open: ['weight: { kind: int, order: true }', 'authors: { kind: terms, of: Author }'],
  hidden: [
    `zuluScore: { kind: float, order: true, ${SECRET} }`,
    `zuluLevel: { kind: enum, values: [zuluLow, zuluHigh], ${SECRET} }`,
    `zuluDesk: { kind: term, of: ZuluDesk, ${SECRET} }`,
    `zuluEditor: { kind: term, of: Author, ${SECRET} }`,
    `zuluGuide: { kind: article, ${SECRET} }`,
    `zuluNotes: { kind: list, fields: { zuluText: text }, ${SECRET} }`,
  ],
};
function modelOf(lines: readonly string[]) {
  const parsed = parseModel(`fields:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  return parsed.model;
}
const model = modelOf([...keys.hidden, ...keys.open]);
const openModel = modelOf(keys.open);

const trusted = 'query Trusted { articles { edges { node { zuluScore } } } }';
const preview = { authorization: 'Bearer preview-token-of-a-test' };
const place = await createTestDatabase();
let content: ContentGateway;
let trustedOnly: ContentGateway;

async function open(env: Record<string, string> = {}): Promise<ContentGateway> {
  const made = await createContentGateway(
    `${place.folder}/content`,
    { PREVIEW_TOKENS: 'editor:preview-token-of-a-test', ...env },
    { documents: new Map([[sha256(trusted), trusted]]) },
  );
  await made.sync({ reading: { ...defaultReading, model } });
  await made.versions.refresh();
  return made;
}
beforeAll(async () => {
  mkdirSync(`${place.folder}/content`);
  const lines = ['title: A', 'weight: 1', 'authors: [Ann]', 'zuluScore: 1.5', 'zuluDesk: Cellar'];
  writeFileSync(`${place.folder}/content/a.md`, `---\n${lines.join('\n')}\n---\n`);
  content = await open();
  trustedOnly = await open({ DOCUMENTS: 'manifest.json', DOCUMENTS_ONLY: 'on' });
});
afterAll(async () => {
  await content?.close();
  await trustedOnly?.close();
  place.remove();
});

interface Answer {
  status: number;
  text: string;
  body: { data?: Record<string, unknown>; errors?: { message: string; extensions: { code: string } }[] };
}
async function ask(body: object, headers = {}, { gateway } = content): Promise<Answer> {
  const response = await post(gateway, body, headers);
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}
const sorted = (schema: Parameters<typeof printSchema>[0]) => printSchema(lexicographicSortSchema(schema));
const introspected = ({ body }: Answer) =>
  sorted(buildClientSchema(body.data as unknown as Parameters<typeof buildClientSchema>[0]));

describe('keys that are not public', () => {
  it('are in no introspection of others, whoever asked before', async () => {
    for (const round of [1, 2]) {
      const query = getIntrospectionQuery({ specifiedByUrl: true });
      const full = await ask({ query }, preview);
      expect(introspected(full), `round ${round}`).toBe(sorted(buildSchema(model)));
      const others = await ask({ query });
      expect(introspected(others), `round ${round}`).toBe(sorted(buildSchema(openModel)));
      expect(others.text).not.toMatch(/zulu/iu);
    }
    const type = (await ask({ query: '{ __type(name: "ZuluDesk") { name } }' })).body;
    expect(type).toEqual({ data: { __type: null } });
  });

  it.each([
    ['{ articles { edges { node { NAME } } } }', 'zuluScore', 'zuluNope'],
    ['{ articles { edges { node { NAME { name } } } } }', 'zuluDesk', 'zuluNope'],
    ['{ articles { edges { node { NAME { totalCount } } } } }', 'zuluGuideOf', 'zuluNopeOf'],
    ['{ articles(filter: { NAME: { gt: 1 } }) { totalCount } }', 'zuluScore', 'zuluNope'],
    ['{ articles(orderBy: [{ field: NAME }]) { totalCount } }', 'ZULU_SCORE', 'ZULU_NOPE'],
    ['{ NAME { totalCount } }', 'zuluDesks', 'zuluNopes'],
    ['{ authors { edges { node { NAME { totalCount } } } } }', 'zuluEditorOf', 'zuluNopeOf'],
    ['{ authors(filter: { NAME: { count: { gt: 1 } } }) { totalCount } }', 'zuluEditorOf', 'zuluNopeOf'],
    ['query ($it: NAME) { articles { totalCount } }', 'ZuluDeskFilter', 'ZuluNopeFilter'],
    ['{ articles { edges { node { ... on NAME { name } } } } }', 'ZuluDesk', 'ZuluNope'],
  ])('are answered as names that mean nothing: %s', async (query, name, nonsense) => {
    const hidden = await ask({ query: query.replace('NAME', name) });
    const absent = await ask({ query: query.replace('NAME', nonsense) });
    expect(absent.body.errors?.length).toBeGreaterThan(0);
    expect(hidden.status).toBe(absent.status);
    // What is public may be near to the one and not to the other.
    const places = /"column":\d+| Did you mean [^?]+\?/gu;
    expect(hidden.text.replaceAll(name, '')).not.toMatch(/zulu/iu);
    const plain = (text: string) => text.replace(places, '').replaceAll(name, '').replaceAll(nonsense, '');
    expect(plain(hidden.text)).toBe(plain(absent.text));
    expect(
      (await ask({ query: query.replace('NAME', name) }, preview)).body.errors?.[0]?.message ?? '',
    ).not.toMatch(/Cannot query|not defined|does not exist|Unknown type/u);
  });

  it('are suggested to no one else', async () => {
    const query = '{ articles { edges { node { zuluScor } } } }';
    expect((await ask({ query }, preview)).text).toContain('Did you mean \\"zuluScore\\"');
    expect((await ask({ query })).text).not.toContain('zuluScore');
  });

  it('are not told by documents that others have registered, or that are trusted', async () => {
    const query = 'query Own { articles { edges { node { zuluLevel } } } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    expect((await ask({ query, extensions }, preview)).status).toBe(200);
    expect((await ask({ extensions }, preview)).body.errors).toBeUndefined();
    const byHash = await ask({ extensions });
    expect(byHash.body.errors?.[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(byHash.text).not.toMatch(/zulu/iu);

    const documentId = `sha256:${sha256(trusted)}`;
    for (const [gateway, code] of [
      [content, 'PERSISTED_QUERY_NOT_FOUND'],
      [trustedOnly, 'DOCUMENT_NOT_TRUSTED'],
    ] as const) {
      const { body } = await ask({ documentId }, preview, gateway);
      expect(body.data).toEqual({ articles: { edges: [{ node: { zuluScore: 1.5 } }] } });
      const others = await ask({ documentId }, {}, gateway);
      expect(others.body.errors?.[0]?.extensions.code).toBe(code);
      expect(others.text).not.toMatch(/zulu/iu);
    }
  });

  it('do not keep what is public from being asked', async () => {
    const query =
      '{ articles(filter: { weight: { eq: 1 } }, orderBy: [{ field: WEIGHT }]) { edges { node { weight authors { name articles { totalCount } } } } } }';
    const node = { weight: 1, authors: [{ name: 'Ann', articles: { totalCount: 1 } }] };
    for (const headers of [{}, preview])
      expect((await ask({ query }, headers)).body.data).toEqual({ articles: { edges: [{ node }] } });
  });
});
