import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OwnModel } from '../../src/model/own-model.ts';
import type { Writer } from '../../src/store/database/writer.ts';
import { migratePostgresql } from '../../src/store/postgresql/connect/migrate.ts';
import { applyOwnLayout } from '../../src/store/postgresql/own/apply-layout.ts';
import { openPostgresqlWriter } from '../../src/store/postgresql/write/writer.ts';
import { createTestPostgresql, postgresqlServer, type TestPostgresql } from '../support/postgresql.ts';
import { modelOf } from './own-content.ts';

const isThere = (await postgresqlServer()) !== null;

const LONG = 'a'.repeat(40);
const models: Record<string, OwnModel> = {
  none: modelOf(),
  few: modelOf('weight: { kind: int, order: true }', 'mood: { kind: text, index: true }'),
  others: modelOf(
    'weight: { kind: float, order: true }',
    'mood: { kind: text, index: true }',
    'series: { kind: term, of: Series }',
    'sources: { kind: list, fields: { name: text, rank: int } }',
    'sequel: { kind: article }',
  ),
  hidden: modelOf(
    'mood: { kind: text, index: true, public: false }',
    'series: { kind: term, of: Saga }',
    'sequel: { kind: article, public: false }',
  ),
  long: modelOf(`${LONG}: { kind: text, index: true, order: true }`, `${LONG.slice(1)}b: { kind: article }`),
};

describe.skipIf(!isThere)('tables of the keys of an owner in PostgreSQL', () => {
  let database: TestPostgresql;
  let client: Writer;

  beforeAll(async () => {
    database = await createTestPostgresql();
    await migratePostgresql(database.url);
    client = await openPostgresqlWriter(database.url);
  });
  afterAll(async () => {
    await client?.close();
    await database?.remove();
  });

  /** Everything that is there for the keys. */
  async function dump() {
    return {
      columns: await database.query(
        `SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default
         FROM information_schema.columns WHERE table_schema = 'public' AND (column_name LIKE 'own.%' OR table_name LIKE 'own.%')
         ORDER BY 1, 2`,
      ),
      indexes: await database.query(
        `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND (indexname LIKE 'own %' OR tablename LIKE 'own.%') ORDER BY 1`,
      ),
    };
  }

  test('from every model to every other, it is as if made at once', async () => {
    const fresh = new Map<string, unknown>();
    for (const [name, model] of Object.entries(models)) {
      await applyOwnLayout(client, modelOf());
      expect(await dump()).toEqual({ columns: [], indexes: [] });
      await applyOwnLayout(client, model);
      fresh.set(name, await dump());
    }
    for (const [from, first] of Object.entries(models)) {
      for (const [to, second] of Object.entries(models)) {
        await applyOwnLayout(client, first);
        await applyOwnLayout(client, second);
        expect(await dump(), `${from} to ${to}`).toEqual(fresh.get(to));
      }
    }
  });

  test('every index that the model asks for is there, however long its names are', async () => {
    await applyOwnLayout(client, models.long as OwnModel);
    const { indexes } = await dump();
    // By value, and by both orders; by the reference and its public twin, four names, and the key.
    expect(indexes).toHaveLength(3 + 2 + 4 + 1);
  });

  test('what stays keeps its rows, and what is of another kind is empty', async () => {
    await applyOwnLayout(client, models.others as OwnModel);
    const insert = `INSERT INTO "own.sources" ("articleId", position, "isPublic", "own.name") VALUES ('a', 0, 1, 'kept')`;
    await client.run(insert);
    await client.run(
      `INSERT INTO "own.series" ("articleId", position, "isPublic", "termId", name, "publishedAtAsc", "publishedAtDesc") VALUES ('a', 0, 1, 'x', 'x', '', '')`,
    );
    await applyOwnLayout(client, { fields: (models.others as OwnModel).fields.toReversed() });
    expect(await database.query('SELECT "own.name" FROM "own.sources"')).toEqual([{ 'own.name': 'kept' }]);
    expect(await database.query('SELECT 1 FROM "own.series"')).toHaveLength(1);
    await applyOwnLayout(client, models.hidden as OwnModel);
    expect(await database.query('SELECT 1 FROM "own.series"')).toHaveLength(0);
  });

  test('it belongs to the transaction around it', async () => {
    await applyOwnLayout(client, models.few as OwnModel);
    const before = await dump();
    await client.run('BEGIN');
    await applyOwnLayout(client, models.hidden as OwnModel);
    await client.run('ROLLBACK');
    expect(await dump()).toEqual(before);
  });
});
