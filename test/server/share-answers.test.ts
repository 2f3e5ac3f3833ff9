import { describe, expect, it } from 'vitest';
import { createTestGateway, get, post, type TestGateway } from '../support/gateway.ts';

const SUBSCRIPTION = 'subscription { ticks }';

/** Several equal requests at one moment; the texts of their answers. */
async function askTogether(
  { gateway, standIn }: TestGateway,
  query: string,
  accept: string,
  method: typeof get | 'POST' = get,
): Promise<{ types: (string | null)[]; texts: string[] }> {
  standIn.slow = () => new Promise((resolve) => setTimeout(resolve, 20, 'done'));
  const all = Array.from({ length: 3 }, () =>
    method === 'POST' ? post(gateway, { query }, { accept }) : method(gateway, query, { accept }),
  );
  const responses = await Promise.all(all);
  return {
    types: responses.map(({ headers }) => headers.get('content-type')),
    texts: await Promise.all(responses.map((response) => response.text())),
  };
}

describe('equal requests at one moment', () => {
  it.each([
    'text/event-stream',
    'text/*',
    'TEXT/*',
    'text/*;q=0.5',
    'multipart/*',
    'image/png, text/*',
    'application/json;charset=latin1, text/*',
  ])('share no stream when they accept %s', async (accept) => {
    const test = createTestGateway();
    const { types, texts } = await askTogether(test, '{ slow }', accept, 'POST');
    for (const type of types) expect(type).toMatch(/^(text\/event-stream|multipart\/mixed)/);
    for (const text of texts) expect(text).toContain('{"data":{"slow":"done"}}');
    expect(test.standIn.executed).toBe(3);
  });

  it.each(['*/*', 'text/*', 'text/event-stream'])(
    'share no subscription when they accept %s',
    async (accept) => {
      const { types, texts } = await askTogether(createTestGateway(), SUBSCRIPTION, accept);
      for (const type of types) expect(type).toMatch(/^text\/event-stream/);
      for (const text of texts) {
        expect(text).toContain('{"data":{"ticks":1}}');
        expect(text).toContain('{"data":{"ticks":2}}');
        expect(text).toContain('event: complete');
      }
    },
  );

  it.each([
    '*/*',
    'application/json',
    'application/*',
    'application/graphql-response+json, application/json;q=0.9',
    'text/html, application/xhtml+xml;q=0.9, */*;q=0.8',
    'application/json; charset=utf-8',
  ])('run once when they accept %s', async (accept) => {
    const test = createTestGateway();
    const { types, texts } = await askTogether(test, '{ slow }', accept, 'POST');
    for (const type of types) expect(type).toMatch(/^application\/(graphql-response\+)?json/);
    expect(new Set(texts)).toEqual(new Set(['{"data":{"slow":"done"}}']));
    expect(test.standIn.executed).toBe(1);
  });
});
