import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listPaths } from '../../src/store/sync/list-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deep-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a changed file is looked at below as many folders as a scan looks into, and no more', () => {
  const paths = [`${'a/'.repeat(100)}b.md`, `${'a/'.repeat(101)}c.md`];
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), 'x');
  }
  expect(listPaths(folder, paths, new Map(), null)?.files.map(({ path }) => path)).toEqual([paths[0]]);
});

test('a changed file that is the model is no article', () => {
  for (const path of ['a.md', 'keys.md']) writeFileSync(join(folder, path), 'x');
  const listed = (model: string | null) =>
    listPaths(folder, ['a.md', 'keys.md'], new Map(), model)?.files.map(({ path }) => path);
  expect(listed(join(folder, 'keys.md'))).toEqual(['a.md']);
  expect(listed(null)).toEqual(['a.md', 'keys.md']);
});
