import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { median } from '../../scripts/bench/lib/statistics.ts';
import { makeArticleId } from '../../src/content/identity.ts';
import { type ContentGateway, createContentGateway, post } from '../support/gateway.ts';

const TRIES = 1_000;
/** An article that is read takes many times as long: fewer will do to see it. */
const CONTROL_TRIES = 100;
/** How many articles of each kind take turns, so that it is not one row in a warm place that is asked for. */
const KINDS = 20;
const SHARE = 0.1;
const FLOOR_MS = 0.05;
const TOKEN = 'preview-token-0123456789';

const fields = `__typename id slug title published plainText readingTimeMinutes provider { name } topics { name }
  images { url } related { title article { slug } }`;
const bySlug = `query ($key: String!) { article(slug: $key) { ${fields} } }`;
const byUrl = `query ($key: URL!) { article(url: $key) { ${fields} } }`;
const byId = `query ($key: ID!) { article(id: $key) { ${fields} } }`;
const byNode = `query ($key: ID!) { node(id: $key) { ... on Article { ${fields} } } }`;

// Slugs of one length: it is the article that may make no difference, and a longer question does.
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

interface Answered {
  ms: number;
  status: number;
  headers: string;
  body: string;
}

describe('hidden and absent, without the cache', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-timing-'));
  let content: ContentGateway;

  beforeAll(async () => {
    for (let index = 0; index < KINDS; index += 1) {
      writeFileSync(join(folder, `open-${index}.md`), articleFile(`open/piece-${10 + index}`, true));
      writeFileSync(join(folder, `hidden-${index}.md`), articleFile(slugOf('hidden', index), false));
    }
    content = await createContentGateway(folder, { CACHE: 'off', PREVIEW_TOKENS: `editor:${TOKEN}` });
  });
  afterAll(async () => {
    await content?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask(query: string, key: string, headers: Record<string, string> = {}): Promise<Answered> {
    const start = performance.now();
    const response = await post(content.gateway, { query, variables: { key } }, headers);
    const body = await response.text();
    const ms = performance.now() - start;
    const lines = [...response.headers].filter(([name]) => name !== 'x-request-id');
    return { ms, status: response.status, headers: lines.join('\n'), body };
  }

  /** Milliseconds of each try of both; they take turns at being first, since the second one finds a warmer machine. */
  async function race(
    query: string,
    keyOf: (slug: string) => string,
    { tries = TRIES, headers }: { tries?: number; headers?: Record<string, string> } = {},
  ) {
    const times = { hidden: [] as number[], absent: [] as number[] };
    const answers = { hidden: new Set<string>(), absent: new Set<string>() };
    for (let index = 0; index < tries; index += 1) {
      const order = index % 2 === 0 ? (['hidden', 'absent'] as const) : (['absent', 'hidden'] as const);
      for (const kind of order) {
        const key = keyOf(slugOf(kind, Math.floor(index / 2) % KINDS));
        const { ms, status, headers: lines, body } = await ask(query, key, headers);
        times[kind].push(ms);
        answers[kind].add(`${status}\n${lines}\n\n${body}`);
      }
    }
    return { times, answers };
  }

  it.each([
    ['slug', bySlug, (slug: string) => slug],
    ['url', byUrl, urlOf],
    ['id', byId, makeArticleId],
    ['node', byNode, makeArticleId],
  ])('by %s are one answer to the byte, and take one time', async (_, query, keyOf) => {
    const measured: string[] = [];
    let same = false;
    // A busy machine can slow one of the two down by chance; a difference that is real is there every time.
    for (let attempt = 0; attempt < 3 && !same; attempt += 1) {
      const { times, answers } = await race(query, keyOf);
      expect(answers.hidden.size).toBe(1);
      expect([...answers.hidden]).toEqual([...answers.absent]);
      const difference = Math.abs(median(times.hidden) - median(times.absent));
      same = difference <= allowed(times.absent);
      measured.push(
        `${median(times.hidden).toFixed(4)} ms hidden, ${median(times.absent).toFixed(4)} absent`,
      );
    }
    expect(same, measured.join('; ')).toBe(true);
  });

  it('are told apart by this measure when the article is read', async () => {
    const { times, answers } = await race(bySlug, (slug) => slug, {
      tries: CONTROL_TRIES,
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(answers.hidden.size).toBe(KINDS);
    expect(answers.absent.size).toBe(1);
    expect(median(times.hidden) - median(times.absent)).toBeGreaterThan(allowed(times.absent));
  });
});

/** How far the medians may be from each other: what a thousand tries over a network could not show. */
function allowed(absent: readonly number[]): number {
  return Math.max(SHARE * median(absent), FLOOR_MS);
}
