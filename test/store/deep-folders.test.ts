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
  expect(listPaths(folder, paths, new Map())?.files.map(({ path }) => path)).toEqual([paths[0]]);
});
