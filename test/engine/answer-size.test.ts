import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, openEngine } from '../support/reference/engine.ts';

const ARTICLES = 10;
const BODY = `${'A sentence that somebody wrote. '.repeat(300)}\n`;

let engine: Engine;
/** The texts that left the database. */
const read: (string | null)[] = [];

beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    for (let at = 0; at < ARTICLES; at += 1) {
      writeFileSync(join(folder, `${at}.md`), `---\ntitle: Über ${at}\n---\n${BODY}`);
    }
  });
  const { reader } = engine;
  const readText = reader.readText.bind(reader);
  reader.readText = async (...args) => {
    const text = await readText(...args);
    read.push(text);
    return text;
  };
});
afterAll(() => engine?.close());

const page = (selection: string) => `{ articles { edges { node { ${selection} } } } }`;

async function sizeOf(query: string): Promise<number> {
  const { text } = await engine.ask(query);
  return Buffer.byteLength(text) - '{"data":}'.length;
}

function refusal(max: number, found: number | null) {
  const amount = found === null ? `more than ${max} bytes` : `${found} bytes, at most ${max} are allowed`;
  return {
    message: `The answer would have ${amount}. Ask for smaller pages or fewer texts.`,
    extensions: { code: 'ANSWER_TOO_LARGE', limit: { name: 'MAX_ANSWER_BYTES', max, found } },
  };
}

describe('an answer', () => {
  it.each([
    ['stored text', page('title body')],
    ['nested text', page('title topics { articles { edges { node { body } } } } a: body b: body')],
    ['text made here', page('title a: html b: html c: html')],
    ['introspection', '{ __schema { types { name description } } }'],
    ['both', '{ __schema { types { name } } articles { edges { node { title } } } }'],
  ])('of %s is given to its last byte, and not with one more', async (_, query) => {
    const size = await sizeOf(query);
    const allowed = await engine.ask(query, { maxAnswerBytes: size });
    expect(allowed.errors).toEqual([]);
    expect(Buffer.byteLength(allowed.text) - '{"data":}'.length).toBe(size);
    const refused = await engine.ask(query, { maxAnswerBytes: size - 1 });
    expect(refused.data).toBeUndefined();
    expect(refused.errors.map((error) => error.toJSON())).toEqual([refusal(size - 1, size)]);
  });

  it('that is too large never leaves the database', async () => {
    read.length = 0;
    const query = page('body');
    const { errors } = await engine.ask(query, { maxAnswerBytes: 1_000 });
    expect(read).toEqual([expect.stringMatching(/^\d+$/)]);
    expect(errors.map((error) => error.toJSON())).toEqual([refusal(1_000, await sizeOf(query))]);
  });

  it('is made no further when what is made here is too large, though what it is made of is not', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `a${at}: html`).join(' ');
    const max = 5 * (await sizeOf(page('body')));
    read.length = 0;
    const { errors } = await engine.ask(page(names), { maxAnswerBytes: max });
    expect(read[0]?.startsWith('{')).toBe(true);
    expect(errors.map((error) => error.toJSON())).toEqual([refusal(max, null)]);
  });

  it('that is short is refused, too, when what it is made of is large', async () => {
    const query = page('html wordCount readingTimeMinutes plainText headings { text }');
    read.length = 0;
    const { errors } = await engine.ask(query, { maxAnswerBytes: 50_000 });
    expect(read).toEqual([expect.stringMatching(/^\d+$/)]);
    expect(errors[0]?.message).toMatch(/^The answer and what it is made from would have \d+ bytes/);
    // The text of each article once, and not for each field again.
    expect(Number(read[0])).toBeLessThan(1.1 * (await sizeOf(page('body'))));
  });
});

it('a statement makes the JSON of its answer once', async () => {
  const { reader } = engine;
  const statements: string[] = [];
  const readText = reader.readText;
  reader.readText = (sql, ...rest) => {
    statements.push(sql);
    return readText(sql, ...rest);
  };
  await engine.ask(page('title'));
  reader.readText = readText;
  const steps = await (await reader.prisma()).$queryRawUnsafe<{ opcode: string; p4: string | null }[]>(
    `EXPLAIN ${statements[0]?.replaceAll(/\?\d+/g, '1')}`,
  );
  const made = steps.filter(({ p4 }) => String(p4).startsWith('json_group_array'));
  // Once for a step and once for its end.
  expect(made.map(({ opcode }) => opcode)).toEqual(['AggStep', 'AggFinal']);
});
