import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlace, type Place, type RunningCli, startCli, writeArticles } from './run-cli.ts';

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

test.each([[['--no-watch']], [[]], [['--workers', '2']]])(
  'served with %j, 20 articles of 20 are public within a second of their time',
  async (args) => {
    const count = 20;
    // Starting takes some seconds on a busy machine.
    const begin = Math.ceil(Date.now() / 1000) * 1000 + 15_000;
    const timeOf = (index: number) => begin + index * 400;
    for (let index = 0; index < count; index += 1) {
      const date = new Date(timeOf(index)).toISOString();
      place.write(`post-${index}.md`, `---\ntitle: Post ${index}\ndate: ${date}\n---\nText.\n`);
    }
    place.write('over.md', `---\ntitle: Over\nexpires: ${new Date(timeOf(10)).toISOString()}\n---\nText.\n`);
    const cli = startCli(['serve', '--port', '0', ...args], { ...place.env, LOG_LEVEL: 'warn' });
    running.push(cli);
    const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
    await cli.says(/^20 scheduled, the next change at 20.*Z$/m);
    const slugs = async (): Promise<string[]> => {
      const query = '{ articles(first: 100) { edges { node { slug } } } }';
      const response = await fetch(`${url}?query=${encodeURIComponent(query)}`);
      const { data } = (await response.json()) as {
        data: { articles: { edges: { node: { slug: string } }[] } };
      };
      return data.articles.edges.map(({ node }) => node.slug);
    };
    expect((await slugs()).sort()).toEqual(['over', 'trees/alder', 'trees/larch', 'trees/rowan']);

    const seen = new Map<string, number>();
    let gone = 0;
    while (seen.size < count && Date.now() < timeOf(count) + 10_000) {
      const asked = Date.now();
      const found = await slugs();
      const answered = Date.now();
      for (const slug of found) {
        if (!slug.startsWith('post-') || seen.has(slug)) continue;
        // Never early: what was answered before its time has not been asked for later.
        expect(answered).toBeGreaterThanOrEqual(timeOf(Number(slug.slice(5))));
        seen.set(slug, asked - timeOf(Number(slug.slice(5))));
      }
      if (gone === 0 && !found.includes('over')) gone = asked - timeOf(10);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(seen.size).toBe(count);
    expect([...seen.values()].filter((late) => late > 1_000)).toEqual([]);
    expect(gone).toBeLessThanOrEqual(1_000);
    cli.child.kill('SIGTERM');
    expect((await cli.result).code).toBe(0);
  },
);
