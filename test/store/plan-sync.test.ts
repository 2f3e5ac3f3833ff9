import { expect, test } from 'vitest';
import type { FileState } from '../../src/store/sqlite/write/sync-state.ts';
import { planReads } from '../../src/store/sync/plan-sync.ts';

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
    wanted: null,
    wantedPath: null,
    sitePath: null,
    locale: null,
    isDisplaced: false,
    isSettled: true,
    ...change,
  };
}

const known = (...rows: FileState[]) => new Map(rows.map((state) => [state.path, state]));
const listed = (path: string, change: object = {}) => ({ path, size: 1, mtimeMs: 1.5, ...change });
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
