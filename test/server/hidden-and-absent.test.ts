import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeArticleId } from '../../src/content/article/identity.ts';
import { fenceIndexes, openStepCounter, type StepCounter } from '../support/count-steps.ts';
import { type ContentGateway, createContentGateway, post } from '../support/gateway.ts';
import { compileText } from '../support/reference/compile-text.ts';

/** How many articles there are of each kind. */
const KINDS = 20;
const TOKEN = 'preview-token-0123456789';

const fields = `__typename id slug title published plainText readingTimeMinutes provider { name } topics { name }
  images { url } related { title article { slug } }`;
const bySlug = `query ($key: String!) { article(slug: $key) { ${fields} } }`;
const byUrl = `query ($key: URL!) { article(url: $key) { ${fields} } }`;
const byId = `query ($key: ID!) { article(id: $key) { ${fields} } }`;
const byNode = `query ($key: ID!) { node(id: $key) { ... on Article { ${fields} } } }`;

// Slugs of one length: it is the article that may make no difference, and a longer request does.
const slugOf = (kind: 'hidden' | 'absent', index: number) => `${kind}/piece-${10 + index}`;
const urlOf = (slug: string) => `https://timing.example/${slug}`;

function articleFile(slug: string, published: boolean): string {
  return [
    '---',
    `slug: ${slug}`,
    `title: About ${slug}`,
    `webUrl: ${urlOf(slug)}`,
    `published: ${published}`,
    'provider: { name: Timing, domain: timing.example }',
    'topics: [Clocks, Springs, Wheels]',
    'images: ["https://timing.example/clock.jpg"]',
    'related:',
    `  - { title: The first one, webUrl: "${urlOf('open/piece-10')}" }`,
    '---',
    'A sentence that would take its time to be read and to be sent. '.repeat(200),
    '',
  ].join('\n');
}

describe('hidden and absent, without the cache', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-timing-'));
  let content: ContentGateway;
  let counter: StepCounter;

  beforeAll(async () => {
    for (let index = 0; index < KINDS; index += 1) {
      writeFileSync(join(folder, `open-${index}.md`), articleFile(`open/piece-${10 + index}`, true));
      writeFileSync(join(folder, `hidden-${index}.md`), articleFile(slugOf('hidden', index), false));
    }
    content = await createContentGateway(folder, { CACHE: 'off', PREVIEW_TOKENS: `editor:${TOKEN}` });
    fenceIndexes(content.databaseFile, [
      'Article',
      'ArticleTopic',
      'Category',
      'ArticleCategory',
      'Topic',
      'Provider',
      'Image',
      'RelatedLink',
    ]);
    counter = openStepCounter(content.databaseFile);
  });
  afterAll(async () => {
    counter?.close();
    await content?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask(query: string, key: string): Promise<string> {
    const response = await post(content.gateway, { query, variables: { key } });
    const lines = [...response.headers].filter(([name]) => name !== 'x-request-id');
    return `${response.status}\n${lines.join('\n')}\n\n${await response.text()}`;
  }

  /** How often SQLite steps to answer; the time of an answer that says nothing is the time of these. */
  function steps(query: string, key: string, preview = false): number {
    const statement = compileText(query, { variables: { key }, preview });
    return statement === null ? 0 : counter.count(statement);
  }

  const ways: [way: string, query: string, keyOf: (slug: string) => string][] = [
    ['slug', bySlug, (slug) => slug],
    ['url', byUrl, urlOf],
    ['id', byId, (slug) => makeArticleId(slug, null)],
    ['node', byNode, (slug) => makeArticleId(slug, null)],
  ];

  it.each(ways)('by %s are one answer to the byte, for the same steps', async (_, query, keyOf) => {
    const answers = new Set<string>();
    const counts = new Set<number>();
    for (let index = 0; index < KINDS; index += 1) {
      for (const kind of ['hidden', 'absent'] as const) {
        const key = keyOf(slugOf(kind, index));
        answers.add(await ask(query, key));
        counts.add(steps(query, key));
      }
    }
    expect(answers.size).toBe(1);
    expect([...counts]).toEqual([expect.any(Number)]);
    expect([...counts][0]).toBeGreaterThan(0);
  });

  it.each(ways)('by %s are told apart by their steps when the article is read', (_, query, keyOf) => {
    const [hidden, absent] = (['hidden', 'absent'] as const).map((kind) =>
      steps(query, keyOf(slugOf(kind, 3)), true),
    );
    expect(hidden).toBeGreaterThan((absent ?? 0) + 100);
  });
});
