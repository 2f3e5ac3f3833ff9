import { SignJWT } from 'jose';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Listening, listen } from '../../src/server/listen.ts';
import { type ContentFolder, createContentFolder } from '../store/content-folder.ts';
import { type ContentGateway, createContentGateway } from '../support/gateway.ts';

const SECRET = 'a secret of at least thirty-two characters';
const SECOND = 1_000;

let folder: ContentFolder;
let content: ContentGateway;
let listening: Listening;

beforeEach(async () => {
  folder = createContentFolder();
  folder.write('open.md', { title: 'Open' });
  folder.write('plan.md', { title: 'Plan 0', published: false });
  content = await createContentGateway(folder.path, {
    JWT_SECRET: SECRET,
    PREVIEW_TOKENS: 'editor:editor-token-0123456789',
  });
  listening = await listen(content.gateway, { host: '127.0.0.1', port: 0, graceMs: 200 });
});
afterEach(async () => {
  await listening.close();
  await content.close();
  folder.delete();
});

/** @param seconds from now, whole ones */
function sign(scope: string, seconds: number): { token: Promise<string>; expiresAt: number } {
  const exp = Math.floor(Date.now() / SECOND) + seconds;
  const token = new SignJWT({ scope })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(exp)
    .sign(new TextEncoder().encode(SECRET));
  return { token, expiresAt: exp * SECOND };
}

async function follow(token: string) {
  const query = 'subscription { contentChanged { changes { article { title } } } }';
  const stop = new AbortController();
  const response = await fetch(`${listening.url}?query=${encodeURIComponent(query)}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  const stream = { status: response.status, text: '', endedAt: null as number | null };
  const reading = (async () => {
    for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk).toString();
    stream.endedAt = Date.now();
  })().catch((error) => {
    if (!stop.signal.aborted) throw error;
  });
  return {
    stream,
    async stop() {
      stop.abort();
      await reading;
    },
  };
}

async function edit(title: string): Promise<void> {
  folder.write('plan.md', { title, published: false });
  await content.sync();
}

type Followed = Awaited<ReturnType<typeof follow>>;

/** A stream that has told something before its token expired: on a busy machine that takes a longer-lived one. */
async function openHearing(scope: string): Promise<Followed & { expiresAt: number }> {
  for (const seconds of [3, 20, 120]) {
    const { token, expiresAt } = sign(scope, seconds);
    const followed = await follow(await token);
    const { stream } = followed;
    await edit(`Plan for ${seconds}`);
    const heard = () => stream.text.includes(`Plan for ${seconds}`);
    if (scope === '') return { ...followed, expiresAt };
    await vi.waitFor(() => expect(heard() || stream.endedAt !== null).toBe(true), 120 * SECOND);
    if (heard()) return { ...followed, expiresAt };
  }
  throw new Error('No stream told anything in time.');
}

it.each(['preview', ''])(
  'ends when its JSON Web Token expires, with scope "%s"',
  async (scope) => {
    const { stream, stop, expiresAt } = await openHearing(scope);
    expect(stream.status).toBe(200);
    const editor = await follow('editor-token-0123456789');
    await new Promise((resolve) => setTimeout(resolve, expiresAt + SECOND - Date.now()));
    // The version after the end is told to whoever may still know it.
    await edit('Plan 2');
    await vi.waitFor(() => expect(editor.stream.text).toContain('Plan 2'), 30 * SECOND);
    await vi.waitFor(() => expect(stream.endedAt).not.toBeNull(), 30 * SECOND);

    expect(stream.text).not.toContain('Plan 2');
    expect(stream.endedAt).toBeGreaterThanOrEqual(expiresAt);
    const [last] = stream.text.split('event: next\n').slice(-1);
    const [, data, complete] = /^data: (.*)\n\n([\s\S]*)$/.exec(last ?? '') ?? [];
    expect(JSON.parse(data ?? '')).toEqual({
      errors: [{ message: expect.stringContaining('expired'), extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(complete).toContain('event: complete');
    await stop();
    await editor.stop();
  },
  300_000,
);

it('goes on with a token that is good for longer than a timer can wait', async () => {
  const { token } = sign('preview', 3_650 * 24 * 60 * 60);
  const { stream, stop } = await follow(await token);
  await edit('Plan 1');
  await vi.waitFor(() => expect(stream.text).toContain('Plan 1'), 30_000);
  await edit('Plan 2');
  await vi.waitFor(() => expect(stream.text).toContain('Plan 2'), 30_000);
  expect(stream.endedAt).toBeNull();
  await stop();
});

it('ends at once with a token that is taken only because clocks differ', async () => {
  // On a busy machine even that may have passed when it comes to the check.
  const { stream, stop } = await vi.waitFor(async () => {
    const opened = await follow(await sign('preview', -1).token);
    expect(opened.stream.status).toBe(200);
    return opened;
  }, 30_000);
  await vi.waitFor(() => expect(stream.endedAt).not.toBeNull(), 30_000);
  expect(stream.text).toContain('UNAUTHENTICATED');
  expect(stream.text).toContain('event: complete');
  await stop();
});
