import { expect, test } from 'vitest';
import { renderLimitExceeded } from '../../src/graphql/texts/render-thread.ts';
import type { RenderThreads } from '../../src/graphql/texts/render-threads.ts';
import type { ReadyText } from '../../src/graphql/texts/render-worker.ts';
import { RenderedTexts } from '../../src/graphql/texts/rendered-texts.ts';

const MEGABYTE = 1024 * 1024;
const textOf = (html: string): ReadyText => ({ html, plainText: '', headings: [], words: 1, minutes: 1 });
const bodyOf = (digest: string, body = '') => ({ digest, format: 'text', body });

/** Threads that render when the test says so. */
function handThreads() {
  const orders: { body: string; resolve(text: ReadyText): void; reject(error: unknown): void }[] = [];
  let cancelled = 0;
  const clients: string[] = [];
  const threads: RenderThreads = {
    size: 0,
    render({ body }, client) {
      let waiting = 1;
      clients.push(client);
      let order: (typeof orders)[number] | undefined;
      const promise = new Promise<ReadyText>((resolve, reject) => {
        order = { body, resolve, reject };
        orders.push(order);
      });
      return {
        promise,
        join(other) {
          waiting += 1;
          clients.push(other);
        },
        leave() {
          waiting -= 1;
          if (waiting > 0) return false;
          cancelled += 1;
          order?.reject(new Error('cancelled'));
          return true;
        },
      };
    },
    close: async () => {},
  };
  return { texts: new RenderedTexts(threads), orders, clients, cancelled: () => cancelled };
}

test('a text that many ask for at one moment is rendered once, and kept', async () => {
  const { texts, orders } = handThreads();
  const asked = [texts.text(bodyOf('a')), texts.measure(bodyOf('a')), texts.text(bodyOf('a'))];
  expect(orders).toHaveLength(1);
  orders[0]?.resolve(textOf('one'));
  expect(await Promise.all(asked)).toMatchObject([{ html: 'one' }, { words: 1 }, { html: 'one' }]);
  expect(await texts.text(bodyOf('a'))).toMatchObject({ html: 'one' });
  expect(await texts.measure(bodyOf('a'))).toEqual({ words: 1, minutes: 1 });
  expect(orders).toHaveLength(1);
});

test('who gives up is let go at once, and the text is given up when nobody waits any more', async () => {
  const { texts, orders, cancelled } = handThreads();
  const [first, second] = [new AbortController(), new AbortController()];
  const one = texts.text(bodyOf('a'), { signal: first.signal });
  const other = texts.text(bodyOf('a'), { signal: second.signal });
  first.abort(new Error('gone'));
  await expect(one).rejects.toThrow('gone');
  expect(cancelled()).toBe(0);
  second.abort(new Error('late'));
  await expect(other).rejects.toThrow('late');
  expect(cancelled()).toBe(1);
  const again = texts.text(bodyOf('a'));
  expect(orders).toHaveLength(2);
  orders[1]?.resolve(textOf('one'));
  expect(await again).toMatchObject({ html: 'one' });
  await expect(texts.text(bodyOf('b'), { signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow(
    'before',
  );
});

test('what cannot be rendered is not tried again at once; what failed by itself is', async () => {
  const { texts, orders } = handThreads();
  const failing = texts.text(bodyOf('a'));
  orders[0]?.reject(renderLimitExceeded('megabytes', 128));
  await expect(failing).rejects.toMatchObject({ extensions: { code: 'RENDER_LIMIT' } });
  await expect(texts.measure(bodyOf('a'))).rejects.toMatchObject({ extensions: { code: 'RENDER_LIMIT' } });
  expect(orders).toHaveLength(1);
  const broken = texts.text(bodyOf('b'));
  orders[1]?.reject(new Error('A rendering thread has ended.'));
  await expect(broken).rejects.toThrow('has ended');
  const mended = texts.text(bodyOf('b'));
  orders[2]?.resolve(textOf('b'));
  expect(await mended).toMatchObject({ html: 'b' });
});

test('a text that took too long is tried a second time, since the machine may have been busy', async () => {
  const { texts, orders } = handThreads();
  for (const time of [0, 1]) {
    const failing = texts.text(bodyOf('a'));
    expect(orders).toHaveLength(time + 1);
    orders[time]?.reject(renderLimitExceeded('milliseconds', 10_000));
    await expect(failing).rejects.toMatchObject({ extensions: { limit: { name: 'milliseconds' } } });
  }
  await expect(texts.text(bodyOf('a'))).rejects.toMatchObject({ extensions: { code: 'RENDER_LIMIT' } });
  expect(orders).toHaveLength(2);
});

test('each who asks waits in a turn of its own', async () => {
  const { texts, orders, clients } = handThreads();
  const one = texts.text(bodyOf('a'), { client: 'one' });
  const two = texts.measure(bodyOf('a'), { client: 'two' });
  expect([orders.length, clients]).toEqual([1, ['one', 'two']]);
  orders[0]?.resolve(textOf('a'));
  expect([await one, await two]).toMatchObject([{ html: 'a' }, { words: 1 }]);
});

test('a text that found no place in the queue is tried again at once', async () => {
  const { texts, orders } = handThreads();
  const refused = texts.text(bodyOf('a'));
  orders[0]?.reject(renderLimitExceeded('texts', 1_000));
  await expect(refused).rejects.toMatchObject({ extensions: { limit: { name: 'texts' } } });
  const again = texts.text(bodyOf('a'));
  orders[1]?.resolve(textOf('a'));
  expect(await again).toMatchObject({ html: 'a' });
});

test('what is kept is bounded in bytes and in number', async () => {
  const { texts, orders } = handThreads();
  const render = async (digest: string, html: string) => {
    const before = orders.length;
    const asked = texts.text(bodyOf(digest));
    orders[before]?.resolve(textOf(html));
    await asked;
    return orders.length - before;
  };
  // A character takes up to two bytes.
  const large = 'x'.repeat(2 * MEGABYTE);
  for (let at = 0; at < 40; at += 1) await render(`large-${at}`, large);
  let again = 0;
  for (let at = 0; at < 40; at += 1) again += await render(`large-${at}`, large);
  expect(again).toBeGreaterThan(40 - 64 / 4);
  for (let at = 0; at < 30_000; at += 1) await render(`small-${at}`, 'x');
  expect(await render('small-29999', 'x')).toBe(0);
  expect(await render('small-0', 'x')).toBe(1);
});
