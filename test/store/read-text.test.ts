import { renameSync, symlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseReader, openReader, openWriter } from '../../src/store/sqlite/read/clients.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let reader: DatabaseReader;

beforeEach(async () => {
  database = await createTestDatabase();
  const writer = await openWriter(database.url);
  await writer.run('CREATE TABLE Note (text TEXT)');
  await writer.run("INSERT INTO Note VALUES ('first')");
  await writer.close();
  reader = openReader(database.url);
});
afterEach(async () => {
  await reader.close();
  database.remove();
});

/** Seconds of work, so that a serving thread that did it itself would come back, and a test fail. */
const slow = (
  name: string,
) => `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 8000000)
  SELECT count(*) || '${name}' AS data FROM c`;
const latest = 'SELECT (SELECT text FROM Note ORDER BY rowid DESC LIMIT 1) AS data';
const bounded = { isBounded: true };
const unbounded = { isBounded: false };

async function write(text: string): Promise<void> {
  const writer = await openWriter(database.url);
  await writer.run('INSERT INTO Note VALUES (?)', text);
  await writer.close();
}

/** Many of them, so that all connections are taken, however many there are. */
function fill(options: { isBounded: boolean; client?: string }) {
  const reads = Array.from({ length: 20 }, (_, at) => {
    const abort = new AbortController();
    const read = reader.readText(slow(`fill ${at}`), [], { ...options, signal: abort.signal });
    return { abort, ended: read.catch((error) => error) };
  });
  return {
    async end() {
      for (const { abort } of reads) abort.abort(new Error('enough'));
      return Promise.all(reads.map(({ ended }) => ended));
    },
  };
}

describe('a statement that takes long', () => {
  it('leaves the event loop turning, and ends when its signal aborts', async () => {
    const abort = new AbortController();
    const read = reader.readText(slow('a'), [], { ...unbounded, signal: abort.signal });
    let isOver = false;
    const end = () => {
      isOver = true;
    };
    read.then(end, end);
    for (let tick = 0; tick < 20; tick += 1) await setTimeout(5);
    expect(isOver).toBe(false);
    abort.abort(new Error('too late'));
    await expect(read).rejects.toThrow('too late');
  });

  it('does not begin when its signal has aborted, nor when it aborts in the queue', async () => {
    await expect(
      reader.readText(latest, [], { ...unbounded, signal: AbortSignal.abort(new Error('gone')) }),
    ).rejects.toThrow('gone');
    const filled = fill(unbounded);
    const abort = new AbortController();
    const waiting = reader.readText(latest, [], { ...unbounded, signal: abort.signal });
    abort.abort(new Error('left the queue'));
    await expect(waiting).rejects.toThrow('left the queue');
    await filled.end();
  });

  it('is truly over when it was interrupted: its connection serves the next one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const filled = fill(unbounded);
      await setTimeout(20);
      const errors = await filled.end();
      expect(new Set(errors.map(({ message }) => message))).toEqual(new Set(['enough']));
      expect(await reader.readText(latest, [], unbounded)).toBe('first');
    }
  });

  it('never takes the connection that is left to bounded statements', async () => {
    const filled = fill(unbounded);
    expect(await reader.readText(latest, [], bounded)).toBe('first');
    await filled.end();
  });

  it('ends when the reader disconnects', async () => {
    const read = reader.readText(slow('b'), [], unbounded);
    const waiting = fill(unbounded);
    await setTimeout(20);
    const refused = expect(read).rejects.toThrow('closed');
    await reader.close();
    await refused;
    await waiting.end();
    await expect(reader.readText(latest, [], unbounded)).rejects.toThrow('closed');
  });
});

describe('a statement that was quick', () => {
  const counted = `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ?1)
    SELECT count(*) || '' AS data FROM c`;

  it('leaves the event loop turning when other parameters make it slow, and ends when its signal aborts', async () => {
    for (let run = 0; run < 250; run += 1) await reader.readText(counted, [1], bounded);
    const abort = new AbortController();
    const read = reader.readText(counted, [8_000_000], { ...bounded, signal: abort.signal });
    // On the serving thread it would be over before the next turn.
    setImmediate(() => abort.abort(new Error('too late')));
    await expect(read).rejects.toThrow('too late');
    expect(await reader.readText(counted, [1], bounded)).toBe('1');
  });
});

describe('two clients', () => {
  it.each([bounded, unbounded])('one that asks for much is no burden on the other: %o', async (options) => {
    const greedy = fill({ ...options, client: 'greedy' });
    expect(await reader.readText(latest, [], { ...options, client: 'modest' })).toBe('first');
    await greedy.end();
  });
});

describe('read', () => {
  const options = bounded;

  it('every statement sees what was committed before it', async () => {
    for (let at = 0; at < 10; at += 1) {
      expect(await reader.readText(latest, [], options)).toBe(at === 0 ? 'first' : `note ${at - 1}`);
      await write(`note ${at}`);
    }
  });

  it('values come as parameters, and no row is null', async () => {
    const sql = 'SELECT ?1 || ?2 AS data WHERE ?3';
    for (let run = 0; run < 3; run += 1) {
      expect(await reader.readText(sql, ['é', '1', 1], options)).toBe('é1');
      expect(await reader.readText(sql, ['é', '1', 0], options)).toBeNull();
      expect(await reader.readText(sql, ['é', null, 1], options)).toBeNull();
    }
  });

  it('another file in the place of the database is followed', async () => {
    for (let run = 0; run < 3; run += 1) await reader.readText(latest, [], options);
    const other = await createTestDatabase();
    const writer = await openWriter(other.url);
    await writer.run('CREATE TABLE Note (text TEXT)');
    await writer.run("INSERT INTO Note VALUES ('of the other')");
    await writer.close();
    // As a rebuild does it: each file keeps its own log.
    symlinkSync(other.file, `${database.file}.link`);
    renameSync(`${database.file}.link`, database.file);
    expect(await reader.readText(latest, [], options)).toBe('of the other');
    other.remove();
  });

  it('nothing can be written, and an error is no end of reading', async () => {
    await expect(reader.readText("DELETE FROM Note RETURNING 'x' AS data", [], options)).rejects.toThrow();
    await expect(reader.readText('SELECT nothing AS data', [], options)).rejects.toThrow();
    expect(await reader.readText(latest, [], options)).toBe('first');
  });
});
