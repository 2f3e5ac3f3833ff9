import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(join(folder, 'posts/bundle'), { recursive: true });
    const write = (name: string, front: string) =>
      writeFileSync(join(folder, name), `---\ntitle: T\n${front}\n---\nText.\n`);
    write('a.md', 'permalink: /deep/a/');
    write('posts/bundle/index.md', 'type: note');
    write('hidden.md', 'path: /secret/\npublished: false');
    write('relative.md', 'url: /relative/');
    write('absolute.md', 'url: https://site.example/x');
    write('bad.md', 'permalink: /a/../b');
  });
});
afterAll(() => engine?.close());

const slugAt = async (path: string, preview = false) => {
  const { data } = await engine.ask('query Q($path: String!) { article(path: $path) { slug path } }', {
    variables: { path },
    preview,
  });
  return data.article?.slug ?? null;
};

test('an article is found by its path, with a slash at the end or without', async () => {
  for (const path of ['/deep/a/', '/deep/a', 'deep/a']) expect(await slugAt(path)).toBe('a');
  expect(await slugAt('/posts/bundle')).toBe('posts/bundle/index');
  expect(await slugAt('/relative/')).toBe('relative');
  expect(await slugAt('/absolute')).toBe('absolute');
  for (const path of ['', '/', '/nowhere', '/deep', '/a']) expect(await slugAt(path)).toBe(null);
});

test('the path of a hidden one finds nothing', async () => {
  expect(await slugAt('/secret/')).toBe(null);
  expect(await slugAt('/secret/', true)).toBe('hidden');
});

test('what is no path is told of, and the slug is taken', async () => {
  expect(await slugAt('/bad')).toBe('bad');
  expect(engine.sync.problems.map(({ path, code, line }) => [path, code, line])).toEqual([
    ['bad.md', 'SITE_PATH_INVALID', 3],
  ]);
});
