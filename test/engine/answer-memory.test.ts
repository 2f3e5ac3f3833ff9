import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { StatementTooLargeError } from '../../src/store/read/read-connection.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const MIB = 1024 * 1024;
const MAX = MIB;

let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(
    (folder) => {
      mkdirSync(folder);
      for (let at = 0; at < 60; at += 1) {
        const body = 'A sentence.\n'.repeat((3 * MIB) / 12);
        writeFileSync(join(folder, `${at}.md`), `---\ntitle: Piece ${at}\ntopics: [all]\n---\n${body}`);
      }
    },
    { maxTextBytes: MAX },
  );
});
afterAll(() => engine?.close());

/** The most memory that this process has while the work is done, beyond what it had before, in MiB. */
async function growthOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 2);
  await work().finally(() => clearInterval(timer));
  return (most - before) / MIB;
}

it.each([
  ['texts of many articles', '{ articles(first: 100) { edges { node { body } } } }'],
  [
    'one text again and again',
    `{ articles(first: 100) { edges { node { ${Array.from({ length: 20 }, (_, at) => `a${at}: body`).join(' ')} } } } }`,
  ],
  [
    'texts in texts',
    '{ articles(first: 100) { edges { node { body topics { articles(first: 100) { edges { node { body } } } } } } } }',
  ],
])('answers that would take gigabytes, of %s, take bounded memory, and others go on', async (_, query) => {
  let isOver = false;
  let answered = 0;
  const growth = await growthOf(async () => {
    const others = (async () => {
      while (!isOver) {
        const { errors } = await engine.ask(
          `{ a${answered % 20}: articles(first: 9) { edges { node { title } } } }`,
        );
        expect(errors).toEqual([]);
        answered += 1;
      }
    })();
    const asked = Array.from({ length: 4 }, () => engine.ask(query, { maxAnswerBytes: MAX }));
    const answers = await Promise.all(asked).finally(() => {
      isOver = true;
    });
    for (const { code, errors } of answers) {
      expect(code).toBe('ANSWER_TOO_LARGE');
      expect(errors[0]?.extensions.limit).toMatchObject({ name: 'MAX_ANSWER_BYTES', max: MAX });
    }
    await others;
  });
  // 320 MiB and 64 for the answers, and what does not come from SQLite. Unbounded, one takes 2,000 to 5,000.
  expect(growth).toBeLessThan(600);
  expect(answered).toBeGreaterThan(1);
});

it('a text that is longer than SQLite lets any be is too large, and the connection goes on', async () => {
  const { reader } = engine;
  await expect(reader.readText('SELECT hex(zeroblob(600000000))', [], { isBounded: true })).rejects.toThrow(
    StatementTooLargeError,
  );
  expect(await reader.readText("SELECT 'a'", [], { isBounded: true })).toBe('a');
});
