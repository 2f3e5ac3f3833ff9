import { setTimeout } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createRenderThreads, type RenderThreadsOptions } from '../../src/graphql/texts/render-threads.ts';
import type { ReadyText } from '../../src/graphql/texts/render-worker.ts';
import { MAX_HTML } from '../../src/text/html/html-limit.ts';
import { fill, hostileMarkdown } from '../text/hostile-markdown.ts';

// Threads start slowly on a busy machine.
vi.setConfig({ testTimeout: 600_000 });

const MEGABYTE = 1024 * 1024;
const open: ReturnType<typeof createRenderThreads>[] = [];
afterEach(async () => {
  for (const threads of open.splice(0)) await threads.close();
});

function start(options: Partial<RenderThreadsOptions> = {}) {
  const threads = createRenderThreads({ deadlineMs: 120_000, ...options });
  open.push(threads);
  return {
    threads,
    render: (body: string, format = 'markdown', client = 'one'): Promise<ReadyText> =>
      threads.render({ body, format }, client).promise,
  };
}

/** Counts turns of this thread's event loop until the work is done. */
async function countTurns(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  const end = () => {
    isDone = true;
  };
  work.then(end, end);
  let turns = 0;
  while (!isDone) {
    await setTimeout(1);
    turns += 1;
  }
  return turns;
}

test('a text is rendered and measured in a thread, and the thread serves the next', async () => {
  const { threads, render } = start();
  const text = await render('# A *b*\n\nc');
  expect(text).toEqual({
    html: '<h1 id="a-b">A <em>b</em></h1>\n<p>c</p>',
    plainText: 'A b\n\nc',
    headings: [{ depth: 1, text: 'A b', anchor: 'a-b' }],
    words: 3,
    minutes: 1,
  });
  expect(await render('# A', 'text')).toMatchObject({ html: '<p># A</p>', headings: [] });
  expect(threads.size).toBe(1);
});

test('a megabyte of anything is rendered in bounded work, beside this thread', async () => {
  const { render } = start();
  const texts = hostileMarkdown(MEGABYTE);
  let turns = 0;
  for (const [name, markdown] of texts) {
    const started = process.cpuUsage();
    const rendering = render(markdown);
    turns += await countTurns(rendering);
    const { html, plainText } = await rendering;
    const { user } = process.cpuUsage(started);
    // Of this process, whatever else the machine does; without bounds some take minutes and gigabytes.
    expect([name, Math.min(user / 1_000, 15_000)]).not.toEqual([name, 15_000]);
    expect([name, Math.max(html.length / markdown.length, 8)]).toEqual([name, 8]);
    expect([name, Math.max(plainText.length / markdown.length, 2)]).toEqual([name, 2]);
  }
  expect(turns).toBeGreaterThan(10 * texts.length);
});

test('a text over its time ends its thread with a coded error, and others go on', async () => {
  const { render } = start({ deadlineMs: 250 });
  const slow = fill('1. item\n', 3 * MEGABYTE);
  const rendering = render(slow);
  expect(await countTurns(rendering)).toBeGreaterThan(10);
  await expect(rendering).rejects.toMatchObject({
    extensions: { code: 'RENDER_LIMIT', limit: { name: 'milliseconds', max: 250 } },
  });
  // The first text of a new thread takes longest.
  await expect
    .poll(() => render('a').catch(() => null), { timeout: 60_000 })
    .toMatchObject({ html: '<p>a</p>' });
});

test('a text over its memory ends its thread with a coded error, and others go on', async () => {
  const { render } = start({ heapMb: 48 });
  await expect(render(fill('- a\n  - b\n', 3 * MEGABYTE))).rejects.toMatchObject({
    extensions: { code: 'RENDER_LIMIT', limit: { name: 'megabytes', max: 48 } },
  });
  expect(await render('a')).toMatchObject({ html: '<p>a</p>' });
});

test('a text whose HTML is too large is refused with the figure', async () => {
  const { threads, render } = start();
  await expect(render(fill('&', MAX_HTML / 4), 'text')).rejects.toMatchObject({
    extensions: { code: 'RENDER_LIMIT', limit: { name: 'characters', max: MAX_HTML } },
  });
  expect(await render('a')).toMatchObject({ html: '<p>a</p>' });
  expect(threads.size).toBe(1);
});

test('long texts never take all threads', async () => {
  const { threads, render } = start({ threads: 2 });
  const long = fill('1. item\n', MEGABYTE);
  const order: string[] = [];
  const note = (name: string) => () => order.push(name);
  const all = [
    render(long).then(note('long 1')),
    render(`${long} `).then(note('long 2')),
    render('short').then(note('short')),
  ];
  expect(threads.size).toBe(2);
  await Promise.all(all);
  expect(order.indexOf('short')).toBeLessThan(order.indexOf('long 2'));
  expect(threads.size).toBe(2);
});

test('so many wait and no more; who gives up leaves the queue', async () => {
  const { threads, render } = start({ threads: 1, maxWaiting: 2 });
  const first = render('first');
  const second = threads.render({ body: 'second', format: 'text' }, 'one');
  const third = render('third');
  await expect(render('fourth')).rejects.toMatchObject({
    extensions: { code: 'RENDER_LIMIT', limit: { name: 'texts', max: 2 } },
  });
  second.join('one');
  expect(second.leave('one')).toBe(false);
  expect(second.leave('one')).toBe(true);
  expect(second.leave('one')).toBe(false);
  await expect(second.promise).rejects.toThrow('Nobody waits');
  const fifth = render('fifth');
  expect([await first, await third, await fifth].map(({ html }) => html)).toEqual([
    '<p>first</p>',
    '<p>third</p>',
    '<p>fifth</p>',
  ]);
});

test.each([1, 2])(
  'with %s threads no client waits for more than one text in the queue of another',
  async (count) => {
    const { render } = start({ threads: count });
    const order: string[] = [];
    const ask = (client: string, name: string, body: string) =>
      render(body, 'markdown', client).then(() => order.push(name));
    const long = fill('1. item\n', 40 * 1024);
    const all = Array.from({ length: 100 }, (_, at) => ask('one', `one ${at}`, `${at % 2 ? long : ''}${at}`));
    all.push(ask('two', 'long', `${long}two`), ask('three', 'short', 'three'), ask('two', 'second', 'four'));
    await Promise.all(all);
    // What runs, what is next, and one of each other client.
    expect(order.indexOf('short')).toBeLessThanOrEqual(count + 2);
    expect(order.indexOf('second')).toBeLessThan(count + 6);
    // Long ones never take all threads, so that short ones pass them by.
    const longBefore = order
      .slice(0, order.indexOf('long'))
      .filter((name) => Number(name.slice(4)) % 2 === 1);
    expect(longBefore.length).toBeLessThanOrEqual(1);
  },
);

test('a text that several clients wait for comes in the turn of any, and stays for those who go on waiting', async () => {
  const { threads, render } = start({ threads: 1 });
  const order: string[] = [];
  const all = Array.from({ length: 20 }, (_, at) =>
    render(`${at}`, 'markdown', 'one').then(() => order.push(`one ${at}`)),
  );
  const shared = threads.render({ body: 'shared', format: 'text' }, 'one');
  shared.join('two');
  expect(shared.leave('one')).toBe(false);
  await Promise.all([...all, shared.promise.then(() => order.push('shared'))]);
  expect(order.indexOf('shared')).toBeLessThanOrEqual(2);
});

test('where too many wait, the client that waits for most makes room', async () => {
  const { threads, render } = start({ threads: 1, maxWaiting: 3 });
  const first = render('first');
  const [second, third] = [render('second'), render('third')];
  const shared = threads.render({ body: 'shared', format: 'text' }, 'one');
  const other = threads.render({ body: 'other', format: 'text' }, 'two');
  const full = { extensions: { code: 'RENDER_LIMIT', limit: { name: 'texts', max: 3 } } };
  await expect(shared.promise).rejects.toMatchObject(full);
  expect(shared.leave('one')).toBe(false);
  await expect(render('fourth')).rejects.toMatchObject(full);
  expect(() => other.join('one')).toThrow('More than 3 texts');
  expect((await Promise.all([first, second, third, other.promise])).map(({ html }) => html)).toEqual([
    '<p>first</p>',
    '<p>second</p>',
    '<p>third</p>',
    '<p>other</p>',
  ]);
});

test('threads with nothing to do end, and closing ends the others', async () => {
  const { threads, render } = start({ idleMs: 20 });
  await render('a');
  await expect.poll(() => threads.size).toBe(0);
  const last = render(fill('1. item\n', MEGABYTE));
  const refused = expect(last).rejects.toThrow('was ended');
  await setTimeout(1);
  await threads.close();
  await refused;
  await expect(render('b')).rejects.toThrow('was closed');
});
