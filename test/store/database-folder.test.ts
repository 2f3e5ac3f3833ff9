import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { showPath } from '../../src/store/show-path.ts';
import { findObstacle, prepareFolder } from '../../src/store/sqlite/file/database-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'place-'));
  chmodSync(root, 0o755);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** What the user `nobody` is told, since root may write anywhere; null when that user cannot run this project. */
function findAsNobody(...paths: string[]): (string | null)[] | null {
  const child = fileURLToPath(new URL('./find-obstacle-child.ts', import.meta.url));
  const isRoot = process.getuid?.() === 0;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), child, ...paths],
    {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
      ...(isRoot && { uid: 65_534, gid: 65_534 }),
    },
  );
  if (stdout !== '') return JSON.parse(stdout);
  if (!/EACCES|permission denied/i.test(stderr)) throw new Error(stderr);
  return null;
}

test('a folder or a file that this user cannot write to is named as somebody there would write it', ({
  skip,
}) => {
  mkdirSync(join(root, 'closed'), { mode: 0o555 });
  mkdirSync(join(root, 'open'));
  chmodSync(join(root, 'open'), 0o777);
  writeFileSync(join(root, 'open/fixed.db'), '', { mode: 0o444 });
  const paths = ['closed/a.db', 'closed/deeper/a.db', 'open/fixed.db', 'open/new.db', 'open/deeper/new.db'];
  const found = findAsNobody(...paths.map((path) => join(root, path)));
  if (found === null) return skip('This project is in a folder that the user nobody may not read.');
  expect(found).toEqual([
    'The folder ./closed of the database cannot be written to.',
    'The folder ./closed of the database cannot be written to.',
    'The database ./open/fixed.db cannot be written to.',
    null,
    null,
  ]);
});

test('a place below a file is refused before anything is made', async () => {
  writeFileSync(join(root, 'file'), '');
  const place = join(root, 'file/deep/a.db');
  expect(findObstacle(place)).toBe(
    `The folder of the database ${place} cannot be made: ${join(root, 'file')} is no folder.`,
  );
  await expect(prepareFolder(place)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE', file: place });
});

test('paths outside of the working directory are shown whole', () => {
  expect(showPath(process.cwd())).toBe('.');
  expect(showPath(join(process.cwd(), 'data/a.db'))).toBe('./data/a.db');
  expect(showPath('/srv/a.db')).toBe('/srv/a.db');
});
