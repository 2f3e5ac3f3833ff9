import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MAX_TEXT_BYTES, openSecured } from '../../src/graphql/texts/secured-text.ts';
import { createPlace, type Place, runCli } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

const key = randomBytes(32);
const env = { SECURED_KEY: key.toString('hex') };
const TEXT = 'Only for those\nwho may read: "it" – žluťoučký.\n';

let place: Place;
let file: string;
beforeEach(() => {
  place = createPlace();
  file = join(place.content, 'text.txt');
  place.write('text.txt', TEXT);
});
afterEach(() => place.remove());

const open = (secured: string) => openSecured(secured, key);

test('a file becomes a line of front matter that opens to its bytes', async () => {
  const { code, stdout, stderr } = await runCli(['secure', file], env);
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  const { secured } = load(stdout) as { secured: string };
  expect(open(secured)).toEqual({ text: TEXT, isAuthenticated: true });
  expect(stderr).toBe('');
  for (const secret of [key.toString('hex'), key.toString('base64'), 'Only for those'])
    expect(stdout).not.toContain(secret);
});

test('programs get it as JSON', async () => {
  const { stdout } = await runCli(['secure', file, '--json'], env);
  const { secured, exitCode } = JSON.parse(stdout);
  expect([open(secured).text, exitCode]).toEqual([TEXT, 0]);
});

test('standard input is read where no file is named', async () => {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'secure', '-'], {
    env: { PATH, HOME, ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(TEXT);
  let stdout = '';
  for await (const chunk of child.stdout) stdout += String(chunk);
  expect(open((load(stdout) as { secured: string }).secured).text).toBe(TEXT);
});

test.each([
  ['no key', {}, null, 'SECURED_KEY is not set'],
  ['a key of another length', { SECURED_KEY: 'abcd' }, null, 'SECURED_KEY'],
  ['a file that is not there', env, 'none.txt', 'cannot be read (ENOENT)'],
  ['a folder', env, '.', 'cannot be read (EISDIR)'],
  ['a text that is too long', env, 'long.txt', `longer than ${MAX_TEXT_BYTES.toLocaleString('en')} bytes`],
  ['an empty text', env, 'empty.txt', 'is empty'],
  ['bytes that are no text', env, 'bytes.txt', 'not UTF-8'],
])('%s is refused with what is wrong', async (_, variables, name, message) => {
  place.write('empty.txt', '');
  writeFileSync(join(place.content, 'long.txt'), 'x'.repeat(MAX_TEXT_BYTES + 1));
  writeFileSync(join(place.content, 'bytes.txt'), Buffer.from([0x61, 0xff, 0xfe]));
  const { code, stdout, stderr } = await runCli(
    ['secure', name === null ? file : join(place.content, name)],
    variables as Record<string, string>,
  );
  expect(code).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain(message);
  expect(stderr).not.toContain(key.toString('hex'));
});
