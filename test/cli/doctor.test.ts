import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { examineNode } from '../../src/cli/commands/doctor/examine-node.ts';
import type { Finding } from '../../src/cli/commands/doctor/finding.ts';
import { createPlace, loadArticles, type Place, runCli, writeArticles } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

let place: Place;
beforeEach(() => {
  place = createPlace();
  writeArticles(place);
});
afterEach(() => place.remove());

async function examine(args: string[] = []) {
  const { code, stdout } = await runCli(['doctor', '--json', '--port', '0', ...args], place.env);
  const { findings }: { findings: Finding[] } = JSON.parse(stdout);
  return { code, findings: Object.fromEntries(findings.map((finding) => [finding.name, finding])) };
}

test('what has not been made yet is a warning with its command, and nothing is made', async () => {
  const { code, findings } = await examine();
  expect(code).toBe(0);
  expect(findings.database).toMatchObject({ verdict: 'warn', fix: 'npm run seed' });
  expect((await examine()).findings.database).toMatchObject({ verdict: 'warn' });
});

test('after a seed all is well, until a file changes', async () => {
  await loadArticles(place);
  const { code, findings } = await examine();
  expect(code).toBe(0);
  const names = [
    'node',
    'driver',
    'database',
    'journal',
    'migrations',
    'folder',
    'version',
    'problems',
    'watches',
  ];
  expect(Object.keys(findings)).toEqual([...names, 'port', 'graphiql']);
  expect(Object.values(findings).filter(({ verdict }) => verdict !== 'ok')).toEqual([]);
  place.write('trees/larch.md', '---\ntitle: Another larch\n---\nText.\n');
  const changed = await examine();
  expect(changed.code).toBe(0);
  expect(changed.findings.version).toMatchObject({ verdict: 'warn', fix: 'npm run seed' });
  expect(changed.findings.version?.message).toContain('1 to update');
});

test('a damaged database, a missing folder and a port in use fail, each with its remedy', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const { port } = taken.address() as AddressInfo;
  mkdirSync(join(place.root, 'data'));
  writeFileSync(join(place.root, 'data/gateway.db'), 'Not a database at all. '.repeat(100));
  const { code, findings } = await examine(['--content', './no/such/folder', '--port', String(port)]);
  taken.close();
  expect(code).toBe(1);
  expect(findings.database?.fix).toContain('npm run seed -- --rebuild');
  expect(findings.folder?.fix).toContain('--content');
  expect(findings.port?.fix).toBe(`npm start -- --port ${port + 1}`);
  for (const name of ['database', 'folder', 'port']) expect(findings[name]?.verdict).toBe('fail');
});

test.each([
  ['20.19.0', true],
  ['20.18.9', false],
  ['21.7.3', false],
  ['22.11.0', false],
  ['22.12.0', true],
  ['23.5.0', false],
  ['24.0.0', true],
  ['26.1.0', true],
])('Node %s is one of the engines: %s', async (version, expected) => {
  expect((await examineNode(version)).verdict).toBe(expected ? 'ok' : 'fail');
});
