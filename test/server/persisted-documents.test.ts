import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/server/documents/persisted-documents.ts';
import { codeOf, createTestGateway, post } from '../support/gateway.ts';

const query = 'query Front { hello }';
const hash = sha256(query);
const persisted = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });

describe('automatic persisted queries', () => {
  it('are asked for once by text and then by hash', async () => {
    const { gateway } = createTestGateway();
    const first = await post(gateway, { extensions: persisted(hash) });
    expect(first.status).toBe(200);
    expect(await first.clone().json()).toMatchObject({ errors: [{ message: 'PersistedQueryNotFound' }] });
    expect(await codeOf(first)).toBe('PERSISTED_QUERY_NOT_FOUND');

    expect((await post(gateway, { query, extensions: persisted(hash) })).status).toBe(200);
    const third = await post(gateway, { extensions: persisted(hash) });
    expect(await third.json()).toEqual({ data: { hello: 'Hello world' } });
  });

  it('work by GET, and are kept like other answers', async () => {
    const { gateway } = createTestGateway();
    await post(gateway, { query, extensions: persisted(hash) });
    const url = `http://test/graphql?extensions=${encodeURIComponent(JSON.stringify(persisted(hash)))}`;
    await gateway.fetch(new Request(url));
    const response = await gateway.fetch(new Request(url));
    expect(response.headers.get('x-cache')).toBe('HIT');
    expect(await response.json()).toEqual({ data: { hello: 'Hello world' } });
  });

  it('take no text under a hash that is not its own', async () => {
    const { gateway } = createTestGateway();
    const response = await post(gateway, { query: '{ version }', extensions: persisted(hash) });
    expect(response.status).toBe(400);
    expect(await codeOf(await post(gateway, { extensions: persisted(hash) }))).toBe(
      'PERSISTED_QUERY_NOT_FOUND',
    );
  });

  it.each(['{ nope', '{ nope }', '{ hello } { hello }'])(
    'are not kept of a document that fails: %s',
    async (text) => {
      const { gateway } = createTestGateway();
      const extensions = persisted(sha256(text));
      expect((await post(gateway, { query: text, extensions })).status).not.toBe(500);
      expect(await codeOf(await post(gateway, { extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    },
  );

  it('can be turned off', async () => {
    const { gateway } = createTestGateway({ PERSISTED_QUERIES: 'off' });
    await post(gateway, { query, extensions: persisted(hash) });
    expect(await codeOf(await post(gateway, { extensions: persisted(hash) }))).toBe(
      'PERSISTED_QUERY_NOT_SUPPORTED',
    );
  });
});

describe('trusted documents', () => {
  const documents = new Map([[hash, query]]);
  const only = { DOCUMENTS: 'manifest.json', DOCUMENTS_ONLY: 'on' };

  it('are answered by hash, by document id and by text', async () => {
    const { gateway } = createTestGateway(only, { documents });
    for (const body of [{ extensions: persisted(hash) }, { documentId: `sha256:${hash}` }, { query }]) {
      expect(await (await post(gateway, body)).json()).toEqual({ data: { hello: 'Hello world' } });
    }
    const byGet = await gateway.fetch(new Request(`http://test/graphql?documentId=sha256:${hash}`));
    expect(byGet.status).toBe(200);
  });

  it.each([
    ['another query', { query: '{ version }' }],
    ['introspection', { query: '{ __schema { types { name } } }' }],
    ['__typename alone', { query: '{ __typename }' }],
    ['the same query spelt otherwise', { query: `${query} ` }],
    ['another hash', { extensions: persisted('0'.repeat(64)) }],
    [
      'a registered hash with another text',
      { query: '{ version }', extensions: persisted(sha256('{ version }')) },
    ],
    ['nothing', {}],
  ])('are all that is answered: not %s', async (_, body) => {
    const { gateway, standIn } = createTestGateway(only, { documents });
    const response = await post(gateway, body);
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('DOCUMENT_NOT_TRUSTED');
    expect(standIn.executed).toBe(0);
  });

  it('are answered beside others when others are allowed', async () => {
    const { gateway } = createTestGateway({ PERSISTED_QUERIES: 'off' }, { documents });
    expect((await post(gateway, { documentId: `sha256:${hash}` })).status).toBe(200);
    expect((await post(gateway, { query: '{ version }' })).status).toBe(200);
  });
});
