import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { openContent } from './features.ts';

let world: Awaited<ReturnType<typeof openContent>>;
beforeAll(async () => {
  world = await openContent({ reading: { ...defaultReading, siteUrl: 'https://site.example/blog' } });
  const write = (name: string, front: string) =>
    world.content.writeText(name, `---\ntitle: T\n${front}\n---\nText.\n`);
  write(
    'a.md',
    'permalink: /deep/a/\naliases: [/old/a/, "older a", /caf%C3%A9]\nrelated: [/posts/bundle/, /old/b]',
  );
  write('posts/bundle/index.md', 'type: note\nrelated: [https://www.site.example/blog/deep/a?utm_source=x]');
  write('hidden.md', 'path: /secret/\nredirect_from: [/hidden-old, /old/b]\npublished: false');
  write('relative.md', 'url: /relative/\nredirect_from: /deep/a');
  write('absolute.md', 'url: https://else.example/x\nrelated: [{ title: Out, url: /nowhere }]');
  write('bad.md', 'permalink: /a/../b');
  await world.sync();
});
afterAll(() => world?.close());

const slugAt = async (path: string, preview = false) => {
  const { data } = await world.ask(`{ article(path: ${JSON.stringify(path)}) { slug } }`, { preview });
  return data.article?.slug ?? null;
};

test('an article is found by its path, with a slash at the end or without, and before one that had it', async () => {
  for (const path of ['/deep/a/', '/deep/a', 'deep/a']) expect(await slugAt(path)).toBe('a');
  expect(await slugAt('/posts/bundle')).toBe('posts/bundle');
  expect(await slugAt('/relative/')).toBe('relative');
  expect(await slugAt('/absolute')).toBe('absolute');
  for (const path of ['', '/', '/nowhere', '/deep', '/a']) expect(await slugAt(path)).toBe(null);
});

test('an article is found by each of its aliases, however they are written', async () => {
  for (const path of [
    '/old/a',
    'old/a/',
    '/older a',
    '/older%20a/',
    '/café',
    '/cafe\u0301',
    '/caf%c3%a9?x#y',
  ])
    expect([path, await slugAt(path)]).toEqual([path, 'a']);
});

test('neither path nor alias of a hidden one finds anything', async () => {
  for (const path of ['/secret/', '/hidden-old', '/old/b']) {
    expect(await slugAt(path)).toBe(null);
    expect(await slugAt(path, true)).toBe('hidden');
  }
});

test('related links meet articles by path and alias, as addresses within the site too', async () => {
  const query = (slug: string) => `{ article(slug: "${slug}") {
    related { title webUrl article { slug } } referencedBy { edges { node { slug } } } } }`;
  const { data } = await world.ask(query('a'));
  expect(data.article).toEqual({
    related: [
      { title: null, webUrl: 'https://site.example/blog/posts/bundle/', article: { slug: 'posts/bundle' } },
      { title: null, webUrl: 'https://site.example/blog/old/b', article: null },
    ],
    referencedBy: { edges: [{ node: { slug: 'posts/bundle' } }] },
  });
  const preview = await world.ask(query('a'), { preview: true });
  expect(preview.data.article.related[1].article).toEqual({ slug: 'hidden' });
  const out = await world.ask(query('absolute'));
  expect(out.data.article.related).toEqual([
    { title: 'Out', webUrl: 'https://site.example/blog/nowhere', article: null },
  ]);
});

test('webUrl is made of the site where a file gives none, and finds the article', async () => {
  const { data } = await world.ask(
    `{ a: article(url: "https://www.site.example/blog/deep/a") { slug webUrl } b: article(slug: "absolute") { webUrl } }`,
  );
  expect(data).toEqual({
    a: { slug: 'a', webUrl: 'https://site.example/blog/deep/a/' },
    b: { webUrl: 'https://else.example/x' },
  });
});

test('what is no path is told of, and the slug is taken', async () => {
  expect(await slugAt('/bad')).toBe('bad');
  const { problems } = await world.sync();
  expect(problems.map(({ path, code, line }) => [path, code, line])).toEqual([
    ['bad.md', 'SITE_PATH_INVALID', 3],
    ['relative.md', 'ALIAS_TAKEN', null],
  ]);
});

test('links follow articles that come, move and go', async () => {
  const metBy = async () =>
    (await world.ask('{ article(slug: "absolute") { related { article { slug } } } }')).data.article
      .related[0].article;
  world.content.writeText('here.md', '---\ntitle: Here\naliases: [/nowhere/]\n---\nText.\n');
  await world.sync();
  expect(await metBy()).toEqual({ slug: 'here' });
  world.content.writeText('here.md', '---\ntitle: Here\n---\nText.\n');
  world.content.writeText('nowhere.md', '---\ntitle: Nowhere\n---\nText.\n');
  await world.sync();
  expect(await metBy()).toEqual({ slug: 'nowhere' });
  world.content.remove('nowhere.md');
  await world.sync();
  expect(await metBy()).toBe(null);
});
