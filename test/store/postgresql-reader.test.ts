import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openPostgresqlReader, type PostgresqlReader } from '../../src/store/postgresql/read/open-reader.ts';
import { StatementTooLargeError } from '../../src/store/read/read-connection.ts';
import { createTestPostgresql, postgresqlServer, type TestPostgresql } from '../support/postgresql.ts';

const isThere = (await postgresqlServer()) !== null;
const bounded = { isBounded: true };
const unbounded = { isBounded: false };

describe.skipIf(!isThere)('the reader of PostgreSQL', () => {
  let database: TestPostgresql;
  let reader: PostgresqlReader;

  beforeAll(async () => {
    database = await createTestPostgresql();
    await database.query('CREATE TABLE note (text text)');
    await database.query("INSERT INTO note VALUES ('first')");
  });
  afterAll(() => database?.remove());
  beforeEach(() => {
    reader = openPostgresqlReader(database.url, { connections: 4 });
  });
  afterEach(() => reader.close());

  const latest = 'SELECT text FROM note';
  const sleep = "SELECT pg_sleep(30)::text || 'x'";
  /** What the reader's connections do. */
  const sessions = (state: string) =>
    database.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE application_name = 'content-gateway' AND datname = current_database() AND state = $1`,
      [state],
    );

  it('gives the text of the one row, null for none, and binds numbers and texts', async () => {
    expect(await reader.readText(latest, [], bounded)).toBe('first');
    expect(await reader.readText(`${latest} WHERE false`, [], bounded)).toBeNull();
    const echo = "SELECT concat($1::text, '|', $2::bigint + 1, '|', $3::text IS NULL)";
    expect(await reader.readText(echo, ["ü'\\", 2 ** 40, null], bounded)).toBe(`ü'\\|${2 ** 40 + 1}|t`);
  });

  it('takes a parameter that the statement never names', async () => {
    expect(await reader.readText('SELECT $2::text', ['unused', 'used'], bounded)).toBe('used');
  });

  it('cannot write', async () => {
    await expect(
      reader.readText("INSERT INTO note VALUES ('x') RETURNING text", [], bounded),
    ).rejects.toMatchObject({
      code: 'DATABASE_READ_ONLY',
    });
  });

  it('ends a statement in the server when its signal aborts, and its connection serves the next one', async () => {
    await reader.readText(latest, [], bounded);
    const [before] = await sessions('idle');
    for (let round = 0; round < 3; round += 1) {
      const abort = new AbortController();
      const read = reader.readText(sleep, [], { ...unbounded, signal: abort.signal });
      await expect.poll(() => sessions('active')).toHaveLength(1);
      abort.abort(new Error('too late'));
      await expect(read).rejects.toThrow('too late');
      expect(await sessions('active')).toEqual([]);
      expect(await reader.readText(latest, [], bounded)).toBe('first');
    }
    expect(await sessions('idle')).toEqual([before]);
  });

  it('never ends the statement after the one that was cancelled', async () => {
    for (let round = 0; round < 60; round += 1) {
      const abort = new AbortController();
      const read = reader.readText('SELECT pg_sleep(0.005)::text', [], { ...bounded, signal: abort.signal });
      await setTimeout(round % 10);
      abort.abort(new Error('too late'));
      await read.catch((error: Error) => expect(error.message).toBe('too late'));
      expect(await reader.readText(latest, [], bounded)).toBe('first');
    }
  });

  it('does not begin when its signal has aborted, nor when it aborts in the queue', async () => {
    const gone = AbortSignal.abort(new Error('gone'));
    await expect(reader.readText(latest, [], { ...unbounded, signal: gone })).rejects.toThrow('gone');
    const fill = new AbortController();
    const filled = Array.from({ length: 6 }, () =>
      reader
        .readText(sleep, [], { ...unbounded, signal: fill.signal })
        .catch((error: Error) => error.message),
    );
    const abort = new AbortController();
    const waiting = reader.readText(latest, [], { ...unbounded, signal: abort.signal });
    abort.abort(new Error('left the queue'));
    await expect(waiting).rejects.toThrow('left the queue');
    // One connection is left to what is bounded.
    expect(await reader.readText(latest, [], bounded)).toBe('first');
    fill.abort(new Error('enough'));
    expect(new Set(await Promise.all(filled))).toEqual(new Set(['enough']));
  });

  it('opens at most as many connections as it may', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        reader.readText("SELECT pg_sleep(0.02)::text || 'x'", [], { ...bounded, client: `c${i}` }),
      ),
    );
    expect((await sessions('idle')).length).toBeLessThanOrEqual(4);
  });

  it('is ended by the server where nobody waits for it', async () => {
    const impatient = openPostgresqlReader(database.url, { statementTimeoutMs: 100 });
    await expect(impatient.readText(sleep, [], unbounded)).rejects.toThrow('statement timeout');
    expect(await impatient.readText(latest, [], bounded)).toBe('first');
    await impatient.close();
  });

  it('goes on when the server has ended its connections, idle or not', async () => {
    const end = () =>
      database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'content-gateway' AND datname = current_database()`,
      );
    await reader.readText(latest, [], bounded);
    await end();
    expect(await reader.readText(latest, [], bounded)).toBe('first');
    const read = reader.readText("SELECT pg_sleep(0.3)::text || 'slept'", [], unbounded);
    await expect.poll(() => sessions('active')).toHaveLength(1);
    await end();
    expect(await read).toBe('slept');
  });

  it('keeps a bounded number of statements prepared, and prepares one again that was dropped', async () => {
    const prepared = "SELECT count(*) || '' FROM pg_prepared_statements";
    for (let round = 0; round < 2; round += 1) {
      for (let i = 0; i < 150; i += 1) {
        expect(await reader.readText(`SELECT '${i}' || $1::text`, ['.'], bounded)).toBe(`${i}.`);
      }
      expect(Number(await reader.readText(prepared, [], bounded))).toBeLessThanOrEqual(101);
    }
  });

  it('tells of a text that the server cannot make', async () => {
    const huge = "SELECT repeat('x', 2000000000)";
    await expect(reader.readText(huge, [], unbounded)).rejects.toBeInstanceOf(StatementTooLargeError);
    expect(await reader.readText(latest, [], bounded)).toBe('first');
  });

  it('a statement that fails leaves the connection as it was', async () => {
    await reader.readText(latest, [], bounded);
    const [before] = await sessions('idle');
    await expect(reader.readText('SELECT nothing', [], bounded)).rejects.toThrow('nothing');
    await expect(reader.readText('SELECT (1 / $1::int)::text', [0], bounded)).rejects.toThrow('zero');
    expect(await reader.readText('SELECT (1 / $1::int)::text', [1], bounded)).toBe('1');
    expect(await sessions('idle')).toEqual([before]);
  });

  it('ends what runs when it is closed', async () => {
    const read = reader.readText(sleep, [], unbounded);
    await expect.poll(() => sessions('active')).toHaveLength(1);
    const refused = expect(read).rejects.toThrow('closed');
    await reader.close();
    await refused;
    await expect(reader.readText(latest, [], bounded)).rejects.toThrow('closed');
  });
});
