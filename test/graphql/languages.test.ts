import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultReading } from '../../src/content/reading.ts';
import { openContent } from './features.ts';

let world: Awaited<ReturnType<typeof openContent>>;
beforeAll(async () => {
  world = await openContent({
    reading: { ...defaultReading, locales: ['fr', 'pt_br'], defaultLocale: 'en' },
  });
  const write = (name: string, front = '') =>
    world.content.writeText(name, `---\ntitle: ${name}\n${front}\n---\nText.\n`);
  write('about.md');
  write('about.fr.md');
  write('pt-BR/about.md', 'permalink: /sobre/');
  write('about.de.md', 'published: false');
  write('fr/sea/index.md');
  write('sea.de.md', 'related: [/about]');
  write('sea.fr.md', 'slug: mer\nrelated: [/about]');
  write('keyed-one.md', 'translationKey: k');
  write('keyed-two.md', 'lang: fr\ntranslationKey: k\naliases: [/about-us]');
  write('keyed-three.md', 'lang: de\ntranslationKey: k\naliases: [/about-us]');
  await world.sync();
});
afterAll(() => world?.close());

const title = async (args: string, preview = false) =>
  (await world.ask(`{ article(${args}) { title } }`, { preview })).data.article?.title ?? null;

test('files that differ in their language alone have one slug and one path, and none is lost', async () => {
  const { data } = await world.ask(
    '{ articles(orderBy: [{field: TITLE, direction: ASC}]) { edges { node { title slug locale path } } } }',
  );
  const found = data.articles.edges.map(({ node }: { node: Record<string, string> }) => Object.values(node));
  expect(found).toEqual([
    ['about.fr.md', 'about', 'fr', '/about'],
    ['about.md', 'about', 'en', '/about'],
    ['fr/sea/index.md', 'sea', 'fr', '/sea'],
    ['keyed-one.md', 'keyed-one', 'en', '/keyed-one'],
    ['keyed-three.md', 'keyed-three', 'de', '/keyed-three'],
    ['keyed-two.md', 'keyed-two', 'fr', '/keyed-two'],
    ['pt-BR/about.md', 'about', 'pt-BR', '/sobre/'],
    ['sea.de.md', 'sea', 'de', '/sea'],
    ['sea.fr.md', 'mer', 'fr', '/mer'],
  ]);
  expect((await world.sync()).problems).toEqual([]);
});

test.each<[args: string, title: string | null]>([
  ['slug: "about"', 'about.md'],
  ['slug: "about", locale: "en"', 'about.md'],
  ['slug: "about", locale: "fr"', 'about.fr.md'],
  ['slug: "about", locale: "PT_br"', 'pt-BR/about.md'],
  ['slug: "about", locale: "pt"', null],
  ['slug: "about", locale: "not a language"', null],
  ['slug: "about", locale: "de"', null],
  ['slug: "sea"', 'sea.de.md'],
  ['path: "/sea/"', 'sea.de.md'],
  ['path: "/sea/", locale: "fr"', 'fr/sea/index.md'],
  ['path: "/about-us"', 'keyed-three.md'],
  ['path: "/about-us", locale: "fr"', 'keyed-two.md'],
  ['path: "/about-us", locale: "en"', null],
])('article(%s) is %s', async (args, expected) => {
  expect(await title(args)).toBe(expected);
});

test('a language is no way to find an article by itself', async () => {
  expect((await world.ask('{ article(locale: "fr") { title } }')).errors?.[0]?.message).toContain(
    'exactly one',
  );
});

test('translations are what stands at the same place or has the same key, in other languages, by language', async () => {
  const translations = async (slug: string, locale: string, preview = false) => {
    const query = `{ article(slug: "${slug}", locale: "${locale}") { translations { title } two: translations(first: 1) { title } } }`;
    const { article } = (await world.ask(query, { preview })).data;
    const titles = article.translations.map((other: { title: string }) => other.title);
    expect(article.two.map((other: { title: string }) => other.title)).toEqual(titles.slice(0, 1));
    return titles;
  };
  expect(await translations('about', 'en')).toEqual(['about.fr.md', 'pt-BR/about.md']);
  expect(await translations('about', 'en', true)).toEqual(['about.de.md', 'about.fr.md', 'pt-BR/about.md']);
  expect(await translations('about', 'pt-BR')).toEqual(['about.md', 'about.fr.md']);
  expect((await translations('sea', 'de')).sort()).toEqual(['fr/sea/index.md', 'sea.fr.md']);
  expect(await translations('keyed-one', 'en')).toEqual(['keyed-three.md', 'keyed-two.md']);
  expect(await translations('mer', 'fr')).toEqual(['sea.de.md']);
});

test('a link leads to the article in the language of its own, else to that of the settings', async () => {
  const met = async (slug: string, locale: string) => {
    const query = `{ article(slug: "${slug}", locale: "${locale}") { related { article { title } } } }`;
    return (await world.ask(query)).data.article.related[0].article.title;
  };
  expect(await met('mer', 'fr')).toBe('about.fr.md');
  expect(await met('sea', 'de')).toBe('about.md');
});

test('ids do not depend on the language of the settings', async () => {
  const ids = async () =>
    (await world.ask('{ articles { edges { node { id title } } } }')).data.articles.edges.map(
      ({ node }: { node: { id: string; title: string } }) => `${node.title} ${node.id}`,
    );
  const before = await ids();
  await world.sync({ reading: { ...defaultReading, locales: ['fr', 'pt_br'] } });
  expect((await ids()).sort()).toEqual(before.sort());
  expect(await title('slug: "about"')).toBe('about.md');
  expect(await title('slug: "about", locale: "en"')).toBe(null);
});

test('the addresses of a site have the languages that paths tell, but for the main one', async () => {
  const reading = {
    ...defaultReading,
    locales: ['fr', 'pt-BR'],
    defaultLocale: 'en',
    siteUrl: 'https://s.example',
  };
  await world.sync({ reading });
  const { data } = await world.ask('{ articles(first: 50) { edges { node { title webUrl } } } }');
  const urls = Object.fromEntries(
    data.articles.edges.map(({ node }: { node: { title: string; webUrl: string } }) => [
      node.title,
      node.webUrl,
    ]),
  );
  expect(urls).toMatchObject({
    'about.md': 'https://s.example/about',
    'about.fr.md': 'https://s.example/fr/about',
    'pt-BR/about.md': 'https://s.example/sobre/',
    'fr/sea/index.md': 'https://s.example/fr/sea',
    'keyed-two.md': 'https://s.example/keyed-two',
  });
  expect(new Set(Object.values(urls)).size).toBe(Object.keys(urls).length);
});
