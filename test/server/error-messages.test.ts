import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ContentGateway, createContentGateway, post } from '../support/gateway.ts';

const folder = mkdtempSync(join(tmpdir(), 'messages-'));
let content: ContentGateway;

beforeAll(async () => {
  writeFileSync(join(folder, 'quay.md'), '---\ntitle: Quay\n---\n');
  content = await createContentGateway(folder, { INTROSPECTION: 'off' });
});
afterAll(async () => {
  await content.close();
  rmSync(folder, { recursive: true });
});

interface Told {
  message: string;
  locations?: { line: number; column: number }[];
  extensions: Record<string, unknown>;
}

async function ask(query: string, variables: object = {}): Promise<Told[]> {
  const response = await post(content.gateway, { query, variables });
  return ((await response.json()) as { errors: Told[] }).errors;
}

describe('what a wrong name may have meant', () => {
  it.each([
    ['a field', '{ articels { totalCount } }', {}],
    ['an argument', '{ articles(frist: 1) { totalCount } }', {}],
    ['a type', 'query ($a: Strin) { article(slug: $a) { id } }', {}],
    ['a value', '{ articles(orderBy: { field: TITEL }) { totalCount } }', {}],
    ['a key', '{ articles(filter: { titel: { eq: "a" } }) { totalCount } }', {}],
    [
      'a value in a variable',
      'query ($a: [ArticleOrder!]) { articles(orderBy: $a) { totalCount } }',
      { a: [{ field: 'TITEL' }] },
    ],
    [
      'a key in a variable',
      'query ($a: ArticleFilter) { articles(filter: $a) { totalCount } }',
      { a: { titel: 1 } },
    ],
  ])('is not told: %s', async (_, query, variables) => {
    const errors = await ask(query, variables);
    expect(errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(errors)).not.toContain('Did you mean');
  });

  it('is no matter of what a client wrote itself', async () => {
    const [error] = await ask('query ($a: Int) { articles(first: $a) { totalCount } }', {
      a: 'x Did you mean y? z',
    });
    expect(error?.message).toContain('x Did you mean y? z');
  });

  it('is looked for in time that grows with the message', async () => {
    const a = ' Did you mean '.repeat(18_000);
    const started = process.cpuUsage();
    const [error] = await ask('query ($a: Int) { articles(first: $a) { totalCount } }', { a });
    const { user } = process.cpuUsage(started);
    expect(error?.message.length).toBeLessThanOrEqual(500);
    expect(user / 1_000).toBeLessThan(500);
  });
});

describe('a long message', () => {
  it.each(['', 'a'])('is not cut within a character (%j before it)', async (start) => {
    const [error] = await ask('query ($a: Int) { articles(first: $a) { totalCount } }', {
      a: start + '😀'.repeat(1_000),
    });
    expect(error?.message).toMatch(/😀…$/u);
    expect(error?.message.isWellFormed()).toBe(true);
  });
});

describe('a document that is not looked at to its end', () => {
  it('since it has too many mistakes, is told so', async () => {
    const errors = await ask(`query Q { ${Array.from({ length: 200 }, (_, at) => `no${at}`).join(' ')} }`);
    expect(errors).toHaveLength(20);
    expect(errors.at(-1)).toMatchObject({
      message: 'There are more mistakes than these; no more were looked for.',
      locations: [{ line: 1, column: 1 }],
    });
  });

  it('since its fields cannot be compared in bounded time, is told so', async () => {
    const errors = await ask(`{ articles { edges { node { ${'title '.repeat(1_900)} } } } }`);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^Too many fields have the same name/),
        locations: [{ line: 1, column: 1 }],
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ]);
  });
});
