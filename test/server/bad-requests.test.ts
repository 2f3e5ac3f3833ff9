import { afterAll, describe, expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { rawGet, rawPost, sendRaw } from './raw-request.ts';

const gateway = await startTestGateway({ NODE_ENV: 'production' });
afterAll(() => gateway.close());

const json = (value: unknown) => JSON.stringify(value);
const query = (text: string) => rawPost(json({ query: text }));
const variables = (value: unknown) =>
  rawPost(json({ query: 'query ($v: [Int!]) { echo(values: $v) }', variables: { v: value } }));
const url = (text: string) => rawGet(`/graphql?${text}`);
const named = (name: string) =>
  rawPost(json({ query: 'query A { hello } query B { hello }', operationName: name }));
const crlf = '\r\n';

/** Name, bytes, and the statuses that are right; 0 is a connection closed without an answer. */
const requests: [name: string, bytes: (string | Buffer)[], statuses: number[]][] = [
  // Transport.
  ['not HTTP at all', ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n'], [400]],
  ['an HTTP/1.1 request without a host', [`GET /graphql HTTP/1.1${crlf}${crlf}`], [400]],
  ['an unknown method', [`BREW /graphql HTTP/1.1${crlf}host: a${crlf}${crlf}`], [400]],
  ['PUT', [`PUT /graphql HTTP/1.1${crlf}host: a${crlf}content-length: 0${crlf}${crlf}`], [405]],
  ['DELETE', [`DELETE /graphql HTTP/1.1${crlf}host: a${crlf}${crlf}`], [405]],
  ['TRACE', [`TRACE /graphql HTTP/1.1${crlf}host: a${crlf}${crlf}`], [405]],
  ['CONNECT', [`CONNECT evil.example:443 HTTP/1.1${crlf}host: a${crlf}${crlf}`], [0, 400, 405]],
  ['a path that is not there', [rawGet('/admin')], [404]],
  ['a path that climbs', [rawGet('/../../etc/passwd')], [404]],
  ['a path with a NUL', [rawGet('/graphql%00?query={hello}')], [404]],
  ['a path that names a prototype', [rawGet('/__proto__')], [404]],
  ['an absolute URL of another path', [rawGet('http://evil.example/admin')], [404]],
  ['an absolute URL without a query', [rawGet('http://evil.example/graphql')], [400]],
  ['two hosts', [rawGet('/graphql?query={hello}', ['Host: evil.example'])], [400]],
  ['a header line without a colon', [rawGet('/graphql', ['nonsense'])], [400]],
  ['a header with a line feed in its value', [rawGet('/graphql', ['x: a\nb: c'])], [400, 200]],
  [
    'a weight of 15,000 digits',
    [rawGet('/graphql?query={hello}', [`accept: application/json;q=0.${'1'.repeat(15_000)}x`])],
    [200, 406],
  ],
  [
    'a content type of 15,000 spaces',
    [rawPost(json({ query: '{ hello }' }), [`content-type: application/json${' '.repeat(15_000)}x`])],
    [415],
  ],
  ['headers of 32 KB', [rawGet('/graphql', [`x: ${'a'.repeat(32_768)}`])], [431]],
  ['a URL of 32 KB', [rawGet(`/graphql?query=${'a'.repeat(32_768)}`)], [431, 414]],
  ['two lengths', [rawPost(json({ query: '{ hello }' }), ['content-length: 3'])], [400]],
  ['a length and chunks', [rawPost('0\r\n\r\n', ['transfer-encoding: chunked'])], [400]],
  [
    'a length that is no number',
    [`POST /graphql HTTP/1.1${crlf}host: a${crlf}content-length: many${crlf}${crlf}`],
    [400],
  ],
  [
    'a length below zero',
    [`POST /graphql HTTP/1.1${crlf}host: a${crlf}content-length: -5${crlf}${crlf}`],
    [400],
  ],
  ['a body over the limit', [rawPost('x'.repeat(300_000))], [413]],
  [
    'a length over the limit and no body',
    [
      `POST /graphql HTTP/1.1${crlf}host: a${crlf}content-type: application/json${crlf}content-length: 999999999${crlf}${crlf}`,
    ],
    [413],
  ],
  [
    'chunks over the limit',
    [
      `POST /graphql HTTP/1.1${crlf}host: a${crlf}content-type: application/json${crlf}transfer-encoding: chunked${crlf}${crlf}`,
      ...Array.from({ length: 5 }, () => `10000${crlf}${'x'.repeat(0x10000)}${crlf}`),
    ],
    [413],
  ],
  [
    'a chunk with a wrong size',
    [
      `POST /graphql HTTP/1.1${crlf}host: a${crlf}content-type: application/json${crlf}transfer-encoding: chunked${crlf}${crlf}zz${crlf}`,
    ],
    [400],
  ],
  ['an upgrade', [rawGet('/graphql', ['connection: upgrade', 'upgrade: websocket'])], [0, 400]],
  ['no body', [rawPost('')], [400]],
  ['a form', [rawPost('query=%7Bhello%7D', ['content-type: application/x-www-form-urlencoded'])], [415]],
  [
    'a multipart form',
    [rawPost('--x\r\n\r\n--x--', ['content-type: multipart/form-data; boundary=x'])],
    [415],
  ],
  ['plain text', [rawPost(json({ query: '{ hello }' }), ['content-type: text/plain'])], [415]],
  ['no content type', [rawPost(json({ query: '{ hello }' }), ['content-type:'])], [415]],
  ['JSON in a list of content types', [rawPost('{}', ['content-type: application/json, text/plain'])], [415]],
  [
    'JSON in another charset',
    [rawPost(json({ query: '{ hello }' }), ['content-type: application/json; charset=utf-16'])],
    [415],
  ],
  ['a compressed body', [rawPost(Buffer.from([0x1f, 0x8b, 8, 0]), ['content-encoding: gzip'])], [415]],
  ['an Accept that we have not', [rawPost(json({ query: '{ hello }' }), ['accept: image/png'])], [406]],
  [
    'a bearer token that is none',
    [rawPost(json({ query: '{ hello }' }), ['authorization: Bearer x'])],
    [401],
  ],
  [
    'a request id with a line feed',
    [rawPost(json({ query: '{ hello }' }), ['x-request-id: a%0d%0aset-cookie: b'])],
    [200],
  ],
  // Document.
  ['JSON cut short', [rawPost('{"query": "{ hel')], [400]],
  ['a JSON string', [rawPost('"{ hello }"')], [400]],
  ['JSON null', [rawPost('null')], [400]],
  ['an empty object', [rawPost('{}')], [400]],
  ['a batch', [rawPost(json([{ query: '{ hello }' }, { query: '{ hello }' }]))], [400]],
  ['two byte order marks', [rawPost(`\ufeff\ufeff${json({ query: '{ hello }' })}`)], [400]],
  ['bytes that are not UTF-8', [rawPost(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]))], [400]],
  ['JSON of 100,000 lists', [rawPost('['.repeat(100_000))], [400]],
  ['an unknown parameter', [rawPost(json({ query: '{ hello }', debug: true }))], [400]],
  ['a parameter named like a prototype', [rawPost('{"query":"{ hello }","__proto__":{"x":1}}')], [400]],
  ['a query that is a number', [rawPost(json({ query: 42 }))], [400]],
  ['variables that are a list', [rawPost(json({ query: '{ hello }', variables: [1] }))], [400]],
  ['extensions that are text', [rawPost(json({ query: '{ hello }', extensions: 'x' }))], [400]],
  ['an operation name that is an object', [rawPost(json({ query: '{ hello }', operationName: {} }))], [400]],
  ['an operation that is not there', [named('C')], [200, 400]],
  [
    'several operations and no name',
    [rawPost(json({ query: 'query A { hello } query B { hello }' }))],
    [200, 400],
  ],
  ['an empty document', [query('')], [200, 400]],
  ['a document of comments', [query('# nothing\n'.repeat(1_000))], [200, 400]],
  ['a syntax error', [query('{ hello ')], [200, 400]],
  ['a NUL in the document', [query('{ hello\0 }')], [200, 400]],
  ['a lone surrogate in the document', [rawPost('{"query":"{ hello(name: \\"\\ud800\\") }"}')], [200, 400]],
  ['20,000 levels', [query(`${'{ articles '.repeat(9_000)}${'}'.repeat(9_000)}`)], [200, 400]],
  [
    '20,000 values in each other',
    [query(`{ echo(values: ${'['.repeat(20_000)}${']'.repeat(20_000)}) }`)],
    [200, 400],
  ],
  [
    '1,000 aliases',
    [query(`{ ${Array.from({ length: 600 }, (_, at) => `a${at}: hello`).join(' ')} }`)],
    [200, 400],
  ],
  ['1,000 directives', [query(`{ hello ${'@include(if: true) '.repeat(200)} }`)], [200, 400]],
  [
    '1,000 fields that overlap',
    [query(`{ ${'article(slug: "a") { slug title } '.repeat(180)} }`)],
    [200, 400],
  ],
  [
    'fragments in a circle',
    [query('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')],
    [200, 400],
  ],
  [
    'introspection in a circle',
    [query('{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }')],
    [200, 400],
  ],
  ['a mutation by GET', [url('query=mutation{change}')], [405]],
  ['a GET without a query', [url('x=y')], [400]],
  ['a GET with two queries', [url('query={hello}&query={version}')], [400]],
  ['a GET with variables that are not JSON', [url('query={hello}&variables=nope')], [400]],
  ['a GET with broken escapes', [url('query=%zz%')], [200, 400]],
  [
    'a persisted query that is not there',
    [rawPost(json({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } }))],
    [200],
  ],
  [
    'a persisted query with a wrong hash',
    [
      rawPost(
        json({
          query: '{ hello }',
          extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } },
        }),
      ),
    ],
    [400],
  ],
  [
    'a persisted query with no hash',
    [rawPost(json({ extensions: { persistedQuery: { version: 1 } } }))],
    [400],
  ],
  // Data.
  ['a variable of another type', [variables('x')], [200, 400]],
  ['a number beyond 32 bits', [variables([9_007_199_254_740_991])], [200, 400]],
  [
    'a number beyond all numbers',
    [rawPost('{"query":"query ($v: [Int!]) { echo(values: $v) }","variables":{"v":[1e999]}}')],
    [200, 400],
  ],
  [
    'values in each other as a variable',
    [
      rawPost(
        `{"query":"query ($v: [Int!]) { echo(values: $v) }","variables":{"v":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
      ),
    ],
    [200, 400],
  ],
  [
    'text of 200 KB as a variable',
    [
      rawPost(
        json({ query: 'query ($n: String) { hello(name: $n) }', variables: { n: 'x'.repeat(200_000) } }),
      ),
    ],
    [200],
  ],
  ['an argument that is not there', [query('{ hello(nmae: "x") }')], [200, 400]],
  ['a resolver that fails for clients', [query('{ failsForClients }')], [200]],
];

describe('bad requests', () => {
  it('are at least 60', () => expect(requests.length).toBeGreaterThanOrEqual(60));

  it.each(requests)('%s', async (_, bytes, statuses) => {
    const { status, text, ms } = await sendRaw(gateway.port, bytes);

    expect(statuses).toContain(status);
    expect(ms).toBeLessThan(1_000);
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules|SELECT |RangeError|TypeError/);
    expect(text).not.toMatch(/^set-cookie:/im);
    expect(text).not.toContain('Did you mean');
  });

  it('leave the server as it was', async () => {
    const { status, text } = await sendRaw(gateway.port, [rawPost(json({ query: '{ hello }' }))]);
    expect(status).toBe(200);
    expect(text).toContain('Hello world');
  });
});

describe('an error that nobody foresaw', () => {
  it('is masked and carries the id under which it is logged', async () => {
    const { text } = await sendRaw(gateway.port, [
      rawPost(json({ query: '{ fails }' }), ['x-request-id: my-own-id']),
    ]);
    expect(text).toContain('"message":"Unexpected error."');
    expect(text).toContain('"requestId":"my-own-id"');
    expect(text).toMatch(/^x-request-id: my-own-id/im);
    expect(text).not.toContain('SELECT');
  });
});
