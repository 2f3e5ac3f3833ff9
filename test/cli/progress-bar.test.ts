import { expect, test } from 'vitest';
import { createProgressBar, type StepProgress } from '../../src/cli/output/progress-bar.ts';

function follow(isTTY: boolean, steps: (StepProgress & { at: number })[], quiet = false) {
  const written: string[] = [];
  let time = 0;
  const stream = { isTTY, columns: 120, write: (text: string) => written.push(text) };
  const bar = createProgressBar(stream, { quiet, now: () => time });
  for (const { at, ...step } of steps) {
    time = at;
    bar.update(step);
  }
  bar.end();
  return written;
}

const halfway = [
  { phase: 'read', done: 0, total: 4_000, at: 0 },
  { phase: 'read', done: 1_000, total: 4_000, at: 1_000 },
  { phase: 'read', done: 1_010, total: 4_000, at: 1_010 },
  { phase: 'read', done: 2_000, total: 4_000, at: 2_000 },
] as const;

test('a terminal gets one line that is drawn again, with speed and time left, and cleared at the end', () => {
  const written = follow(true, [...halfway]);
  expect(written).toHaveLength(4);
  expect(written[2]).toBe(
    '\r\u001b[2Kloading ████████████░░░░░░░░░░░░ 2,000/4,000 files, 1,000 files/s, 2 s left',
  );
  expect(written[3]).toBe('\r\u001b[2K');
});

test('a pipe gets a line a second at most and no control characters', () => {
  const written = follow(false, [...halfway]);
  expect(written).toEqual([
    'loading 1,000/4,000 files, 1,000 files/s, 3 s left\n',
    'loading 2,000/4,000 files, 1,000 files/s, 2 s left\n',
  ]);
});

test('what is over within a second is not worth a line', () => {
  expect(follow(false, [{ phase: 'read', done: 1, total: 2, at: 500 }])).toEqual([]);
  expect(follow(false, [{ phase: 'read', done: 2, total: 2, at: 5_000 }])).toEqual([]);
});

test('long waits are given in minutes', () => {
  const [line] = follow(false, [
    { phase: 'read', done: 0, total: 1_000, at: 0 },
    { phase: 'read', done: 10, total: 1_000, at: 1_000 },
  ]);
  expect(line).toContain('1 min 39 s left');
});

test('steps that are no files have their time left too', () => {
  expect(
    follow(false, [
      { phase: 'index', done: 0, total: 40, at: 0 },
      { phase: 'index', done: 10, total: 40, at: 2_000 },
      { phase: 'link', done: 1, total: 3, at: 4_000 },
    ]),
  ).toEqual(['indexing 10/40, 6 s left\n', 'linking 1/3\n']);
});

test('quiet is quiet', () => {
  expect(follow(true, [...halfway], true)).toEqual([]);
});
