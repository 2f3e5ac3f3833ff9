import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Writer } from '../../src/store/database/writer.ts';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { sqliteWriting } from '../../src/store/sqlite/file/write-dialect.ts';
import { linkContent } from '../../src/store/sqlite/write/link-content.ts';
import {
  clearTouched,
  countParts,
  deleteArticles,
  showParts,
  touchArticles,
  touchKeys,
} from '../../src/store/sqlite/write/touched-keys.ts';

let folder: string;
let database: Database.Database;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gateway-plans-'));
  const file = join(folder, 'gateway.db');
  await migrate(`file:${file}`);
  database = new Database(file);
});
afterAll(() => {
  database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const LARGE = [
  'Article',
  'ArticleText',
  'ArticleAlias',
  'ArticleTopic',
  'ArticleCategory',
  'Image',
  'RelatedLink',
];

/** A writer that notes the statements that it runs. */
function notingWriter() {
  const noted = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const statement = noted.get(sql) ?? database.prepare(sql);
    noted.set(sql, statement);
    return statement;
  };
  const writer: Writer = {
    dialect: sqliteWriting,
    run: async (sql, ...values) => prepare(sql).run(values).changes,
    async text(sql, ...values) {
      const [row] = prepare(sql).raw(true).all(values) as unknown[][];
      return row?.[0] === undefined || row[0] === null ? null : String(row[0]);
    },
    async begin() {},
    async commit() {},
    async rollback() {},
    async close() {},
  };
  return { writer, statements: () => [...noted.keys()] };
}

/** How SQLite goes about a statement; null of one that reads nothing. */
function explain(sql: string): { sql: string; steps: string[] } | null {
  const reading = sql.replace(/^\s*CREATE TEMP TABLE \w+ AS/u, '');
  if (!/^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH)/u.test(reading)) return null;
  const values = reading.includes('?') ? ['[]'] : [];
  const rows = database.prepare(`EXPLAIN QUERY PLAN ${reading}`).all(values) as { detail: string }[];
  return { sql, steps: rows.map(({ detail }) => detail) };
}

/** Steps that go through a whole table that grows with the content, whatever it is called in the statement. */
function wholeTables({ sql, steps }: { sql: string; steps: string[] }): string[] {
  const scanned = steps.flatMap((step) => /^SCAN (\w+)/u.exec(step)?.[1] ?? []);
  return scanned.filter((name) =>
    LARGE.some((table) => name === table || new RegExp(`\\b${table} AS ${name}\\b`, 'u').test(sql)),
  );
}

test('what a few articles change goes through no whole table', async () => {
  const { writer, statements } = notingWriter();
  const set = new Set(['a']);
  await clearTouched(writer);
  await touchKeys(writer, {
    ...{ articles: set, urls: set },
    things: [set, set, set].map((ids) => ({ all: ids, public: ids })),
  });
  await touchArticles(writer, ['a']);
  await countParts(writer, ['a']);
  await showParts(writer, [{ id: 'a', slug: 'a', digest: 'd', published: true, hiddenBecause: [] }]);
  await linkContent(writer);
  await deleteArticles(writer, ['a']);
  const plans = statements().flatMap((sql) => explain(sql) ?? []);
  expect(plans.length).toBeGreaterThan(30);
  expect(plans.filter((plan) => wholeTables(plan).length > 0)).toEqual([]);
});
