import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../src/server/documents/measure-json.ts';
import { createTestGateway, post } from '../support/gateway.ts';

const lists = (levels: number) => JSON.parse(`${'['.repeat(levels)}1${']'.repeat(levels)}`);
const objects = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);

describe('the depth of a value', () => {
  it('counts lists and objects in each other', () => {
    for (const nest of [lists, objects]) {
      expect(isDeeperThan(nest(5), 5)).toBe(false);
      expect(isDeeperThan(nest(6), 5)).toBe(true);
    }
    expect(isDeeperThan({ a: [1, { b: 'x' }], c: [[2]] }, 3)).toBe(false);
    expect(isDeeperThan({ a: [1, { b: 'x' }], c: [[2]] }, 2)).toBe(true);
    for (const value of [undefined, null, 1, 'text', [], {}]) expect(isDeeperThan(value, 1)).toBe(false);
  });

  it('is found without a stack of that depth', () => {
    expect(isDeeperThan(lists(1_000_000), 64)).toBe(true);
    expect(isDeeperThan(lists(1_000_000), 2_000_000)).toBe(false);
  });
});

describe('values in values', () => {
  const echo = 'query ($v: [Int!]) { echo(values: $v) }';
  async function send(body: string) {
    const { gateway, standIn } = createTestGateway({ MAX_BODY_BYTES: '1000000' });
    const response = await gateway.fetch(
      new Request('http://test/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }),
    );
    return { status: response.status, text: await response.text(), executed: standIn.executed };
  }

  it.each([
    [100_000, 'variables', '[', ']'],
    [100_000, 'variables', '{"a":', '}'],
    [64, 'variables', '[', ']'],
    [100_000, 'extensions', '[', ']'],
  ])('are refused beyond 64 levels: %i in %s', async (levels, name, open, close) => {
    const deep = `${open.repeat(levels)}1${close.repeat(levels)}`;
    const { status, text, executed } = await send(
      `{"query":${JSON.stringify(echo)},"${name}":{"v":${deep}}}`,
    );
    expect(status).toBe(200);
    expect(executed).toBe(0);
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: `"${name}" nests more than 64 levels deep.`,
          extensions: { code: 'DEPTH_LIMIT', limit: { name: 'levels of JSON', max: 64, found: null } },
        },
      ],
    });
  });

  it('in a GET are refused too', async () => {
    const { gateway } = createTestGateway();
    const variables = encodeURIComponent(`{"v":${'['.repeat(2_000)}${']'.repeat(2_000)}}`);
    const url = `http://test/graphql?query=${encodeURIComponent(echo)}&variables=${variables}`;
    const response = await gateway.fetch(new Request(url));
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('"DEPTH_LIMIT"');
  });

  it('up to 64 levels are what the schema makes of them', async () => {
    const { gateway } = createTestGateway();
    const response = await post(gateway, { query: echo, variables: { v: lists(63) } });
    expect(await response.text()).toContain('"BAD_USER_INPUT"');
    expect(await (await post(gateway, { query: echo, variables: { v: [1, 2] } })).json()).toEqual({
      data: { echo: [1, 2] },
    });
  });
});
