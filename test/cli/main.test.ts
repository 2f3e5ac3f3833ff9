import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPlace, type Place, runCli, startCli, writeArticles } from './run-cli.ts';

let place: Place;

beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});

afterEach(() => place.remove());

test('--version prints that of package.json', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
});

test('serve, seed, check and doctor take the folder as an argument', async () => {
  const env = { DATABASE_URL: place.databaseUrl };
  expect(await runCli(['check', place.content], env)).toMatchObject({ code: 0 });
  expect(await runCli(['seed', place.content], env)).toMatchObject({ code: 0 });
  const { stdout } = await runCli(['doctor', place.content, '--port', '0'], env);
  expect(stdout).toContain(`${place.content}: 3 article files`);
  const served = startCli(['serve', place.content, '--port', '0', '--no-watch'], env);
  const [, url] = await served.says(/^(http:\/\/\S+\/graphql)$/m);
  const response = await fetch(`${url}?query={articles{totalCount}}`);
  served.child.kill('SIGTERM');
  expect(await response.json()).toEqual({ data: { articles: { totalCount: 3 } } });
  expect((await served.result).code).toBe(0);
});

test('.env in the working directory is read, and variables that are set win', async () => {
  const folder = join(place.root, 'elsewhere');
  mkdirSync(folder);
  writeFileSync(join(folder, '.env'), `CONTENT_DIR=${place.content}\nTIME_ZONE=Nowhere\n`);
  const refused = await startCli(['check'], {}, folder).result;
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('TIME_ZONE must be a time zone');
  const { code, stdout } = await startCli(['check'], { TIME_ZONE: 'UTC' }, folder).result;
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('3 articles in 3 files') });
});
