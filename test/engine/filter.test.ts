import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;

// Groups of spellings that differ in case only, in the scripts where that is hard.
const SAME = [
  ['Straße', 'STRASSE', 'STRAẞE', 'strasse'],
  ['Σίσυφος', 'ΣΊΣΥΦΟΣ', 'σίσυφοσ'],
  ['Café', 'CAFÉ', 'cafe\u0301', 'CAFE\u0301'],
  ['Öğüt', 'ÖĞÜT', 'öğüt'],
  ['ﬁsh', 'FISH', 'fish'],
  ['Ǆep', 'ǆep', 'ǅep'],
  ['Привет', 'ПРИВЕТ', 'привет'],
  ['時計', '時計'],
  ['😀 Smile', '😀 smile'],
];

beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    for (const [index, spellings] of SAME.entries()) {
      const title = JSON.stringify(`x ${spellings[0]} y`);
      writeFileSync(
        `${folder}/${index}.md`,
        [
          `---\ntitle: ${title}\ntopics: [${JSON.stringify(spellings[0])}]\nexcerpt: "One\\n  two"\ndate: 2024-05-06`,
          `related: [{ webUrl: 'https://press.example/${index}', excerpt: ${title}, images: ['https://img.example/Cover-${index}.PNG'] }, { title: 'No excerpt' }]\n---\n`,
        ].join('\n'),
      );
    }
  });
});
afterAll(() => engine?.close());

async function slugsWhere(filter: object): Promise<string[]> {
  const { data } = await engine.ask(
    'query Q($filter: ArticleFilter) { articles(filter: $filter, orderBy: []) { edges { node { slug } } } }',
    {
      variables: { filter },
    },
  );
  return data.articles.edges.map(({ node }: { node: { slug: string } }) => node.slug).sort();
}

test.each(SAME.map((spellings, index) => [spellings.join(' '), spellings, String(index)] as const))(
  '%s',
  async (_, spellings, slug) => {
    const others = SAME.map((__, index) => String(index)).filter((other) => other !== slug);
    for (const text of spellings) {
      expect(await slugsWhere({ title: { eq: `X ${text} Y` } })).toEqual([slug]);
      expect(await slugsWhere({ title: { in: [`x ${text} y`, 'none'] } })).toEqual([slug]);
      expect(await slugsWhere({ title: { contains: text } })).toEqual([slug]);
      expect(await slugsWhere({ title: { startsWith: `X ${text}` } })).toEqual([slug]);
      expect(await slugsWhere({ title: { endsWith: `${text} Y` } })).toEqual([slug]);
      expect(await slugsWhere({ title: { ne: `X ${text} Y` } })).toEqual(others);
      expect(await slugsWhere({ title: { notIn: [`x ${text} y`] } })).toEqual(others);
      expect(await slugsWhere({ topics: { some: { name: { eq: text } } } })).toEqual([slug]);
      // Of an excerpt, the folded form is kept only where lower case alone is not it.
      const excerpts = {
        eq: `X ${text} Y`,
        in: [`X ${text} Y`],
        contains: text,
        startsWith: `X ${text}`,
        endsWith: `${text} Y`,
      };
      for (const [operator, operand] of Object.entries(excerpts)) {
        expect(await slugsWhere({ related: { some: { excerpt: { [operator]: operand } } } })).toEqual([slug]);
      }
      expect(
        await slugsWhere({ related: { some: { excerpt: { isNull: false, ne: `X ${text} Y` } } } }),
      ).toEqual(others);
      const { data } = await engine.ask('query Q($name: String) { topic(name: $name) { name } }', {
        variables: { name: ` ${text} ` },
      });
      expect(data.topic).toEqual({ name: spellings[0] });
    }
  },
);

test('a part that ends in a sigma is found in the middle of a word', async () => {
  for (const part of ['Σίσ', 'ΣΊΣ', 'σίς'])
    expect(await slugsWhere({ title: { contains: part } })).toEqual(['1']);
});

test('empty lists and empty filters', async () => {
  const all = SAME.length;
  const counts: [filter: object, count: number][] = [
    [{}, all],
    [{ and: [] }, all],
    [{ or: [] }, 0],
    [{ or: [{}] }, all],
    [{ not: {} }, 0],
    [{ not: { or: [] } }, all],
    [{ title: {} }, all],
    [{ title: { in: [] } }, 0],
    [{ title: { notIn: [] } }, all],
    [{ topics: {} }, all],
    [{ topics: { some: {} } }, all],
    [{ images: { some: {} } }, 0],
    [{ images: { every: { or: [] } } }, all],
    [{ topics: { every: { or: [] } } }, 0],
    [{ images: { none: {} } }, all],
    [{ provider: {} }, 0],
    [{ not: { provider: {} } }, all],
  ];
  for (const [filter, count] of counts) {
    expect([filter, (await slugsWhere(filter)).length]).toEqual([filter, count]);
  }
});

test('white space inside a text is one space, at its ends it counts', async () => {
  const all = SAME.map((_, index) => String(index));
  expect(await slugsWhere({ excerpt: { eq: 'one two' } })).toEqual(all);
  expect(await slugsWhere({ excerpt: { eq: 'ONE\n\ttwo' } })).toEqual(all);
  expect(await slugsWhere({ excerpt: { contains: 'e t' } })).toEqual(all);
  expect(await slugsWhere({ excerpt: { contains: ' one' } })).toEqual([]);
});

test('an empty part is in every text, and in no missing one', async () => {
  for (const operator of ['contains', 'startsWith', 'endsWith']) {
    expect(await slugsWhere({ title: { [operator]: '' } })).toHaveLength(SAME.length);
    expect(await slugsWhere({ category: { [operator]: '' } })).toEqual([]);
  }
});

test('a moment that its offset carries out of the four-digit years is after or before all', async () => {
  const late = '9999-12-31T23:59:59-05:00';
  const early = '0000-01-01T00:00:00+05:00';
  const counts: [condition: object, count: number][] = [
    [{ lt: late }, SAME.length],
    [{ lte: late }, SAME.length],
    [{ gt: late }, 0],
    [{ gte: late }, 0],
    [{ eq: late }, 0],
    [{ gt: early }, SAME.length],
    [{ gte: early }, SAME.length],
    [{ lt: early }, 0],
    [{ in: [early, late] }, 0],
  ];
  for (const [condition, count] of counts)
    expect([condition, (await slugsWhere({ publishedAt: condition })).length]).toEqual([condition, count]);
});

test('an address is found in any case, and a missing excerpt by isNull alone', async () => {
  const where = (url: object) => slugsWhere({ related: { some: { images: { some: { url } } } } });
  expect(await where({ eq: 'HTTPS://IMG.example/cover-3.png' })).toEqual(['3']);
  expect(await where({ endsWith: 'COVER-4.png' })).toEqual(['4']);
  expect(await where({ contains: 'cover-5.P' })).toEqual(['5']);
  expect(await slugsWhere({ related: { every: { excerpt: { isNull: false } } } })).toEqual([]);
  expect(
    await slugsWhere({ related: { some: { excerpt: { isNull: true }, title: { eq: 'no EXCERPT' } } } }),
  ).toHaveLength(SAME.length);
});
