// Asks the gateway so many documents, each another text, and prints the heap in use after each tenth of them, in bytes.
// node --expose-gc --max-old-space-size=256 --import tsx test/server/ask-many-documents.ts <count>
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createContentGateway, post } from '../support/gateway.ts';

const count = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'documents-'));
writeFileSync(join(folder, 'a.md'), '---\ntitle: A\ntopics: [T]\n---\nText.\n');
const content = await createContentGateway(folder);

const kinds: ((name: string) => string)[] = [
  // Fails validation: no such field, no such argument, a wrong literal.
  (name) => `{ ${name} }`,
  (name) => `{ articles(${name}: 1) { totalCount } }`,
  (name) => `{ article(slug: ${name}) { title } }`,
  (name) => `query($${name}: Nothing) { articles(first: $${name}) { edges { node { ${name} title } } } }`,
  // Cannot be parsed.
  (name) => `{ ${name} `,
  (name) => `{ a(b: "${name}) }`,
  // Breaks a limit.
  (name) => `{ ${Array.from({ length: 40 }, (_, at) => `${name}${at}: __typename`).join(' ')} }`,
  // Valid: each has a document, a plan and a statement of its own.
  (name) => `{ ${name}: __typename }`,
  (name) => `{ __typename __type(name: "${name.repeat(2_000)}") { name } }`,
  (name) =>
    `query ${name} { ${name}: articles(first: 1) { edges { cursor node { title topics { name } } } } }`,
  (name) => `{ article(slug: "${name}") { title } }`,
];

let done = 0;
for (let tenth = 0; tenth < 10; tenth += 1) {
  for (const end = ((tenth + 1) * count) / 10; done < end; done += 8) {
    const batch = Array.from({ length: 8 }, (_, at) => {
      const number = done + at;
      return ask((kinds[number % kinds.length] as (typeof kinds)[0])(`zz${number}`));
    });
    await Promise.all(batch);
  }
  globalThis.gc?.();
  process.stdout.write(`${process.memoryUsage().heapUsed}\n`);
}
await content.close();
rmSync(folder, { recursive: true });

async function ask(query: string): Promise<void> {
  const response = await post(content.gateway, { query });
  await response.arrayBuffer();
  if (response.status >= 500 && response.status !== 503) throw new Error(`${response.status}: ${query}`);
}
