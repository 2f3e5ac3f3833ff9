import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPainter } from '../../src/cli/output/terminal.ts';
import { escapeJson, escapeValues } from '../../src/server/operations/escape-log.ts';
import { createPlace, type Place, type RunningCli, runCli, startCli, writeArticles } from './run-cli.ts';

vi.setConfig({ testTimeout: 120_000 });

/** All that makes a terminal show what is not there, but for the line ends that the output is made of. */
const UNSAFE = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;
const HOSTILE = '\u001b]0;owned\u0007\u009b31m\u202etxt\u2028.\u007f';

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

const hostileFile = [
  'notes.md',
  `---\ntitle: T\nheat: "${escapeYaml(HOSTILE)}"\n${'k'}${'\u202e'}y: 1\n---\nText.\n`,
] as const;

function escapeYaml(text: string): string {
  return text.replace(/./gsu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

test.each([['check'], ['check', '--all'], ['check', '--json'], ['seed'], ['seed', '--json']])(
  '%s %s prints nothing raw of what a file holds',
  async (...args) => {
    place.write(...hostileFile);
    const { stdout, stderr } = await runCli(args, place.env);
    expect(stdout).toContain('notes.md');
    expect(stdout + stderr).not.toMatch(UNSAFE);
    if (args.includes('--json')) {
      const { problems } = JSON.parse(stdout) as { problems: { field: string }[] };
      // Nothing is lost to a program.
      expect(problems.map(({ field }) => field)).toContain('k\u202ey');
    }
  },
);

test.each(['json', 'pretty'])(
  'a server logs in %s, and prints nothing raw, whoever prints',
  async (format) => {
    const preload = fileURLToPath(new URL('./fixtures/print-controls.mjs', import.meta.url));
    const env = {
      ...place.env,
      LOG_FORMAT: format,
      NODE_OPTIONS: `--import=${preload}`,
      PRINT_WHEN: join(place.root, 'print'),
    };
    const cli = startCli(['serve', '--port', '0'], env);
    running.push(cli);
    const [, url = ''] = await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
    place.write(...hostileFile);
    place.write('page.md', `---\ntitle: P\n---\n<source srcset="${'a\u009b31m b, '.repeat(20)}">\n\nText.\n`);
    const ask = async () => {
      const query = '{ article(slug: "page") { html } }';
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-request-id': 'a\u0085b' },
        body: JSON.stringify({ query }),
      });
      return ((await response.json()) as { data: { article: { html: string } | null } }).data.article?.html;
    };
    await expect.poll(ask, { timeout: 30_000 }).toContain('Text.');
    writeFileSync(join(place.root, 'print'), '');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    cli.child.kill('SIGTERM');
    const { code, stdout, stderr } = await cli.result;
    expect(code).toBe(0);
    expect(stderr).toContain('printed');
    expect(stderr).toContain('notes.md');
    expect(stdout + stderr).not.toMatch(UNSAFE);
    // No text begins a line of its own.
    expect(stdout + stderr).not.toMatch(/^forged/mu);
    const lines = stderr.trim().split('\n');
    if (format === 'json') expect(lines.map((line) => typeof JSON.parse(line))).not.toContain('string');
    else expect(lines.filter((line) => !/^\[/.test(line))).toEqual([]);
  },
);

test.each([['check'], ['check', '--all'], ['seed'], ['seed', '--all'], ['doctor'], ['serve']])(
  '%s %s lets no name of a file or folder, and no value, begin a line',
  async (...args) => {
    const content = join(place.content, 'sub\nforged');
    place.write('sub\nforged/a.md', '---\ntitle: T\nheat: "x\\nforged"\n"k\\nforged": 1\n---\nText.\n');
    place.write('sub\nforged/b\nforged.md', 'x');
    place.write('sub\nforged/c.x\nforged', 'x');
    const env = { ...place.env, CONTENT_DIR: content };
    const cli = startCli([...args, ...(args[0] === 'serve' ? ['--port', '0'] : [])], env);
    running.push(cli);
    if (args[0] === 'serve') {
      await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
      cli.child.kill('SIGTERM');
    }
    const { stdout, stderr } = await cli.result;
    expect(stdout).toContain('\ufffdforged');
    expect(stdout + stderr).not.toMatch(UNSAFE);
    expect(stdout + stderr).not.toMatch(/^forged/mu);
  },
);

test('what nobody catches ends the process, and its stack is shown without what could forge another', async () => {
  const preload = fileURLToPath(new URL('./fixtures/throw-controls.mjs', import.meta.url));
  const THROW_WHEN = join(place.root, 'throw');
  const cli = startCli(['serve', '--port', '0'], {
    ...place.env,
    NODE_OPTIONS: `--import=${preload}`,
    THROW_WHEN,
  });
  running.push(cli);
  await cli.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
  writeFileSync(THROW_WHEN, '');
  const { code, stdout, stderr } = await cli.result;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^Uncaught error\nError: thrown .*\ufffdforged line.*\n {4}at /mu);
  expect(stderr).toContain('\ncaused by TypeError: thrown');
  expect(stdout + stderr).not.toMatch(UNSAFE);
  expect(stdout + stderr).not.toMatch(/^(?:forged| {4}at forged)/mu);
});

test('colours are the program’s own', () => {
  const { paint, render } = createPainter(true);
  expect(render(`${paint('red', `a ${paint('bold', 'b')} c`)} \u001b[31mforged`)).toBe(
    '\u001b[31ma \u001b[1mb\u001b[22m c\u001b[39m \ufffd[31mforged',
  );
  expect(createPainter(false).render('<x red>y</x>\nz')).toBe('<x red>y</x>\ufffdz');
});

test('JSON says the same after it was escaped', () => {
  const value = { [HOSTILE]: [HOSTILE, 'é', '😀', 1, null, true] };
  const json = escapeJson(JSON.stringify(value));
  expect(json).not.toMatch(UNSAFE);
  expect(JSON.parse(json)).toEqual(value);
  const { stack, msg } = escapeValues({ stack: 'Error: a\u001b\n  at b', msg: 'one\ntwo\u001b' }) as {
    stack: string;
    msg: string;
  };
  expect([stack, msg]).toEqual(['Error: a\ufffd\n  at b', 'one two\ufffd']);
});
