import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlace, type Place, runCli, writeArticles } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

let place: Place;
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(() => place.remove());

test('good files are exit code 0, and no database is made', async () => {
  const { code, stdout } = await runCli(['check'], place.env);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^no problems; 3 articles in 3 files of /);
  expect(readdirSync(place.root)).toEqual(['articles']);
});

test('problems are grouped by kind and placed by line and column; an error is exit code 4', async () => {
  place.write('draft.md', '---\ntitle: A draft\ntopic: Sheds\n---\nText.\n');
  place.write('bad.md', '---\ntitle: [unclosed\n---\n');
  place.write('same.md', '---\ntitle: One more\nslug: trees/larch\n---\nText.\n');
  const { code, stdout } = await runCli(['check', place.content]);
  expect(code).toBe(4);
  expect(stdout).toMatch(/warning DUPLICATE_SLUG \(1\)\n .*articles\/same\.md .*trees\/larch\.md/);
  expect(stdout).toMatch(/error FRONT_MATTER_SYNTAX \(1\)\n .*articles\/bad\.md:2:\d+ /);
  expect(stdout).toMatch(/notice \w+ \(1\)\n .*articles\/draft\.md:3:1 .*topics/);
  expect(stdout).toContain('3 problems in 3 files; 5 articles in 6 files');
});

test('what is not read is counted by reason', async () => {
  for (const name of ['one.rst', 'two.rst', 'three.adoc', 'README.md']) place.write(name, 'Text.');
  const { stdout } = await runCli(['check'], place.env);
  expect(stdout).toContain('4 files not read: 2 .rst, 1 .adoc, 1 README, LICENSE and the like\n');
});

test('hidden articles are counted by reason, by seed too', async () => {
  place.write('one.md', '---\ntitle: One\ndraft: true\n---\nText.\n');
  place.write('_drafts/two.md', '---\ntitle: Two\ndraft: true\n---\nText.\n');
  const line = '3 articles public, 2 hidden: 2 as drafts, 1 by their folder or name\n';
  expect((await runCli(['check'], place.env)).stdout).toContain(line);
  const { stdout } = await runCli(['check', '--json'], place.env);
  expect(JSON.parse(stdout)).toMatchObject({
    articles: 5,
    publicArticles: 3,
    hidden: { DRAFT: 2, FOLDER: 1 },
  });
  expect((await runCli(['seed'], place.env)).stdout).toContain(line);
  expect((await runCli(['doctor', '--port', '0'], place.env)).stdout).toContain(line);
});

test('what waits for its time is told as seed tells it, and nothing where times hide nothing', async () => {
  place.write('later.md', '---\ntitle: Later\ndate: 2999-02-01\n---\nText.\n');
  place.write('draft.md', '---\ntitle: Draft\ndate: 2998-01-01\ndraft: true\n---\nText.\n');
  place.write('soon.md', '---\ntitle: Soon\nexpires: 2998-12-31T23:00:00+01:00\n---\nText.\n');
  place.write('gone.md', '---\ntitle: Gone\ndate: 1999-01-01\nexpires: 2000-01-01\n---\nText.\n');
  const line = '1 scheduled, the next change at 2998-12-31T22:00:00Z\n';
  const { stdout } = await runCli(['check'], place.env);
  expect(stdout).toContain(
    `4 articles public, 3 hidden: 1 as drafts, 2 until their time comes, 1 since they have expired\n${line}`,
  );
  expect((await runCli(['seed'], place.env)).stdout).toContain(line);
  const json = await runCli(['check', '--json'], place.env);
  expect(JSON.parse(json.stdout).schedule).toEqual({ waiting: 1, next: '2998-12-31T22:00:00.000Z' });
  const off = await runCli(['check'], { ...place.env, SCHEDULE: 'off' });
  expect(off.stdout).not.toContain('scheduled');
});

test('a warning alone is exit code 0', async () => {
  place.write('draft.md', '---\ntitle: A draft\nheat: warm\n---\nText.\n');
  const { code, stdout } = await runCli(['check'], place.env);
  expect(code).toBe(0);
  expect(stdout).toContain('1 problem in 1 file');
});

test('--json prints one object', async () => {
  place.write('bad.md', '---\ntitle: [unclosed\n---\n');
  const { code, stdout } = await runCli(['check', '--json'], place.env);
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({
    files: 4,
    articles: 3,
    severities: { error: 1, warning: 0, notice: 0 },
    problems: [{ path: 'bad.md', line: 2 }],
    exitCode: 4,
  });
});

test('a missing folder is exit code 2', async () => {
  expect(await runCli(['check', './no/such/folder'])).toMatchObject({ code: 2, stdout: '' });
});
