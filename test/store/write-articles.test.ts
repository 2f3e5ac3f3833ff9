import Database from 'libsql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseArticle } from '../../src/content/parse-article.ts';
import { encodeArticle } from '../../src/store/rows/encode-article.ts';
import { sqliteWriting } from '../../src/store/sqlite/file/write-dialect.ts';
import { writeArticles } from '../../src/store/sqlite/write/write-articles.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.remove());

const source = `---
title: A
topics: [One, Two]
images: [https://img.example/a.png]
related: [{ title: B, images: [https://img.example/b.png] }]
---
Text.
`;

it('parses each row of JSON once, and not once a cell', async () => {
  const { article } = parseArticle('a.md', source);
  if (!article) throw new Error('The article was rejected.');
  const asked: [sql: string, values: unknown[]][] = [];
  const recorder = {
    dialect: sqliteWriting,
    run: async (sql: string, ...values: unknown[]) => asked.push([sql, values]),
    text: async () => null,
    begin: async () => {},
    commit: async () => {},
    rollback: async () => {},
    close: async () => {},
  };
  await writeArticles(recorder, [encodeArticle(article)]);
  const connection = new Database(database.file);
  try {
    const inserts = asked.filter(([sql]) =>
      /^INSERT INTO (Article|ArticleTopic|RelatedLink|Image) /.test(sql),
    );
    expect(inserts).toHaveLength(4);
    for (const [sql, values] of inserts) {
      const opcodes = connection.prepare(`EXPLAIN ${sql}`).raw(true).all(values) as unknown[][];
      const parses = opcodes.filter((opcode) => opcode.includes('jsonb(1)'));
      expect(parses, sql).toHaveLength(1);
    }
  } finally {
    connection.close();
  }
});
