import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'one.md'), '---\ntitle: One\n---\n# Head\n\nSome *words*.\n');
  });
});
afterAll(() => engine?.close());

const costOf = async (selection: string) =>
  (await engine.ask(`{ articles(first: 100) { edges { node { ${selection} } } } }`)).report.cost;

it('a text is charged once an article, whatever is made of it', async () => {
  const one = await costOf('html');
  expect(one).toBe(100 + 100 * 51);
  expect(await costOf('html plainText wordCount readingTimeMinutes headings { text }')).toBe(one);
  expect(await costOf('a: html b: html c: html')).toBe(one);
  // A small value costs a tenth of a row.
  expect(await costOf('readingTimeMinutes excerpt(length: 9)')).toBe(one + 10);
});

it('all fields have their values, and nothing else is in the answer', async () => {
  const { text } = await engine.ask(
    `{ article(slug: "one") { html title plainText a: html wordCount readingTimeMinutes headings { text } excerpt(length: 9)
       topics { name } } }`,
  );
  const html = '<h1 id="head">Head</h1>\n<p>Some <em>words</em>.</p>';
  const article = {
    ...{ html, title: 'One', plainText: 'Head\n\nSome words.', a: html, wordCount: 3, readingTimeMinutes: 1 },
    ...{ headings: [{ text: 'Head' }], excerpt: 'Some wor…', topics: [] },
  };
  expect(text).toBe(JSON.stringify({ data: { article } }));
});
