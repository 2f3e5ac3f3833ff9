import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPlace, loadArticles, type Place, type RunningCli, startProcess } from '../cli/run-cli.ts';
import { codeBlocks, readPage, section } from '../docs/markdown.ts';
import { askGateway, type Consumer, collectCalls, type Data, nodesOf, type Page } from './ask-gateway.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';

// What the README says of a new kind of things and of a new key is done to a copy of the project, which is then started.
const KIND = 'src/model/kinds/author.ts';
const KINDS = 'src/model/kinds/shared-kinds.ts';
const KEYS = 'src/model/built-in/article.ts';
const TOKEN = 'preview-token-0123456789';

const blocks = codeBlocks(
  section(readPage('README.md'), '### Add a kind of thing').replace(/^ {3}(?=\S| {2})/gmu, ''),
);
const [kind = '', listing = '', key = '', commands = ''] = blocks.map(({ text }) => text);

let copy: ProjectCopy;
let place: Place;
let consumer: Consumer;
let server: RunningCli;
let url: string;
let seeded: string;

const article = (title: string, keys: string) => `---\ntitle: ${title}\n${keys}\n---\nWords.\n`;

beforeAll(async () => {
  place = createPlace();
  place.write('one.md', article('First light', 'authors: [Ann Lee, Bo]\nedition: 2\ndate: 2024-03-01'));
  place.write('two.md', article('Second wind', 'byline: ann  lee\nedition: 1\nautors: [Nobody]'));
  place.write(
    'plan.md',
    article('Third time', 'authors: [Ghost, Ann Lee, Ann Lee]\nedition: 9\ndraft: true'),
  );
  // The index is there already, made by the project as it is.
  await loadArticles(place);

  copy = copyProject();
  copy.add(KIND, kind);
  const [importing = '', list = ''] = listing.split('\n');
  copy.change(KINDS, 'import type { SharedKind }', `${importing}\nimport type { SharedKind }`);
  copy.change(
    KINDS,
    'export const sharedKinds = [topic, category] as const satisfies readonly SharedKind[];',
    list,
  );
  copy.change(KEYS, '\n} as const satisfies Keys;', `\n${key.trimEnd()}\n} as const satisfies Keys;`);
  seeded = await copy.run(commands, place.env);

  consumer = await collectCalls();
  server = startProcess(
    process.execPath,
    ['--import', 'tsx', 'scripts/run.ts', 'serve', '--port', '0'],
    {
      ...place.env,
      LOG_LEVEL: 'warn',
      INTROSPECTION: 'on',
      PREVIEW_TOKENS: `editor:${TOKEN}`,
      WEBHOOK_URL: consumer.url,
      WEBHOOK_SECRET: 'webhook-secret-0123456789',
    },
    copy.root,
  );
  [, url = ''] = await server.says(/^(http:\/\/localhost:\d+\/graphql)\n/m);
}, 300_000);

afterAll(async () => {
  server?.child.kill('SIGKILL');
  await server?.result;
  consumer?.close();
  copy?.remove();
  place?.remove();
});

const ask = <T = Data>(query: string) => askGateway<T>(url, query);
const asPreview = <T = Data>(query: string) =>
  askGateway<T>(url, query, { authorization: `Bearer ${TOKEN}` });

describe('a kind of things that a file describes', () => {
  it('takes two files and no more than 40 lines, and a key a few lines of a third', () => {
    const { [KIND]: file = 0, [KINDS]: list = 0, [KEYS]: entry = 0, ...others } = copy.added();
    expect(others).toEqual({});
    expect(file).toBeGreaterThan(0);
    expect(list).toBeGreaterThan(0);
    expect(file + list).toBeLessThanOrEqual(40);
    expect(entry).toBeLessThanOrEqual(6);
  });

  it('agrees with the types of all that is made of it', async () => {
    await copy.run('node node_modules/typescript/bin/tsc --noEmit -p tsconfig.build.json');
  }, 300_000);

  it('is told of by the load', () => {
    expect(seeded).toMatch(/3 authors/);
  });

  it('has a type with lists, and root fields by id, slug and name', async () => {
    const author = '{ id slug name articles { totalCount edges { node { slug } } } }';
    const found = await ask<{ bySlug: { id: string } }>(`{
      bySlug: author(slug: "ann-lee") ${author}
      byName: author(name: "ANN  Lee") { slug }
      authors { totalCount edges { node { slug name articles { totalCount } } } }
    }`);
    expect(found).toEqual({
      bySlug: {
        id: expect.stringMatching(/^w_/),
        slug: 'ann-lee',
        name: 'Ann Lee',
        articles: { totalCount: 2, edges: [{ node: { slug: 'one' } }, { node: { slug: 'two' } }] },
      },
      byName: { slug: 'ann-lee' },
      authors: {
        totalCount: 2,
        edges: [
          { node: { slug: 'ann-lee', name: 'Ann Lee', articles: { totalCount: 2 } } },
          { node: { slug: 'bo', name: 'Bo', articles: { totalCount: 1 } } },
        ],
      },
    });
    const { id } = found.bySlug;
    expect(await ask(`{ node(id: "${id}") { __typename ... on Author { slug } } }`)).toEqual({
      node: { __typename: 'Author', slug: 'ann-lee' },
    });
  });

  it('is a field of articles, in the order of the file, and what they are filtered by', async () => {
    expect(
      await ask(`{
        article(slug: "one") { authors { name } }
        some: articles(filter: { authors: { some: { name: { eq: "BO" } } } }) { edges { node { slug } } }
        many: articles(filter: { authors: { count: { gt: 1 } } }) { totalCount }
        without: authors(filter: { articles: { none: { edition: { eq: 1 } } } }) { edges { node { slug } } }
        busiest: authors(first: 1, orderBy: [{ field: ARTICLE_COUNT, direction: DESC }]) { edges { node { slug } } }
      }`),
    ).toEqual({
      article: { authors: [{ name: 'Ann Lee' }, { name: 'Bo' }] },
      some: { edges: [{ node: { slug: 'one' } }] },
      many: { totalCount: 1 },
      without: { edges: [{ node: { slug: 'bo' } }] },
      busiest: { edges: [{ node: { slug: 'ann-lee' } }] },
    });
  });

  it('is counted, for each audience', async () => {
    const counts = '{ contentVersion { counts { articles authors } } }';
    expect(await ask(counts)).toEqual({ contentVersion: { counts: { articles: 2, authors: 2 } } });
    expect(await asPreview(counts)).toEqual({
      contentVersion: { counts: { articles: 3, authors: 3 } },
    });
  });

  it('tells nothing of hidden articles', async () => {
    const ghost = '{ author(slug: "ghost") { id name articles { totalCount } } }';
    const { author: seen } = await asPreview<{ author: { id: string } }>(ghost);
    expect(seen).toMatchObject({ name: 'Ghost', articles: { totalCount: 1 } });
    const answer = await ask(`{
      author(slug: "ghost") { id }
      byName: author(name: "Ghost") { id }
      byId: author(id: "${seen.id}") { id }
      node(id: "${seen.id}") { id }
      nodes(ids: ["${seen.id}"]) { id }
      authors(filter: { slug: { eq: "ghost" } }) { totalCount }
      articles(filter: { authors: { some: { slug: { eq: "ghost" } } } }) { totalCount }
      shared: author(slug: "ann-lee") { articles(filter: { edition: { eq: 9 } }) { totalCount } }
      bySharedHidden: authors(filter: { articles: { some: { edition: { eq: 9 } } } }) { totalCount }
    }`);
    expect(answer).toEqual({
      ...{ author: null, byName: null, byId: null, node: null, nodes: [null] },
      ...{ authors: { totalCount: 0 }, articles: { totalCount: 0 } },
      ...{ shared: { articles: { totalCount: 0 } }, bySharedHidden: { totalCount: 0 } },
    });
  });

  it('knows a misspelt key, and a name that stands twice', async () => {
    const data = await asPreview<{ problems: Page<{ path: string }> }>(
      '{ problems { edges { node { path code message fix } } } }',
    );
    const of = (path: string) => nodesOf(data.problems).filter((problem) => problem.path === path);
    expect(of('two.md')).toMatchObject([{ code: 'UNKNOWN_KEY', fix: expect.stringContaining('`authors`') }]);
    expect(of('plan.md')).toMatchObject([
      { code: 'NAME_REPEATED', message: 'The author stands twice in the list.' },
    ]);
  });
});

describe('a key that an entry describes', () => {
  it('is a field, a filter and an order, alone and under a thing of the kind', async () => {
    const page = 'edges { cursor node { slug edition } }';
    type Articles = Page<{ slug: string; edition: number }>;
    const found = await ask<{ articles: Articles; author: { articles: Articles }; few: Articles }>(`{
      articles(orderBy: [{ field: EDITION }]) { ${page} }
      author(slug: "ann-lee") { articles(orderBy: [{ field: EDITION, direction: DESC }]) { ${page} } }
      few: articles(filter: { edition: { lt: 2 } }) { ${page} }
    }`);
    const one = { slug: 'one', edition: 2 };
    const two = { slug: 'two', edition: 1 };
    expect(nodesOf(found.articles)).toEqual([two, one]);
    expect(nodesOf(found.author.articles)).toEqual([one, two]);
    expect(nodesOf(found.few)).toEqual([two]);
    const next = await ask<{ articles: Articles }>(
      `{ articles(orderBy: [{ field: EDITION }], after: "${found.articles.edges[0]?.cursor}") { ${page} } }`,
    );
    expect(nodesOf(next.articles)).toEqual([one]);
    const data = await asPreview<{ articles: Articles }>(
      `{ articles(orderBy: [{ field: EDITION, direction: DESC }]) { ${page} } }`,
    );
    expect(nodesOf(data.articles)).toEqual([{ slug: 'plan', edition: 9 }, one, two]);
  });
});

describe('what caches purge', () => {
  it('has a key of each thing of the kind', async () => {
    const keysOf = async (query: string) => {
      const { headers } = await fetch(`${url}?${new URLSearchParams({ query })}`);
      return headers.get('surrogate-key')?.split(' ').sort();
    };
    expect(await keysOf('{ article(slug: "one") { slug authors { slug } } }')).toEqual([
      ...['article:one', 'author:ann-lee', 'author:bo'],
    ]);
    expect(await keysOf('{ authors { totalCount } }')).toEqual(['author']);
    expect(await keysOf('{ author(slug: "ghost") { slug } }')).toEqual(['author']);
  });

  // The last, since it changes an article.
  it('is called by those keys when an article changes', async () => {
    const { calls } = consumer;
    const before = calls.length;
    place.write('one.md', article('First light', 'authors: [Cy]\nedition: 3'));
    await vi.waitFor(() => expect(calls.length).toBeGreaterThan(before), 20_000);
    const keys = calls.at(-1)?.keys ?? [];
    expect(keys.filter((name) => name.startsWith('author')).sort()).toEqual([
      ...['author', 'author:ann-lee', 'author:bo', 'author:cy'],
    ]);
    expect(
      await ask('{ authors { edges { node { slug articles { totalCount } } } } author(slug: "bo") { id } }'),
    ).toEqual({
      authors: {
        edges: [
          { node: { slug: 'ann-lee', articles: { totalCount: 1 } } },
          { node: { slug: 'cy', articles: { totalCount: 1 } } },
        ],
      },
      author: null,
    });
  });
});
