import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { check } from '../../src/cli/commands/check.ts';
import type { Terminal } from '../../src/cli/output/terminal.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 60_000 });

const FILES = 1_010;
// A hundred of each file, and one that says that there are more.
const ALL = FILES * 101;
const KEPT = 100_000;
const countsOf = (problems: number, files: number) => ({
  problems,
  files,
  error: 0,
  warning: 0,
  notice: problems,
});

let folder: ContentFolder;
let database: TestDatabase;
beforeEach(async () => {
  folder = createContentFolder();
  database = await createTestDatabase();
  const keys = Array.from({ length: 120 }, (_, at) => `strange${at}: x`).join('\n');
  for (let at = 0; at < FILES; at += 1)
    folder.writeText(nameOf(at), `---\ntitle: T ${at}\n${keys}\n---\nx\n`);
});
afterEach(() => {
  folder.delete();
  database.remove();
});

const nameOf = (at: number) => `${String(at).padStart(5, '0')}.md`;
const sync = () => syncContent({ folder: folder.path, databaseUrl: database.url });

test('of very many problems a sync reports the first by path, and counts the others', async () => {
  const first = await sync();
  expect([first.problems.length, first.problemCounts]).toEqual([KEPT, countsOf(ALL, FILES)]);
  expect(first.problems[0]?.path).toBe(nameOf(0));
  const reader = openReader(database.url);
  const count = () => reader.readText('SELECT count(*) FROM Problem', [], { isBounded: true });
  expect(Number(await count())).toBe(ALL);
  expect(await sync()).toMatchObject({
    ...{ changed: false, problemCounts: { problems: ALL }, newProblems: [], areProblemsChanged: false },
  });

  folder.writeText(nameOf(0), '---\ntitle: T\n---\nx\n');
  const next = await sync();
  expect([next.problems.length, next.problemCounts.problems]).toEqual([KEPT, ALL - 101]);
  expect(next).toMatchObject({ newProblems: [], areProblemsChanged: true });
  expect(next.problems[0]?.path).toBe(nameOf(1));
  expect(Number(await count())).toBe(ALL - 101);
  folder.remove(nameOf(1));
  expect((await sync()).problemCounts).toEqual(countsOf(ALL - 202, FILES - 2));
  expect(Number(await count())).toBe(ALL - 202);
  await reader.close();
});

test('and so does a check', async () => {
  const said: Record<string, unknown>[] = [];
  const terminal = {
    isQuiet: true,
    print() {},
    json: (value: object) => void said.push(value as Record<string, unknown>),
    note() {},
    warn() {},
    paint: (_: string, text: string) => text,
    errorStream: process.stderr,
  } as Terminal;
  await check(loadConfig({ CONTENT_DIR: folder.path }), {}, terminal);
  const [{ problems, problemCounts, severities } = {}] = said;
  expect([(problems as object[]).length, problemCounts]).toEqual([KEPT, { problems: ALL, files: FILES }]);
  expect(Object.values(severities as object).reduce((sum, number) => sum + number, 0)).toBe(ALL);
});

test('where they are not asked for, a report has those that are new, and how many there are', async () => {
  const syncBriefly = () =>
    syncContent({ folder: folder.path, databaseUrl: database.url, withProblems: false });
  const first = await syncBriefly();
  expect(first).toMatchObject({ problems: [], problemCounts: { problems: ALL }, areProblemsChanged: true });
  expect(first.newProblems).toHaveLength(10);
  folder.writeText(nameOf(5), '---\ntitle: T\nanother: x\n---\nx\n');
  const next = await syncBriefly();
  expect(next.newProblems.map(({ path, field }) => [path, field])).toEqual([[nameOf(5), 'another']]);
  expect(next).toMatchObject({
    problems: [],
    problemCounts: { problems: ALL - 100 },
    areProblemsChanged: true,
  });
  expect((await sync()).problems).toHaveLength(KEPT);
});
