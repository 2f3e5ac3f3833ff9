import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlace, type Place, type RunningCli, runCli, startCli, writeArticles } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

let place: Place;
const running: RunningCli[] = [];
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(async () => {
  for (const { child } of running) child.kill('SIGKILL');
  await Promise.all(running.splice(0).map(({ result }) => result));
  place.remove();
});

/** 1.9 MB for which a parser that knows places takes from half a gigabyte to more than there is. */
const hostile = `---\n${'a: ['.repeat(480_000)}\n---\nText.\n`;
const moreHostile = `---\n${'['.repeat(1_900_000)}\n---\nText.\n`;

test('an article is hidden while a hostile file lies in the folder', async () => {
  const cli = startCli(['serve', '--port', '0'], { ...place.env, LOG_LEVEL: 'error' });
  running.push(cli);
  const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
  const ask = async (query: string) => {
    const response = await fetch(`${url}?query=${encodeURIComponent(query)}`, {
      headers: { accept: 'application/json' },
    });
    return response.json();
  };
  place.write('hostile.md', hostile);
  place.write('more-hostile.md', moreHostile);
  await expect
    .poll(() => ask('{ article(slug: "trees/larch") { title } }'), { timeout: 30_000 })
    .toMatchObject({ data: { article: { title: 'The larch by the gate' } } });
  place.write('trees/larch.md', '---\ntitle: The larch by the gate\npublished: false\n---\nText.\n');
  await expect
    .poll(() => ask('{ article(slug: "trees/larch") { title } }'), { timeout: 30_000 })
    .toEqual({ data: { article: null } });
  expect((await fetch(new URL('/ready', url))).status).toBe(200);
});

test('six hostile files among 1,606 are rejected, and the others are loaded', async () => {
  for (let index = 0; index < 1_600; index++)
    place.write(`notes/${index}.md`, `---\ntitle: Note ${index}\n---\nText.\n`);
  for (let index = 0; index < 6; index++) place.write(`notes/${index}-hostile.md`, hostile);
  const seeded = await runCli(['seed', '--json'], place.env);
  expect(JSON.parse(seeded.stdout)).toMatchObject({ created: 1_603, rejected: 6, exitCode: 4 });
  expect(seeded.code).toBe(4);
  const checked = await runCli(['check', '--json'], place.env);
  expect(JSON.parse(checked.stdout)).toMatchObject({
    articles: 1_603,
    files: 1_609,
    severities: { error: 6 },
  });
});
