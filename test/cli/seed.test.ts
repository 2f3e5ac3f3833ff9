import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { openWriter } from '../../src/store/sqlite/file/writer.ts';
import {
  createPlace,
  loadArticles,
  type Place,
  runCli,
  startCli,
  startProcess,
  writeArticles,
} from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

let place: Place;
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(() => place.remove());

const badFile = ['bad.md', '---\ntitle: [unclosed\n---\n'] as const;
const jsonOf = (stdout: string): Record<string, unknown> => JSON.parse(stdout);

describe('seed', () => {
  test('loads, says what it did, and finds nothing to do the second time', async () => {
    const first = await runCli(['seed'], place.env);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('3 created, 0 updated, 0 unchanged, 0 removed, 0 rejected, 0 stale');
    expect(first.stdout).toContain(
      '3 articles, 1 provider, 1 topic, 0 sections, 0 images and 0 related links',
    );
    const second = await runCli(['seed', '--json'], place.env);
    expect(jsonOf(second.stdout)).toMatchObject({ changed: false, unchanged: 3, version: { number: 1 } });
  });

  test('a rejected file is named and makes the exit code 4, and the rest is loaded', async () => {
    place.write(...badFile);
    const { code, stdout } = await runCli(['seed', place.content], { DATABASE_URL: place.databaseUrl });
    expect(code).toBe(4);
    expect(stdout).toContain('3 created, 0 updated, 0 unchanged, 0 removed, 1 rejected, 0 stale');
    expect(stdout).toMatch(/articles\/bad\.md:2:\d+ {2}/);
    expect(stdout).toContain('1 problem in 1 file');
  });

  test('a good file that turns bad is stale, and makes it 4 too', async () => {
    await loadArticles(place);
    place.write('trees/larch.md', badFile[1]);
    const { code, stdout } = await runCli(['seed'], place.env);
    expect(code).toBe(4);
    expect(stdout).toContain('1 stale');
  });

  test('--json prints one object, also when it fails', async () => {
    place.write(...badFile);
    const done = await runCli(['seed', '--json'], place.env);
    expect(jsonOf(done.stdout)).toMatchObject({ created: 3, rejected: 1, dryRun: false, exitCode: 4 });
    const failed = await runCli(['seed', '--json', join(place.root, 'nowhere')], place.env);
    expect(failed.code).toBe(2);
    expect(jsonOf(failed.stdout)).toMatchObject({ error: { code: 'CONTENT_FOLDER' }, exitCode: 2 });
    const wrong = await runCli(['seed', '--jsn', '--json'], place.env);
    expect(wrong.code).toBe(2);
    expect(jsonOf(wrong.stdout)).toMatchObject({ error: { code: 'WRONG_INVOCATION' } });
  });

  test('a dry run leaves no trace', async () => {
    const { code, stdout } = await runCli(['seed', '--dry-run'], place.env);
    expect(code).toBe(0);
    expect(stdout).toContain('would be: 3 created');
    expect(readdirSync(place.root)).toEqual(['articles']);
  });

  test('a missing folder and wrong settings are one clear line each and exit code 2', async () => {
    const missing = await runCli(['seed', './no/such/folder'], place.env);
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toBe(
      'The content folder ./no/such/folder does not exist. Create it, or name another folder.\n',
    );
    expect(existsSync(join(place.root, 'data'))).toBe(false);
    const wrong = await runCli(['seed'], { ...place.env, PORT: 'many', WATCH: 'maybe' });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/^PORT .*\nWATCH .*\n$/);
  });

  test('articles gone by the half are kept, loudly, with exit code 5, until that is allowed', async () => {
    await loadArticles(place);
    rmSync(join(place.content, 'trees/larch.md'));
    rmSync(join(place.content, 'trees/alder.md'));
    const kept = await runCli(['seed'], place.env);
    expect(kept).toMatchObject({ code: 5, stdout: '' });
    expect(kept.stderr).toMatch(/2 of 3 articles are missing .*--allow-mass-removal/);
    const allowed = await runCli(['seed', '--allow-mass-removal'], place.env);
    expect(allowed.code).toBe(0);
    expect(allowed.stdout).toContain('2 removed');
  });

  test('the folder gone from where it was loaded is exit code 5, and another path that is not there is 2', async () => {
    await loadArticles(place);
    renameSync(place.content, `${place.content}-elsewhere`);
    expect((await runCli(['seed'], place.env)).code).toBe(5);
    expect((await runCli(['seed', `${place.content}-typo`], place.env)).code).toBe(2);
    mkdirSync(place.content);
    expect((await runCli(['seed'], place.env)).code).toBe(5);
  });

  test('while another sync writes, it says so, changes nothing and ends cleanly', async () => {
    await migrate(place.databaseUrl);
    const other = await openWriter(place.databaseUrl);
    await other.run('BEGIN IMMEDIATE');
    const { code, stdout, stderr } = await runCli(['seed', '--json'], place.env);
    await other.close();
    expect(code).toBe(0);
    expect(jsonOf(stdout)).toMatchObject({ error: { code: 'SYNC_BUSY' }, exitCode: 0 });
    expect(stderr).toContain('Another sync is writing');
  });

  test('of two at once, both end with 0 and the content is there once', async () => {
    const both = await Promise.all([runCli(['seed'], place.env), runCli(['seed'], place.env)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const { stdout } = await runCli(['seed', '--json'], place.env);
    expect(jsonOf(stdout)).toMatchObject({ version: { number: 1 }, unchanged: 3 });
  });

  test('a file that is no database is refused with the remedy, and the remedy works', async () => {
    mkdirSync(join(place.root, 'data'));
    writeFileSync(
      join(place.root, 'data/gateway.db'),
      'These are somebody’s notes, and not a database.'.repeat(40),
    );
    const refused = await runCli(['seed'], place.env);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('gateway.db');
    expect(refused.stderr).toContain('npm run seed -- --rebuild');
    const rebuilt = await runCli(['seed', '--rebuild'], place.env);
    expect(rebuilt.code).toBe(0);
    expect(rebuilt.stdout).toContain('3 articles');
  });

  test('--quiet prints no more than the counts', async () => {
    place.write(...badFile);
    const { stdout, stderr } = await runCli(['seed', '--quiet'], place.env);
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
  });

  test('SIGINT in the middle leaves the database as it was', async () => {
    for (let number = 0; number < 600; number += 1)
      place.write(`many/${number}.md`, `# Number ${number}\n\nText.\n`);
    const seed = startCli(['seed'], place.env);
    await expect.poll(() => existsSync(join(place.root, 'data/gateway.db')), { timeout: 20_000 }).toBe(true);
    seed.child.kill('SIGINT');
    const { code, stderr } = await seed.result;
    // It may have been done before the signal came.
    expect([0, 130]).toContain(code);
    if (code === 130) expect(stderr).toContain('the database is as it was');
    const { stdout } = await runCli(['seed', '--json'], place.env);
    expect(jsonOf(stdout)).toMatchObject({ version: { number: 1 }, totals: { articles: 603 } });
  });
});

test('npm run seed passes arguments and the exit code on', async () => {
  place.write(...badFile);
  const args = ['run', '-s', 'seed', '--', place.content, '--json'];
  const { code, stdout } = await startProcess('npm', args, place.env).result;
  expect(code).toBe(4);
  expect(jsonOf(stdout)).toMatchObject({ created: 3, rejected: 1 });
});

test('npx prisma db seed does the same', async () => {
  const { code, stdout } = await startProcess('npx', ['prisma', 'db', 'seed'], place.env).result;
  expect(code).toBe(0);
  expect(stdout).toContain('3 created');
});
