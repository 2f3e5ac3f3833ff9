import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type FailureTracker, trackFailures } from '../../src/cli/serve/track-failures.ts';

const MINUTE = 60_000;
let lines: string[];
let codes: string[];
let lags: (number | null)[];
let tracker: FailureTracker;

beforeEach(() => {
  vi.useFakeTimers();
  [lines, codes, lags] = [[], [], []];
  tracker = trackFailures({
    logger: {
      error: (line: unknown) => void lines.push(String(line)),
      info: (line: unknown) => void lines.push(String(line)),
    },
    syncs: { recordFailure: (code) => void codes.push(code), noteLag: (ms) => void lags.push(ms) },
  });
});
afterEach(() => {
  tracker.close();
  vi.useRealTimers();
});

test('a failure is logged at once, again each minute, and its end once', () => {
  tracker.begin();
  tracker.fail('DISK_FULL', 'The disk is full.');
  vi.advanceTimersByTime(3 * MINUTE);
  tracker.begin();
  tracker.succeed();
  tracker.begin();
  tracker.succeed();
  expect(lines).toEqual([
    'The disk is full.',
    'The content has not been followed for 60 seconds. The disk is full.',
    'The content has not been followed for 120 seconds. The disk is full.',
    'The content has not been followed for 180 seconds. The disk is full.',
    'following the content folder again',
  ]);
  expect([codes, lags]).toEqual([['DISK_FULL'], [0, null]]);
});

test('the same failure again counts, is told from the first one on, and is no new line', () => {
  tracker.fail('DISK_FULL', 'The disk is full.');
  vi.advanceTimersByTime(1_000);
  tracker.fail('DISK_FULL', 'The disk is full.');
  vi.advanceTimersByTime(1_000);
  tracker.fail('DATABASE_DAMAGED', 'The database is damaged.');
  expect(lines).toEqual(['The disk is full.', 'The database is damaged.']);
  expect([codes, lags]).toEqual([
    ['DISK_FULL', 'DISK_FULL', 'DATABASE_DAMAGED'],
    [0, 1_000, 2_000],
  ]);
});

test('a look that does not end is a failure from its beginning', () => {
  tracker.begin();
  vi.advanceTimersByTime(MINUTE);
  expect(lines).toEqual(['A look at the content folder does not end. Does its disk answer?']);
  expect([codes, lags]).toEqual([['LOOK_UNENDED'], [MINUTE]]);
});

test('looks that end one after another are none, however long they go on', () => {
  for (let second = 0; second < 300; second += 1) {
    tracker.begin();
    vi.advanceTimersByTime(1_000);
    tracker.succeed();
  }
  expect([lines, codes, lags]).toEqual([[], [], []]);
});
