import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FSWatcher, watch } from 'chokidar';
import { expect, test } from 'vitest';
import { type WatchOptions, watchFolder } from '../../src/store/watch/watch-folder.ts';
import { createContentFolder } from './content-folder.ts';

/** Watches a folder by watchers that fail: the first ones of several, or all. */
function watchWithout(
  code: string,
  {
    folder = '/content',
    fails = 1_000_000,
    ...options
  }: WatchOptions & { folder?: string; fails?: number } = {},
) {
  const modes: string[] = [];
  const warnings: string[] = [];
  const named: string[] = [];
  const tries: number[] = [];
  const failed: FSWatcher[] = [];
  let looks = 0;
  const started = watchFolder(
    folder,
    { pollInterval: 5, ...options },
    {
      onReady: (mode) => modes.push(mode),
      onWarning: (message) => warnings.push(message),
      async onChange(paths) {
        if (paths === null) looks += 1;
        else named.push(...paths);
        return { again: [] };
      },
    },
    (path, settings) => {
      tries.push(performance.now());
      if (tries.length > fails) return watch(path, settings);
      const watcher = new FSWatcher();
      failed.push(watcher);
      setImmediate(() => watcher.emit('error', Object.assign(new Error('no'), { code })));
      return watcher;
    },
  );
  return { watch: started, modes, warnings, named, tries, failed, looks: () => looks };
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('out of watches, it says which setting and looks at the folder by itself', async () => {
  const { watch, modes, warnings, looks } = watchWithout('ENOSPC');
  await expect.poll(looks).toBeGreaterThan(2);
  expect(modes).toEqual(['polling']);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('fs.inotify.max_user_watches');
  expect(warnings[0]).not.toContain('ulimit');
  await watch.close();
  const last = looks();
  await sleep(50);
  expect(looks()).toBe(last);
});

test('out of open files, it says how there are more of those', async () => {
  const { watch, warnings, looks } = watchWithout('EMFILE');
  await expect.poll(looks).toBeGreaterThan(1);
  expect(warnings[0]).toContain('ulimit -n');
  expect(warnings[0]).toContain('fs.inotify.max_user_instances');
  expect(warnings[0]).not.toContain('max_user_watches');
  await watch.close();
});

test('any other failure of the watcher is told and does not end the watch', async () => {
  const { watch, warnings, failed, looks } = watchWithout('EACCES');
  await expect.poll(looks).toBeGreaterThan(1);
  expect(warnings[0]).toContain('/content');
  // Of several looks of a watcher that is closed already, more may fail.
  expect(() => failed[0]?.emit('error', new Error('late'))).not.toThrow();
  await watch.close();
});

test('watching is tried again, each time later, and goes on when it works', async () => {
  const folder = createContentFolder();
  folder.write('a.md', { title: 'A' });
  const options = { folder: folder.path, fails: 3, retryInterval: 40 };
  const { watch, modes, warnings, named, tries, looks } = watchWithout('ENOSPC', options);
  try {
    await expect.poll(() => modes, { timeout: 5_000 }).toEqual(['polling', 'events']);
    expect(warnings).toHaveLength(1);
    const pauses = tries.slice(1).map((time, index) => time - (tries[index] ?? 0));
    expect(pauses).toHaveLength(3);
    for (const [index, pause] of pauses.entries()) expect(pause).toBeGreaterThan(38 * 2 ** index);
    await sleep(300);
    const last = looks();
    await sleep(100);
    expect(looks()).toBe(last);
    writeFileSync(join(folder.path, 'b.md'), 'New.');
    await expect.poll(() => named, { timeout: 5_000 }).toContain('b.md');
    expect(tries).toHaveLength(4);
  } finally {
    await watch.close();
    folder.delete();
  }
});

test('a watch that is closed is not tried again', async () => {
  const { watch, tries, warnings } = watchWithout('ENOSPC', { retryInterval: 200 });
  await expect.poll(() => warnings, { interval: 5 }).toHaveLength(1);
  await watch.close();
  await sleep(300);
  expect(tries).toHaveLength(1);
});
