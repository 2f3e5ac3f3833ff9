import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findModel, ModelError, markModel } from '../../src/content/read/model-file.ts';
import { scanFolder } from '../../src/content/read/scan-folder.ts';

const good = 'fields:\n  weight: { kind: int }\n';

let root: string;
let folder: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'model-file-')));
  folder = join(root, 'articles');
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

const find = (file: string | null = null) => findModel({ folder, file });

function failureOf(file: string | null = null): ModelError {
  try {
    find(file);
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
  throw new Error('The model was taken.');
}

test('there need be none', () => {
  expect(find()).toEqual({ file: null, model: { fields: [] } });
});

test('it is found in the content folder, and a named one before it', () => {
  writeFileSync(join(folder, 'gateway.yaml'), good);
  writeFileSync(join(root, 'other.yaml'), 'fields: { a: int, b: text }\n');
  expect(find().model.fields.map(({ name }) => name)).toEqual(['weight']);
  expect(find().file).toMatch(/articles\/gateway\.yaml$/u);
  expect(find(join(root, 'other.yaml')).model.fields.map(({ name }) => name)).toEqual(['a', 'b']);
});

test('all mistakes are told together, each with its place', () => {
  writeFileSync(join(folder, 'gateway.yaml'), 'fields:\n  a: { kind: itn }\n  b: { kind: terms }\n');
  const { mistakes, message } = failureOf();
  expect(mistakes.map(({ line }) => line)).toEqual([2, 3]);
  expect(message.split('\n')).toHaveLength(2);
  expect(message).toMatch(/articles\/gateway\.yaml:2:14 .+\n.+articles\/gateway\.yaml:3:3 /u);
});

test.each<[string, RegExp, (path: string) => void]>([
  ['a folder', /is no file/u, (path) => mkdirSync(path)],
  ['a named pipe', /is no file/u, (path) => execFileSync('mkfifo', [path])],
  [
    'a link out of the content folder',
    /leads out of the content folder/u,
    (path) => {
      writeFileSync(join(root, 'outside.yaml'), good);
      symlinkSync('../outside.yaml', path);
    },
  ],
  ['a link to itself', /cannot be read \(ELOOP\)/u, (path) => symlinkSync(path, path)],
  ['a long text', /more than 256 KiB/u, (path) => writeFileSync(path, `${'# \n'.repeat(90_000)}${good}`)],
  [
    'what is not UTF-8',
    /:3:1 {2}This line is not UTF-8/u,
    (path) => writeFileSync(path, `${good}# \xe9\n`, 'latin1'),
  ],
  ['a NUL byte', /:1:1 {2}There is a NUL byte/u, (path) => writeFileSync(path, `\0${good}`)],
])('%s is refused with its reason', (_, reason, write) => {
  write(join(folder, 'gateway.yaml'));
  expect(failureOf().message).toMatch(reason);
});

test('one that is named and missing is refused', () => {
  writeFileSync(join(folder, 'gateway.yaml'), good);
  expect(failureOf(join(root, 'gone.yaml')).message).toMatch(/gone\.yaml does not exist/u);
});

test('what a hostile name would do to a terminal is taken out', () => {
  writeFileSync(join(folder, 'gateway.yaml'), 'fields:\n  "\\e[31mred\\nline": { kind: text }\n');
  expect(failureOf().message).not.toMatch(/\p{Cc}\[|\nline/u);
});

test('it is no article, and not counted as a file that nobody reads', async () => {
  writeFileSync(join(folder, 'gateway.yaml'), good);
  writeFileSync(join(folder, 'a.md'), 'Text.\n');
  mkdirSync(join(folder, 'deeper'));
  writeFileSync(join(folder, 'deeper', 'gateway.yaml'), good);
  const { files, unread } = await scanFolder(folder);
  expect(files.map(({ path }) => path)).toEqual(['a.md']);
  // Only at the top it is the model.
  expect(unread).toEqual({ '.yaml': 1 });
});

test('its mark is another when it comes, changes and goes, and there is none without the folder', () => {
  const mark = () => markModel({ folder, file: null });
  const none = mark();
  writeFileSync(join(folder, 'gateway.yaml'), good);
  const first = mark();
  writeFileSync(join(folder, 'gateway.yaml'), `${good}# more\n`);
  expect(new Set([none, first, mark()]).size).toBe(3);
  rmSync(join(folder, 'gateway.yaml'));
  expect(mark()).toBe(none);
  rmSync(folder, { recursive: true });
  expect(mark()).toBeNull();
});

test('the file that is the model is no article, under whatever name', async () => {
  writeFileSync(join(folder, 'a.md'), 'Text.\n');
  writeFileSync(join(folder, 'keys.md'), good);
  symlinkSync('keys.md', join(folder, 'link.md'));
  symlinkSync(join(folder, 'keys.md'), join(root, 'outside.yaml'));
  const named = await scanFolder(folder, join(folder, 'keys.md'));
  expect(named).toMatchObject({ files: [{ path: 'a.md' }], problems: [], unread: {} });
  const linked = await scanFolder(folder, join(root, 'outside.yaml'));
  expect(linked).toMatchObject({ files: [{ path: 'a.md' }], problems: [], unread: {} });
  // Where the model is another file, these are articles as all are.
  const other = await scanFolder(folder, join(root, 'none.yaml'));
  expect(other.files.map(({ path }) => path)).toEqual(['a.md', 'keys.md', 'link.md']);
  rmSync(join(folder, 'keys.md'));
  writeFileSync(join(folder, 'keys.yaml'), good);
  const yaml = await scanFolder(folder, join(folder, 'keys.yaml'));
  expect(yaml).toMatchObject({ files: [{ path: 'a.md' }], unread: {} });
});
