import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

const habits = fileURLToPath(new URL('../fixtures/habits/', import.meta.url));

/** What the owner of a file expects of it; of what may be left out nothing is said. */
interface Expected {
  title: string;
  publishedAt: string | null;
  path: string;
  locale: string | null;
  topics: string[];
  categories: string[];
  excerpt: string | null;
  updatedAt?: string;
  plainText?: string;
  /** When it is hidden; it is public else. */
  hiddenBecause?: string[];
}

/** What may be told of a folder that its tool is at home in. */
const TOLD = new Set(['UNKNOWN_KEY', 'TEMPLATE_LEFT_OUT', 'FRAME_LINKED']);
const SAID_OF_EACH = ['title', 'publishedAt', 'path', 'locale', 'topics', 'categories', 'excerpt'];
const FEWEST_FILES = 12;

const QUERY = `{ articles(first: 100) { totalCount edges { node {
  title publishedAt updatedAt locale path excerpt hiddenBecause plainText
  topics { name } categories { name }
} } } }`;

interface Found extends Required<Omit<Expected, 'topics' | 'categories'>> {
  topics: { name: string }[];
  categories: { name: string }[];
}

describe.each(readdirSync(habits))('a folder as %s has it', (tool) => {
  const expected: Expected[] = JSON.parse(readFileSync(`${habits}${tool}/expected.json`, 'utf8'));
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine((folder) => cpSync(`${habits}${tool}/content`, folder, { recursive: true }));
  });
  afterAll(() => engine?.close());

  async function ask(preview: boolean): Promise<Expected[]> {
    const { data } = await engine.ask(QUERY, { preview });
    const found: Found[] = data.articles.edges.map(({ node }: { node: Found }) => node);
    expect(data.articles.totalCount).toBe(found.length);
    return found.map(({ topics, categories, ...rest }) => ({
      ...rest,
      topics: topics.map(({ name }) => name),
      categories: categories.map(({ name }) => name),
    }));
  }

  test('has enough files, and all is said of each', () => {
    const files = readdirSync(`${habits}${tool}/content`, { recursive: true, withFileTypes: true });
    expect(files.filter((file) => file.isFile())).toHaveLength(expected.length);
    expect(expected.length).toBeGreaterThanOrEqual(FEWEST_FILES);
    for (const file of expected) expect(Object.keys(file)).toEqual(expect.arrayContaining(SAID_OF_EACH));
  });

  const byTitle = (one: Expected, other: Expected) => (one.title < other.title ? -1 : 1);

  test('has every article, with what its owner expects of it', async () => {
    const found = (await ask(true)).sort(byTitle);
    expect(found.map(({ title }) => title)).toEqual(expected.map(({ title }) => title).sort());
    expect(found).toMatchObject([...expected].sort(byTitle).map((file) => ({ hiddenBecause: [], ...file })));
  });

  test('shows the public those that are meant for it', async () => {
    const open = expected.filter(({ hiddenBecause }) => hiddenBecause === undefined);
    const titles = (await ask(false)).map(({ title }) => title);
    expect(titles.sort()).toEqual(open.map(({ title }) => title).sort());
  });

  test('has no problem but of keys, tags and frames that are the tool’s own', () => {
    const problems = engine.sync.problems.filter(({ code }) => !TOLD.has(code));
    expect(problems.map(({ path, code, field, message }) => [path, code, field, message])).toEqual([]);
  });
});
