import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Listening, listen } from '../../src/server/listen.ts';
import { type ContentFolder, createContentFolder } from '../store/content-folder.ts';
import {
  type ContentGateway,
  createContentGateway,
  createTestGateway,
  get,
  post,
} from '../support/gateway.ts';

const EDITOR = 'editor-token-0123456789';
const editor = { authorization: `Bearer ${EDITOR}` };
const VERSION = '{ contentVersion { number digest syncedAt historyFrom counts { articles topics } } }';

let folder: ContentFolder;
let content: ContentGateway;

beforeEach(async () => {
  folder = createContentFolder();
  folder.write('open.md', { title: 'Open' });
  folder.write('plan.md', { title: 'Plan', published: false });
  content = await createContentGateway(folder.path, { PREVIEW_TOKENS: `editor:${EDITOR}` });
});
afterEach(async () => {
  await content.close();
  folder.delete();
});

async function changeHidden(round: number): Promise<void> {
  folder.write('plan.md', { title: `Plan ${round}`, published: false, topics: [`t${round}`] });
  expect(await content.sync()).toMatchObject({ changed: true });
}

/** All that a response tells, but for what every response has of its own. */
async function whole(response: Response) {
  const headers = [...response.headers].filter(([name]) => name !== 'x-request-id' && name !== 'date');
  return { status: response.status, headers, body: await response.text() };
}

describe('an edit of a hidden article', () => {
  it('leaves everything that the public can ask as it was, kept answers too', async () => {
    const ready = () => content.gateway.fetch(new Request('http://test/ready'));
    const look = async () => [
      await whole(await get(content.gateway, VERSION)),
      await whole(await post(content.gateway, { query: VERSION })),
      await whole(await get(content.gateway, '{ changes { edges { node { slug version } } } }')),
      await whole(await ready()),
    ];
    await look();
    const before = await look();
    expect(before[0]?.headers).toContainEqual(['x-cache', 'HIT']);
    for (let round = 1; round <= 3; round += 1) {
      await changeHidden(round);
      expect(await look()).toEqual(before);
    }
    folder.write('open.md', { title: 'Open again' });
    await content.sync();
    const [after] = await look();
    expect(after?.headers).toContainEqual(['x-cache', 'MISS']);
    expect(JSON.parse(after?.body ?? '').data.contentVersion.number).toBe(2);
  });

  it('is a new version to preview readers', async () => {
    const number = async () => {
      const response = await post(content.gateway, { query: VERSION }, editor);
      return [response.headers.get('x-cache'), JSON.parse(await response.text()).data.contentVersion.number];
    };
    expect([await number(), await number()]).toEqual([
      ['MISS', 1],
      ['HIT', 1],
    ]);
    await changeHidden(1);
    expect(await number()).toEqual(['MISS', 2]);
  });

  it('during an execution does not keep its answer from being kept', async () => {
    const { gateway, standIn, versions } = createTestGateway();
    let finish: (value: string) => void = () => undefined;
    standIn.slow = () =>
      new Promise((resolve) => {
        finish = resolve;
      });
    const first = post(gateway, { query: '{ slow }' });
    await vi.waitFor(() => expect(standIn.executed).toBe(1), 30_000);
    versions.commit('hidden');
    standIn.slow = async () => 'again';
    finish('done');
    await first;
    // Nobody waited for the look at the new version; it is over within this turn.
    await new Promise(setImmediate);
    const again = await post(gateway, { query: '{ slow }' });
    expect(again.headers.get('x-cache')).toBe('HIT');
    expect(standIn.executed).toBe(1);
    await gateway.close();
  });
});

describe('a public subscriber', () => {
  let listening: Listening;
  beforeEach(async () => {
    listening = await listen(content.gateway, { host: '127.0.0.1', port: 0, graceMs: 200 });
  });
  afterEach(() => listening.close());

  /** What a stream has sent so far, but for its pings. */
  async function follow(headers: Record<string, string> = {}) {
    const stop = new AbortController();
    const query = 'subscription { contentChanged { version changes { kind slug } } }';
    const response = await fetch(`${listening.url}?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: stop.signal,
    });
    const events: unknown[] = [];
    const reading = (async () => {
      let text = '';
      for await (const chunk of response.body ?? []) {
        text += Buffer.from(chunk).toString();
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const [, data] = /^data: (.*)$/m.exec(text.slice(0, end)) ?? [];
          if (data) events.push(JSON.parse(data).data.contentChanged);
          text = text.slice(end + 2);
        }
      }
    })().catch((error) => {
      if (!stop.signal.aborted) throw error;
    });
    return {
      events,
      async stop() {
        stop.abort();
        await reading;
      },
    };
  }

  it('hears nothing of hidden edits, not even that there was one', async () => {
    const open = await follow();
    const preview = await follow(editor);
    for (let round = 1; round <= 3; round += 1) {
      await changeHidden(round);
      // When the preview reader has been told, everybody has been.
      await vi.waitFor(() => expect(preview.events).toHaveLength(round), 30_000);
    }
    folder.write('open.md', { title: 'Open again' });
    await content.sync();
    await vi.waitFor(() => expect(open.events).toHaveLength(1), 30_000);
    await vi.waitFor(() => expect(preview.events).toHaveLength(4), 30_000);
    await open.stop();
    await preview.stop();
    expect(open.events).toEqual([{ version: 2, changes: [{ kind: 'UPDATED', slug: 'open' }] }]);
    expect(preview.events.at(-1)).toEqual({ version: 5, changes: [{ kind: 'UPDATED', slug: 'open' }] });
  });
});
