import { renameSync, symlinkSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseReader, openReader, openWriter } from '../../src/store/clients.ts';
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
  await reader.$disconnect();
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

/** Many of them, so that all lanes are taken, however many there are. */
function fill(options: { isBounded: boolean }) {
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

/** Whether the promise is still open after a while in which much else could have been read. */
const isOpen = (promise: Promise<unknown>) =>
  Promise.race([promise.then(() => false), setTimeout(200, true)]);

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
    const lanes = fill(unbounded);
    const abort = new AbortController();
    const waiting = reader.readText(latest, [], { ...unbounded, signal: abort.signal });
    abort.abort(new Error('left the queue'));
    await expect(waiting).rejects.toThrow('left the queue');
    await lanes.end();
  });

  it('is truly over when it was interrupted: its lane serves the next one', async () => {
    for (let round = 0; round < 5; round += 1) {
      const lanes = fill(unbounded);
      await setTimeout(20);
      const errors = await lanes.end();
      expect(new Set(errors.map(({ message }) => message))).toEqual(new Set(['enough']));
      expect(await reader.readText(latest, [], unbounded)).toBe('first');
    }
  });

  it('never takes the lane that is left to bounded statements', async () => {
    const lanes = fill(unbounded);
    expect(await reader.readText(latest, [], bounded)).toBe('first');
    await lanes.end();
  });

  it('ends when the reader disconnects', async () => {
    const read = reader.readText(slow('b'), [], unbounded);
    const waiting = fill(unbounded);
    await setTimeout(20);
    const refused = expect(read).rejects.toThrow('closed');
    await reader.$disconnect();
    await refused;
    await waiting.end();
    await expect(reader.readText(latest, [], unbounded)).rejects.toThrow('closed');
  });
});

describe('a quick statement', () => {
  it('is read at once when it has proved quick, whatever runs beside; with a filter never', async () => {
    // On a busy machine a first run may count as slow, which a hundred quick ones make up for.
    for (let run = 0; run < 250; run += 1) await reader.readText(latest, [], bounded);
    const lanes = fill(bounded);
    expect(await reader.readText(latest, [], bounded)).toBe('first');
    const filtered = reader.readText(latest, [], unbounded);
    const unproved = reader.readText(`${latest.replace('text', 'upper(text)')}`, [], bounded);
    expect(await Promise.all([isOpen(filtered), isOpen(unproved)])).toEqual([true, true]);
    await lanes.end();
    expect(await filtered).toBe('first');
    expect(await unproved).toBe('FIRST');
  });
});

describe.each([
  ['beside the serving thread', unbounded],
  ['on the serving thread', bounded],
])('read %s', (_, options) => {
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
