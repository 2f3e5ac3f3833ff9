import { Agent, request } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';

const gateway = await startTestGateway({ MAX_CONCURRENCY: '4', MAX_QUEUE: '8' });
afterAll(() => gateway.close());

const agent = new Agent({ keepAlive: true, maxSockets: 200 });
let asked = 0;

/** Asks something that nobody has asked before; gives the status, and whether a 503 said when to come again. */
function ask(): Promise<{ status: number; retryAfter: string | undefined }> {
  asked += 1;
  const body = JSON.stringify({
    query: 'query ($n: String) { slow hello(name: $n) }',
    variables: { n: String(asked) },
  });
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port: gateway.port,
        host: '127.0.0.1',
        path: '/graphql',
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        response.resume();
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('far too many operations at once', () => {
  it('are answered 200 or 503 with Retry-After, and then all is as before', async () => {
    gateway.standIn.slow = () => new Promise((resolve) => setTimeout(resolve, 10, 'done'));
    const answers = await Promise.all(Array.from({ length: 400 }, ask));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 503]);
    expect(
      new Set(answers.filter(({ status }) => status === 503).map(({ retryAfter }) => retryAfter)),
    ).toEqual(new Set(['1']));

    for (let count = 0; count < 5; count += 1) expect((await ask()).status).toBe(200);
    agent.destroy();
  });

  it('do not keep cached answers from anybody', async () => {
    const askKept = () => fetch(`http://127.0.0.1:${gateway.port}/graphql?query={hello}`);
    await askKept();
    const release: (() => void)[] = [];
    gateway.standIn.slow = () => new Promise((resolve) => release.push(() => resolve('done')));
    const flood = Array.from({ length: 50 }, ask);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const response = await askKept();
    expect(response.status).toBe(200);
    expect(response.headers.get('x-cache')).toBe('HIT');
    const drain = setInterval(() => release.shift()?.(), 1);
    await Promise.all(flood);
    clearInterval(drain);
  });
});
