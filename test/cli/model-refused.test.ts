import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPlace, type Place, runCli, startCli, writeArticles } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

let place: Place;
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(() => place.remove());

const wrong = 'fields:\n  weight: { kind: itn }\n  title: { kind: text }\n';

test.each([['serve', '--port', '0'], ['seed'], ['check']])(
  'a wrong model refuses %s, with all of its mistakes',
  async (...args) => {
    place.write('gateway.yaml', wrong);
    const { code, stdout, stderr } = await runCli(args, place.env);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    const lines = stderr.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/articles\/gateway\.yaml:2:19 .*Did you mean `int`/u);
    expect(lines[1]).toMatch(/articles\/gateway\.yaml:3:3 /u);
  },
);

test('doctor tells the mistakes as a finding, and goes on with the others', async () => {
  place.write('gateway.yaml', wrong);
  const { code, stdout } = await runCli(['doctor', '--json', '--port', '0'], place.env);
  expect(code).toBe(2);
  const { findings } = JSON.parse(stdout);
  const found = findings.find(({ name }: { name: string }) => name === 'model');
  expect(found).toMatchObject({ verdict: 'fail', message: expect.stringMatching(/:2:19 .*\n.*:3:3 /su) });
  expect(findings.some(({ name }: { name: string }) => name === 'graphiql')).toBe(true);
});

test('check tells the model it found, in words and as JSON, and its mistakes as JSON', async () => {
  place.write('gateway.yaml', 'fields: { weight: int, mood: text }\n');
  const words = await runCli(['check'], place.env);
  expect(words.stdout).toMatch(/articles\/gateway\.yaml: 2 keys\n/u);
  const json = await runCli(['check', '--json'], place.env);
  expect(JSON.parse(json.stdout).model).toMatchObject({
    file: expect.stringMatching(/gateway\.yaml$/u),
    keys: 2,
  });
  place.write('gateway.yaml', wrong);
  const { stdout } = await runCli(['check', '--json'], place.env);
  const { error, exitCode } = JSON.parse(stdout);
  expect(exitCode).toBe(2);
  expect(error).toMatchObject({
    code: 'MODEL_INVALID',
    mistakes: [
      { line: 2, column: 19 },
      { line: 3, column: 3 },
    ],
  });
});

test('the model may stand in the working directory, or where it is named', async () => {
  writeFileSync(join(place.root, 'gateway.yaml'), 'fields: { weight: int }\n');
  writeFileSync(join(place.root, 'mine.yaml'), 'fields: { a: int, b: int, c: int }\n');
  const run = (args: string[]) => startCli(['check', '--json', ...args], place.env, place.root).result;
  expect(JSON.parse((await run([])).stdout).model).toEqual({ file: 'gateway.yaml', keys: 1 });
  expect(JSON.parse((await run(['--model', 'mine.yaml'])).stdout).model).toEqual({
    file: 'mine.yaml',
    keys: 3,
  });
  const gone = await run(['--model', 'gone.yaml']);
  expect(gone.code).toBe(2);
  expect(JSON.parse(gone.stdout).error.message).toMatch(/^gone\.yaml does not exist/u);
});
