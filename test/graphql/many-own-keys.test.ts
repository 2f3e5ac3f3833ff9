import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseModel } from '../../src/model/parse-model.ts';
import { openEngine } from '../support/reference/engine.ts';

/** As many as a model may have. */
const numbers = Array.from({ length: 200 }, (_, index) => index);

it.each([
  {
    option: 'kind: int, order: true',
    value: '7',
    field: (name: string) => name,
    found: 7,
    reverse: null,
  },
  {
    option: 'kind: terms, of: KindNUMBER',
    value: '[One]',
    field: (name: string) => `${name} { name }`,
    found: [{ name: 'One' }],
    reverse: '{ kind1(slug: "one") { articles { totalCount edges { node { title } } } } }',
  },
  {
    option: 'kind: articles',
    value: '[b]',
    field: (name: string) => `${name} { title }`,
    found: [{ title: 'B' }],
    reverse: '{ article(slug: "b") { key1Of { totalCount edges { node { title } } } } }',
  },
])(
  '200 keys of one kind are answered, back and forth: $option',
  async ({ option, value, field, found, reverse }) => {
    const lines = numbers.map((number) => `  key${number}: { ${option.replace('NUMBER', String(number))} }`);
    const parsed = parseModel(`fields:\n${lines.join('\n')}\n`);
    if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
    const keys = numbers.map((number) => `key${number}: ${value}\n`).join('');
    const engine = await openEngine(
      (folder) => {
        mkdirSync(folder);
        writeFileSync(join(folder, 'a.md'), `---\ntitle: A\n${keys}---\n`);
        writeFileSync(join(folder, 'b.md'), '---\ntitle: B\n---\n');
      },
      undefined,
      parsed.model,
    );
    try {
      const fields = numbers.map((number) => field(`key${number}`)).join(' ');
      const { data } = await engine.ask(`{ article(slug: "a") { ${fields} } }`);
      expect(data).toEqual({ article: Object.fromEntries(numbers.map((number) => [`key${number}`, found])) });
      if (reverse === null) return;
      const articles = { totalCount: 1, edges: [{ node: { title: 'A' } }] };
      expect(Object.values((await engine.ask(reverse)).data ?? {})).toEqual([
        { [reverse.includes('key1Of') ? 'key1Of' : 'articles']: articles },
      ]);
    } finally {
      await engine.close();
    }
  },
);
