import { createServer, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { sendStream } from '../../src/server/http/send-stream.ts';
import { createUnreadResponses } from '../../src/server/http/unread-responses.ts';

let server: Server;
let socket: Socket;
afterEach(() => {
  socket.destroy();
  server.closeAllConnections();
  server.close();
});

/** A response that a client waits for, and what the client has received. */
async function open(): Promise<{ response: ServerResponse; received: () => string }> {
  const responding = new Promise<ServerResponse>((resolve) => {
    server = createServer((_, response) => resolve(response)).listen(0, '127.0.0.1');
  });
  await new Promise((resolve) => server.once('listening', resolve));
  socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
  let text = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.write('GET / HTTP/1.0\r\nhost: a\r\n\r\n');
  return { response: await responding, received: () => text };
}

const MAX_PARTS = 200;

/** Parts without end (but for one that runs away), with a count of those asked for. */
function endless(part: Buffer, pauseMs: number | null) {
  const parts = {
    asked: 0,
    returned: 0,
    [Symbol.asyncIterator]: () => parts,
    async next() {
      parts.asked += 1;
      if (parts.asked > 1 && pauseMs !== null) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      if (parts.asked > MAX_PARTS) return { done: true as const, value: undefined };
      return { done: false as const, value: part };
    },
    async return() {
      parts.returned += 1;
      return { done: true as const, value: undefined };
    },
  };
  return parts;
}

const event = (text: string) => Buffer.from(`event: next\ndata: ${text}\n\n`);

const untaken = () => ({ unreadResponses: createUnreadResponses(1024 * 1024 * 1024), client: 'one' });

describe('a stream', () => {
  it('ends where its parts end', async () => {
    const { response, received } = await open();
    async function* parts() {
      yield event('1');
      yield event('2');
    }
    await sendStream(response, parts(), new AbortController().signal, untaken());
    await vi.waitFor(() => expect(received()).toMatch(/data: 1\n\nevent: next\ndata: 2\n\n$/));
    expect(response.writableEnded).toBe(true);
  });

  it.each([
    ['after an event', event('1'), 'data: 1\n\n'],
    ['after the half of an event', Buffer.from('event: next\n'), 'event: next\n'],
  ])('is ended at once and in order when it is stopped, %s', async (_, part, end) => {
    const { response, received } = await open();
    const stop = new AbortController();
    const parts = endless(part, 60_000);
    const sending = sendStream(response, parts, stop.signal, untaken());
    await vi.waitFor(() => expect(parts.asked).toBe(2));
    stop.abort();
    await sending;
    await vi.waitFor(() => expect(received().endsWith(end)).toBe(true));
    expect(response.writableEnded).toBe(true);
    expect(parts.returned).toBe(1);
  });

  it('that begins after the stop ends as well', async () => {
    const { response, received } = await open();
    const parts = endless(event('1'), null);
    await sendStream(response, parts, AbortSignal.abort(), untaken());
    await vi.waitFor(() => expect(received()).toMatch(/\r\n\r\n$/));
    expect([parts.asked, parts.returned]).toEqual([0, 1]);
  });

  it('waits for a client that does not read, and is stopped for all that', async () => {
    const { response } = await open();
    socket.pause();
    const stop = new AbortController();
    const parts = endless(Buffer.alloc(256 * 1024, 'x'), null);
    const sending = sendStream(response, parts, stop.signal, untaken());
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { asked } = parts;
    expect(asked).toBeLessThan(MAX_PARTS);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(parts.asked).toBe(asked);
    stop.abort();
    await sending;
    expect([parts.returned, response.writableEnded]).toEqual([1, true]);
  });

  it('lets go of its parts when the client leaves or the parts fail', async () => {
    const { response } = await open();
    const parts = endless(event('1'), 60_000);
    const sending = sendStream(response, parts, new AbortController().signal, untaken());
    await vi.waitFor(() => expect(parts.asked).toBe(2));
    socket.destroy();
    await sending;
    expect(parts.returned).toBe(1);

    const other = await open();
    async function* failing() {
      yield event('1');
      throw new Error('The source failed.');
    }
    await sendStream(other.response, failing(), new AbortController().signal, untaken());
    expect(other.response.destroyed).toBe(true);
  });
});
