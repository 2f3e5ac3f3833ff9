import { afterEach, beforeEach, expect, test } from 'vitest';
import { printLoaded } from '../../src/cli/output/print-loaded.ts';
import type { Terminal } from '../../src/cli/output/terminal.ts';
import { followContent } from '../../src/cli/serve/follow-content.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { noOwnKeys } from '../../src/model/own-model.ts';
import type { GatewayLogger } from '../../src/server/operations/create-logger.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createPlace, loadArticles, type Place, runCli, writeArticles } from './run-cli.ts';

let place: Place;
beforeEach(async () => {
  place = createPlace();
  writeArticles(place);
  place.write('odd.md', '---\ntitle: Odd\nstrange: x\n---\nText.\n');
  await loadArticles(place);
});
afterEach(() => place.remove());

const sync = () => syncContent({ folder: place.content, databaseUrl: place.databaseUrl });
const config = () => loadConfig(place.env);

test('when the last problem is mended, that is told as no warning', async () => {
  const told: [level: string, message: unknown][] = [];
  const say = (level: string) => (first: unknown, second?: unknown) =>
    void told.push([level, second ?? first]);
  const logger = { info: say('info'), warn: say('warn'), error: say('error') } as unknown as GatewayLogger;
  const syncs = { record() {}, recordFailure() {}, noteLag() {} };
  const follower = await followContent({ config: config(), logger, gateway: { syncs } });
  try {
    place.write('odd.md', '---\ntitle: Odd\nstrange: x\nstranger: y\n---\nText.\n');
    follower.listeners.onReport?.(await sync());
    expect(told.at(-1)).toEqual(['warn', '2 problems in 1 file; npm run check shows all']);
    place.write('odd.md', '---\ntitle: Odd\n---\nText.\n');
    follower.listeners.onReport?.(await sync());
    expect(told.at(-1)).toEqual(['info', 'no problems left']);
    follower.listeners.onReport?.(await sync());
    expect(told.filter(([, message]) => message === 'no problems left')).toHaveLength(1);
  } finally {
    await follower.close();
  }
});

test('how the folder is followed is told when that changes', async () => {
  const said: unknown[] = [];
  const logger = { info: (message: unknown) => said.push(message) } as unknown as GatewayLogger;
  const syncs = { record() {}, recordFailure() {}, noteLag() {} };
  const follower = await followContent({ config: config(), logger, gateway: { syncs } });
  try {
    for (const mode of ['events', 'events', 'polling', 'events'] as const) follower.listeners.onReady?.(mode);
    expect(said).toEqual(['falling back to polling the content folder', 'watching the content folder again']);
  } finally {
    await follower.close();
  }
});

test('while articles are missing, what the other files say is told as loaded', async () => {
  for (const name of ['larch', 'rowan', 'alder']) place.delete(`trees/${name}.md`);
  place.write('odd.md', '---\ntitle: Odder\n---\nText.\n');
  const report = await sync();
  expect(report.refusal?.message).toBe(
    `3 of 4 articles are missing from ${place.content}. They are still served; what the other files say is loaded.`,
  );
  const lines = (shown: typeof report) => {
    const said: string[] = [];
    const terminal = {
      print: (...more: string[]) => said.push(...more),
      paint: (_: string, text: string) => text,
    };
    printLoaded(shown, config(), noOwnKeys, terminal as unknown as Terminal);
    return said.join('\n');
  };
  expect(lines(report)).toMatch(/ loaded in \d+ ms\n0 created, 1 updated, 3 unchanged, 0 removed/);
  expect(lines(await sync())).toMatch(/ kept in \d+ ms\n(?!0 created)/);

  place.write('odd.md', '---\ntitle: Oddest\n---\nText.\n');
  const { code, stdout, stderr } = await runCli(['seed'], place.env);
  expect([code, stdout]).toEqual([5, expect.stringMatching(/^0 created, 1 updated, 3 unchanged/)]);
  expect(stderr).toContain('what the other files say is loaded. Bring the files back.');
}, 60_000);
