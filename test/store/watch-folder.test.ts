import { FSWatcher } from 'chokidar';
import { expect, test } from 'vitest';
import { watchFolder } from '../../src/store/watch/watch-folder.ts';

function watchWithout(code: string) {
  const watcher = new FSWatcher();
  const modes: string[] = [];
  const warnings: string[] = [];
  let looks = 0;
  const watch = watchFolder(
    '/content',
    { pollInterval: 5 },
    {
      onReady: (mode) => modes.push(mode),
      onWarning: (message) => warnings.push(message),
      async onChange(paths) {
        expect(paths).toBeNull();
        looks += 1;
        return { again: [] };
      },
    },
    () => watcher,
  );
  watcher.emit('error', Object.assign(new Error('no'), { code }));
  return { watch, modes, warnings, looks: () => looks };
}

test('out of watches, it says which setting and looks at the folder by itself', async () => {
  const { watch, modes, warnings, looks } = watchWithout('ENOSPC');
  await expect.poll(looks).toBeGreaterThan(2);
  expect(modes).toEqual(['polling']);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('fs.inotify.max_user_watches');
  await watch.close();
  const last = looks();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(looks()).toBe(last);
});

test('any other failure of the watcher is told and does not end the watch', async () => {
  const { watch, warnings, looks } = watchWithout('EACCES');
  await expect.poll(looks).toBeGreaterThan(1);
  expect(warnings[0]).toContain('/content');
  await watch.close();
});
