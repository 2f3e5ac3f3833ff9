import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readManifest } from '../../src/cli/documents-manifest.ts';
import { createPlace, type Place, runCli } from './run-cli.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 90_000 });

let place: Place;
let folder: string;
let out: string;
beforeEach(() => {
  place = createPlace();
  folder = join(place.root, 'queries');
  out = join(place.root, 'documents.json');
  mkdirSync(join(folder, 'parts'), { recursive: true });
});
afterEach(() => place.remove());

test('each file with an operation is a document, with just the shared fragments that it needs', async () => {
  const page = 'query Page {\n  articles(first: 3) { edges { node { ...Card } } }\n}\n';
  writeFileSync(join(folder, 'page.graphql'), page);
  writeFileSync(
    join(folder, 'parts/card.graphql'),
    'fragment Card on Article { title provider { ...Name } }\nfragment Unused on Topic { slug }\n',
  );
  writeFileSync(join(folder, 'parts/name.gql'), 'fragment Name on Provider { name }\n');
  const { code, stdout } = await runCli(['documents', folder, '--out', out]);
  expect(code).toBe(0);
  expect(stdout).toContain('1 document of 3 files');
  const manifest: Record<string, string> = JSON.parse(readFileSync(out, 'utf8'));
  const [[hash, text] = ['', '']] = Object.entries(manifest);
  expect(text.startsWith(page)).toBe(true);
  expect(text).toContain('fragment Card');
  expect(text).toContain('fragment Name');
  expect(text).not.toContain('Unused');
  expect(hash).toBe(createHash('sha256').update(text).digest('hex'));
  expect([...readManifest(out)]).toEqual([[hash, text]]);
});

test('a document that the schema does not allow is placed, and no manifest is written', async () => {
  writeFileSync(join(folder, 'wrong.graphql'), '{\n  articles { nope }\n}\n');
  const { code, stdout } = await runCli(['documents', folder, '--out', out, '--json']);
  expect(code).toBe(4);
  expect(JSON.parse(stdout)).toMatchObject({ manifest: null, problems: [{ line: 2, column: 14 }] });
  expect(existsSync(out)).toBe(false);
});

test('a folder without operations is exit code 2', async () => {
  expect((await runCli(['documents', folder, '--out', out])).code).toBe(2);
});

test('a manifest whose text was changed is refused', () => {
  writeFileSync(out, JSON.stringify({ [createHash('sha256').update('{ a }').digest('hex')]: '{ b }' }));
  expect(() => readManifest(out)).toThrow('does not have this hash');
});
