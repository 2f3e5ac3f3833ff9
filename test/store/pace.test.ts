import { expect, it } from 'vitest';
import { createPace } from '../../src/store/pace.ts';

it('a statement is quick from its first quick run on, and no other is', () => {
  const pace = createPace();
  expect(pace.isQuick('a')).toBe(false);
  pace.note('a', 10);
  expect(pace.isQuick('a')).toBe(false);
  pace.note('a', 1);
  expect(pace.isQuick('a')).toBe(true);
  expect(pace.isQuick('b')).toBe(false);
});

it('one slow run costs a hundred quick ones', () => {
  const pace = createPace();
  for (let run = 0; run < 1_000; run += 1) pace.note('a', 1);
  pace.note('a', 30);
  let runs = 0;
  while (!pace.isQuick('a')) {
    pace.note('a', 1);
    runs += 1;
  }
  expect(runs).toBe(101);
});

it('what was longest not asked for is forgotten', () => {
  const pace = createPace();
  const long = 'x'.repeat(1024 * 1024);
  for (let at = 0; at < 10; at += 1) pace.note(`${at}${long}`, 1);
  const kept = Array.from({ length: 10 }, (_, at) => pace.isQuick(`${at}${long}`)).filter(Boolean);
  expect(kept.length).toBeLessThan(5);
});
