import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseModel } from '../../src/model/parse-model.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

const model = `fields:
  authors:   { kind: terms, of: Author, description: Who wrote it. }
  editor:    { kind: term, of: Author, public: false }
  series:    { kind: term, of: Series }
  subtitle:  { kind: text, from: [subtitle, deck] }
  motto:     { kind: text, index: true }
  weight:    { kind: int, order: true }
  rating:    { kind: float, order: true }
  score:     { kind: int, order: true, public: false }
  eventDate: { kind: date, from: event_date, order: true }
  featured:  { kind: boolean, default: false }
  level:     { kind: enum, values: [in progress, beginner], order: true }
  guide:     { kind: article }
  seeAlso:   { kind: articles }
  secretOf2: { kind: articles, public: false }
  speakers:  { kind: list, fields: { name: text, url: url, role: { kind: enum, values: [host, guest] } } }
  place:     { kind: object, fields: { name: text, lat: float } }
  notes:     { kind: object, fields: { text: text }, public: false }
  constructor: text
`;

const files: Record<string, string> = {
  'a.md': `title: A
date: 2024-01-01
authors: [Ann, Bo]
editor: Cy
series: Frost
deck: A Sub
motto: Straße
weight: -3
rating: 4.5
score: 9
event_date: 2024-05-06
featured: true
level: In Progress
guide: b
seeAlso: [/b, c, nowhere]
secretOf2: b
speakers: [{ name: Dee, url: "https://example.org/d", role: Host }, { name: Eve }]
place: { name: Here, lat: 1.25 }
notes: { text: hush }
constructor: yes it is`,
  'b.md': `title: B
date: 2024-01-02
authors: ann
weight: 5
rating: 0.1
level: beginner
guide: c`,
  'c.md': `title: C
draft: true
authors: [Zed, ANN]
weight: 1
guide: b`,
};

let engine: Engine;
const ask = async (query: string, preview = false) => {
  const { data, code } = await engine.ask(query, { preview });
  return code ?? data;
};
const titles = async (args: string, preview = false) => {
  const data = await ask(`{ articles(${args}) { totalCount edges { node { title } } } }`, preview);
  return typeof data === 'string'
    ? data
    : data.articles.edges.map(({ node }: { node: { title: string } }) => node.title).join('');
};

beforeAll(async () => {
  const parsed = parseModel(model);
  if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
  engine = await openEngine(
    (folder) => {
      mkdirSync(folder);
      for (const [name, text] of Object.entries(files))
        writeFileSync(`${folder}/${name}`, `---\n${text}\n---\nText.\n`);
    },
    undefined,
    parsed.model,
  );
});
afterAll(() => engine.close());

describe('the fields of own keys', () => {
  it('give each kind as its owner typed it', async () => {
    const { article } = await ask(`{ article(slug: "a") {
      authors { slug name } series { name } subtitle motto weight rating eventDate featured level constructor
      guide { title } seeAlso { title } speakers { name url role } place { name lat }
      first: authors(first: 1) { name } } }`);
    expect(article).toEqual({
      authors: [
        { slug: 'ann', name: 'Ann' },
        { slug: 'bo', name: 'Bo' },
      ],
      first: [{ name: 'Ann' }],
      ...{ series: { name: 'Frost' }, subtitle: 'A Sub', motto: 'Straße', weight: -3, rating: 4.5 },
      ...{ eventDate: '2024-05-06T00:00:00.000Z', featured: true, level: 'in_progress' },
      constructor: 'yes it is',
      guide: { title: 'B' },
      // What is hidden, and what is not there, is left out.
      seeAlso: [{ title: 'B' }],
      speakers: [
        { name: 'Dee', url: 'https://example.org/d', role: 'host' },
        { name: 'Eve', url: null, role: null },
      ],
      place: { name: 'Here', lat: 1.25 },
    });
  });

  it('are null, empty or their default where a file says nothing', async () => {
    const { article } = await ask(
      '{ article(slug: "b") { series { name } subtitle featured guide { title } seeAlso { title } speakers { name } place { name } eventDate } }',
    );
    expect(article).toEqual({
      ...{ series: null, subtitle: null, featured: false, guide: null, seeAlso: [], speakers: [] },
      ...{ place: null, eventDate: null },
    });
  });

  it('lead back, for each reader to what that reader sees', async () => {
    const query = `{ article(slug: "b") { guideOf { totalCount edges { node { title } } } seeAlsoOf { totalCount } } }`;
    expect((await ask(query)).article.guideOf).toEqual({ totalCount: 1, edges: [{ node: { title: 'A' } }] });
    expect((await ask(query, true)).article.guideOf.totalCount).toBe(2);
  });

  it('of an enum are sorted as its values are named, and what is missing comes last', async () => {
    const sorted = (direction: string) =>
      titles(`orderBy: [{ field: LEVEL, direction: ${direction} }]`, true);
    expect(await sorted('ASC')).toBe('ABC');
    expect(await sorted('DESC')).toBe('BAC');
  });

  it('are refused to others where they are for preview readers alone', async () => {
    for (const field of [
      'score',
      'editor { name }',
      'notes { text }',
      'secretOf2 { title }',
      'secretOf2Of { totalCount }',
    ])
      expect(await ask(`{ article(slug: "a") { ${field} } }`), field).toBe('FORBIDDEN');
    expect(await ask('{ author(slug: "cy") { name } }')).toEqual({ author: null });
    expect(await ask('{ authors { edges { node { editorOf { totalCount } } } } }')).toBe('FORBIDDEN');
    expect(await titles('filter: { score: { eq: 9 } }')).toBe('FORBIDDEN');
    expect(await titles('filter: { notes: { text: { eq: "hush" } } }')).toBe('FORBIDDEN');
    expect(await titles('filter: { secretOf2Of: { some: { title: { eq: "A" } } } }')).toBe('FORBIDDEN');
    expect(await titles('orderBy: [{ field: SCORE }]')).toBe('FORBIDDEN');
    expect(await ask('{ authors(filter: { editorOf: { count: { eq: 1 } } }) { totalCount } }')).toBe(
      'FORBIDDEN',
    );
    const { article } = await ask(
      '{ article(slug: "a") { score editor { name editorOf { totalCount } } notes { text } } }',
      true,
    );
    expect(article).toEqual({
      ...{ score: 9, editor: { name: 'Cy', editorOf: { totalCount: 1 } }, notes: { text: 'hush' } },
    });
    expect(await titles('filter: { score: { gt: 1 } }', true)).toBe('A');
  });
});

describe('the things that own keys name', () => {
  it('merge spellings, count and page as topics do', async () => {
    const query =
      '{ authors { totalCount edges { node { name articles { totalCount edges { node { title } } } } } } }';
    expect((await ask(query)).authors).toEqual({
      totalCount: 2,
      edges: [
        {
          node: {
            name: 'Ann',
            articles: { totalCount: 2, edges: [{ node: { title: 'B' } }, { node: { title: 'A' } }] },
          },
        },
        { node: { name: 'Bo', articles: { totalCount: 1, edges: [{ node: { title: 'A' } }] } } },
      ],
    });
    expect((await ask(query, true)).authors.totalCount).toBe(4);
    expect(await ask('{ author(slug: "zed") { name } }')).toEqual({ author: null });
    expect(
      await ask(
        '{ author(name: " ANN ") { name } seriesList { totalCount } series(slug: "frost") { name } }',
      ),
    ).toEqual({
      author: { name: 'Ann' },
      seriesList: { totalCount: 1 },
      series: { name: 'Frost' },
    });
  });

  it('are nodes', async () => {
    const { author } = await ask('{ author(slug: "ann") { id } }');
    const query = `{ node(id: "${author.id}") { __typename ... on Author { name } } }`;
    expect(await ask(query)).toEqual({ node: { __typename: 'Author', name: 'Ann' } });
    const hidden = await ask('{ author(slug: "zed") { id } }', true);
    expect(await ask(`{ nodes(ids: ["${hidden.author.id}"]) { id } }`)).toEqual({ nodes: [null] });
  });
});

describe('filters and orders by own keys', () => {
  it('take variables that leave out a key called as what all objects have', async () => {
    const query = 'query Q($filter: ArticleFilter) { articles(filter: $filter) { totalCount } }';
    const count = async (filter: object) => {
      const { data, code } = await engine.ask(query, { variables: { filter } });
      return code ?? data.articles.totalCount;
    };
    expect(await count({ weight: { lt: 0 } })).toBe(1);
    expect(await count({ or: [{ weight: { lt: 0 } }, { not: { weight: { lt: 0 } } }] })).toBe(2);
    expect(await count({ constructor: { contains: 'it' } })).toBe(1);
    expect(await count({ weight: { lt: 'x' } })).toBe('BAD_USER_INPUT');
    // The library itself answers what is about the schema.
    const about = `query Q($filter: ArticleFilter) { __schema { queryType { name } } articles(filter: $filter) { totalCount } }`;
    const { data } = await engine.ask(about, { variables: { filter: { weight: { lt: 0 } } } });
    expect(data).toEqual({ __schema: { queryType: { name: 'Query' } }, articles: { totalCount: 1 } });
  });

  it.each([
    ['weight: { lt: 0 }', 'A', 'A'],
    ['weight: { in: [5, 1] }', 'B', 'BC'],
    ['rating: { gte: 0.1, lt: 4.5 }', 'B', 'B'],
    ['rating: { isNull: true }', '', 'C'],
    ['subtitle: { eq: "a SUB" }', 'A', 'A'],
    ['subtitle: { contains: "SU" }', 'A', 'A'],
    ['motto: { eq: "STRASSE" }', 'A', 'A'],
    ['motto: { startsWith: "stras" }', 'A', 'A'],
    ['eventDate: { gt: "2024-05-05T00:00:00Z" }', 'A', 'A'],
    ['featured: { eq: false }', 'B', 'BC'],
    ['level: { in: [in_progress] }', 'A', 'A'],
    ['level: { ne: in_progress }', 'B', 'BC'],
    ['constructor: { contains: "it" }', 'A', 'A'],
    ['authors: { some: { name: { eq: "ANN" } } }', 'BA', 'BAC'],
    ['authors: { count: { eq: 2 } }', 'A', 'AC'],
    ['authors: { none: { slug: { eq: "bo" } } }', 'B', 'BC'],
    ['series: { name: { startsWith: "fr" } }', 'A', 'A'],
    ['guide: { title: { eq: "b" } }', 'A', 'AC'],
    ['guide: { title: { eq: "c" } }', '', 'B'],
    ['guideOf: { some: { weight: { lt: 0 } } }', 'B', 'B'],
    ['guideOf: { some: { weight: { eq: 1 } } }', '', 'B'],
    ['seeAlso: { count: { gte: 1 } }', 'A', 'A'],
    // What leads nowhere is not counted.
    ['seeAlso: { count: { eq: 1 } }', 'A', ''],
    ['seeAlso: { count: { eq: 2 } }', '', 'A'],
    ['speakers: { some: { role: { eq: host }, name: { eq: "dee" } } }', 'A', 'A'],
    ['speakers: { every: { url: { isNull: false } } }', 'B', 'BC'],
    ['place: { lat: { gt: 1 } }', 'A', 'A'],
    ['not: { place: { name: { eq: "here" } } }', 'B', 'BC'],
  ])('%s', async (filter, shown, all) => {
    expect(await titles(`filter: { ${filter} }`)).toBe(shown);
    expect(await titles(`filter: { ${filter} }`, true)).toBe(all);
  });

  it.each([
    ['WEIGHT', 'ACB', 'BCA'],
    ['RATING', 'BAC', 'ABC'],
    ['EVENT_DATE', 'A', 'A'],
    ['LEVEL', 'ABC', 'BAC'],
  ])('by %s, what is missing last, page by page with cursors', async (field, up, down) => {
    for (const [direction, expected] of [
      ['ASC', up],
      ['DESC', down],
    ] as const) {
      let found = '';
      let after = '';
      for (let page = 0; page < 3; page += 1) {
        const { articles } = await ask(
          `{ articles(first: 1, orderBy: [{ field: ${field}, direction: ${direction} }]${after}) { edges { cursor node { title } } } }`,
          true,
        );
        found += articles.edges[0].node.title;
        after = `, after: "${articles.edges[0].cursor}"`;
      }
      expect(found.slice(0, expected.length)).toBe(expected);
      expect(new Set(found).size).toBe(3);
    }
  });
});
