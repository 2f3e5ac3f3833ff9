import { expect, test } from 'vitest';
import {
  enterFile,
  findPromotions,
  openLedger,
  planReads,
  reenterFile,
  withdrawFile,
} from '../../src/store/plan-sync.ts';
import type { FileState } from '../../src/store/sync-state.ts';

function row(path: string, change: Partial<FileState> = {}): FileState {
  const slug = path.replace('.md', '');
  return {
    path,
    size: 1,
    mtimeMs: 1.5,
    digest: 'd',
    state: 'loaded',
    slug,
    articleId: `a_${slug}`,
    isSettled: true,
    ...change,
  };
}

const known = (...rows: FileState[]) => new Map(rows.map((state) => [state.path, state]));
const listed = (path: string, change: object = {}) => ({ path, size: 1, mtimeMs: 1.5, ...change });
const read = (path: string, slug: string | null) => ({
  ...listed(path),
  digest: 'new',
  article: slug === null ? null : { id: `a_${slug}`, slug },
});

test.each([
  ['the same', row('a.md'), {}, 0],
  ['another size', row('a.md'), { size: 2 }, 1],
  ['another time', row('a.md'), { mtimeMs: 1.51 }, 1],
  ['a time that differs by less than is kept', row('a.md'), { mtimeMs: 1.5001 }, 0],
  ['read too soon after it was written', row('a.md', { isSettled: false }), {}, 1],
  ['never readable', row('a.md', { digest: '' }), {}, 1],
  ['bad before, but the same', row('a.md', { state: 'rejected', slug: null }), {}, 0],
])('a file that is %s', (_, before, change, reads) => {
  const plan = planReads(known(before), [listed('a.md', change)], false);
  expect([plan.read.length, plan.kept.length]).toEqual([reads, 1 - reads]);
  expect(planReads(known(before), [listed('a.md', change)], true).read).toHaveLength(1);
});

test('files are read in the order of code points', () => {
  const plan = planReads(
    known(),
    ['é.md', 'b.md', '\u{1F600}.md', 'B.md', '\uFFFD.md'].map((path) => listed(path)),
    false,
  );
  expect(plan.read.map(({ path }) => path)).toEqual(['B.md', 'b.md', 'é.md', '\uFFFD.md', '\u{1F600}.md']);
});

test('a file is settled when it was read long enough after its time', () => {
  const settled = (mtimeMs: number, readAt: number) => {
    const ledger = openLedger(known(), []);
    enterFile(ledger, undefined, { ...read('a.md', 'a'), mtimeMs }, readAt);
    return ledger.files.get('a.md')?.isSettled;
  };
  expect(settled(1_000_000.5, 1_000_051)).toBe(true);
  expect(settled(1_000_000.5, 1_000_050)).toBe(false);
  // A whole second may be all that the file system keeps.
  expect(settled(1_000_000, 1_001_999)).toBe(false);
  expect(settled(1_000_000, 1_002_001)).toBe(true);
});

test('the smallest path wins a slug in whatever order files are entered', () => {
  for (const order of [
    ['a.md', 'b.md', 'c.md'],
    ['c.md', 'b.md', 'a.md'],
    ['b.md', 'c.md', 'a.md'],
  ]) {
    const ledger = openLedger(known(), []);
    for (const path of order) enterFile(ledger, undefined, read(path, 's'), 0);
    expect(['a.md', 'b.md', 'c.md'].map((path) => ledger.files.get(path)?.state)).toEqual([
      'loaded',
      'duplicate',
      'duplicate',
    ]);
    expect(findPromotions(ledger)).toEqual([]);
  }
});

test('a duplicate is promoted when the file before it goes, and only then', () => {
  const rows = [
    row('a.md', { slug: 's' }),
    row('b.md', { slug: 's', state: 'duplicate' }),
    row('c.md', { slug: 's', state: 'duplicate' }),
  ];
  expect(findPromotions(openLedger(known(...rows), rows))).toEqual([]);
  const ledger = openLedger(known(...rows), rows.slice(1));
  expect(findPromotions(ledger)).toEqual(['b.md']);
  withdrawFile(ledger, 'b.md');
  expect(findPromotions(ledger)).toEqual(['c.md']);
});

test('a file that turns bad stays the article of its slug, until a good one before it takes that', () => {
  const before = row('b.md', { slug: 's', articleId: 'a_s' });
  const ledger = openLedger(known(before), []);
  expect(enterFile(ledger, before, read('b.md', null), 0)).toBe(false);
  expect(ledger.files.get('b.md')).toMatchObject({ state: 'stale', slug: 's', articleId: 'a_s' });
  expect(enterFile(ledger, undefined, read('c.md', 's'), 0)).toBe(false);
  expect(ledger.files.get('c.md')?.state).toBe('duplicate');
  expect(enterFile(ledger, undefined, read('a.md', 's'), 0)).toBe(true);
  expect(ledger.files.get('b.md')).toMatchObject({ state: 'rejected', slug: null, articleId: null });
  expect(ledger.claims.get('s')).toEqual(['a.md', 'c.md']);
});

test('a file that never was good, or was only a duplicate, is rejected', () => {
  const ledger = openLedger(known(), []);
  enterFile(ledger, undefined, read('a.md', null), 0);
  enterFile(ledger, row('b.md', { state: 'duplicate' }), read('b.md', null), 0);
  expect([...ledger.files.values()].map(({ state, slug }) => [state, slug])).toEqual([
    ['rejected', null],
    ['rejected', null],
  ]);
});

test('a touched file with the same bytes keeps its row but for the time', () => {
  const before = row('a.md');
  const ledger = openLedger(known(before), []);
  reenterFile(ledger, before, listed('a.md'), 1e9);
  expect(ledger.files.get('a.md')).toBe(before);
  reenterFile(ledger, before, listed('a.md', { mtimeMs: 7.25 }), 1e9);
  expect(ledger.files.get('a.md')).toEqual({ ...before, mtimeMs: 7.25 });
});
