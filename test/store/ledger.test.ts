import { expect, test } from 'vitest';
import type { FileState } from '../../src/store/sqlite/write/sync-state.ts';
import { enterFile, openLedger, reenterFile } from '../../src/store/sync/ledger.ts';
import { settleSlugs } from '../../src/store/sync/settle-slugs.ts';

function row(path: string, change: Partial<FileState> = {}): FileState {
  const slug = path.replace('.md', '');
  return {
    ...{ path, size: 1, mtimeMs: 1.5, digest: 'd', state: 'loaded', slug, articleId: `a_${slug}` },
    ...{
      wanted: null,
      wantedPath: `/${slug}`,
      sitePath: `/${slug}`,
      locale: null,
      isDisplaced: false,
      isSettled: true,
    },
    ...change,
  };
}

const known = (...rows: FileState[]) => new Map(rows.map((state) => [state.path, state]));
const listed = (path: string, change: object = {}) => ({ path, size: 1, mtimeMs: 1.5, ...change });
const read = (path: string, slug: string | null, wanted = slug) => ({
  ...listed(path),
  digest: 'new',
  article:
    slug === null
      ? null
      : {
          ...{ id: `a_${slug}`, slug, wanted, locale: null, published: true },
          wantedPath: '/',
          sitePath: '/',
        },
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

test('the smallest path wins a slug in whatever order files are entered, and each other gets that of its path', async () => {
  for (const order of [
    ['a.md', 'b.md', 'c.md'],
    ['c.md', 'b.md', 'a.md'],
    ['b.md', 'c.md', 'a.md'],
  ]) {
    const ledger = openLedger(known(), []);
    for (const path of order) enterFile(ledger, undefined, read(path, 's'), 0);
    const again: [string, string][] = [];
    const problems = await settleSlugs(
      ledger,
      () => true,
      async (slugs) => {
        for (const [path, { slug }] of slugs) {
          again.push([path, slug ?? '']);
          enterFile(ledger, undefined, read(path, slug ?? '', 's'), 0, true);
        }
      },
    );
    expect(problems.map(({ path }) => path).sort()).toEqual(['b.md', 'c.md']);
    expect(new Map(again)).toEqual(
      new Map([
        ['b.md', 'b'],
        ['c.md', 'c'],
      ]),
    );
    expect([...ledger.files.values()].map(({ path, slug }) => [path, slug]).sort()).toEqual([
      ['a.md', 's'],
      ['b.md', 'b'],
      ['c.md', 'c'],
    ]);
  }
});

test('a file that turns bad keeps its slug, until a good one before it takes that', async () => {
  const before = row('b.md', { slug: 's', articleId: 'a_s', wanted: 's' });
  const settle = async (...paths: string[]) => {
    const ledger = openLedger(known(before), [], ['b.md', ...paths]);
    expect(enterFile(ledger, before, read('b.md', null), 0)).toBe(false);
    for (const path of paths) enterFile(ledger, undefined, read(path, 's'), 0);
    await settleSlugs(
      ledger,
      () => true,
      async (slugs) => {
        for (const [path, { slug }] of slugs) enterFile(ledger, undefined, read(path, slug, 's'), 0, true);
      },
    );
    return ledger.files;
  };
  const kept = await settle('c.md');
  expect(kept.get('b.md')).toMatchObject({ state: 'stale', slug: 's', articleId: 'a_s' });
  expect(kept.get('c.md')).toMatchObject({ state: 'loaded', slug: 'c', isDisplaced: true });
  const taken = await settle('a.md', 'c.md');
  expect(taken.get('a.md')).toMatchObject({ state: 'loaded', slug: 's', isDisplaced: false });
  expect(taken.get('b.md')).toMatchObject({ state: 'rejected', slug: null, articleId: null });
});

test('a file that never was good is rejected', () => {
  const ledger = openLedger(known(), []);
  enterFile(ledger, undefined, read('a.md', null), 0);
  expect([...ledger.files.values()]).toMatchObject([{ state: 'rejected', slug: null }]);
});

test('files that change slugs whenever they are read are given up on', async () => {
  const ledger = openLedger(known(), []);
  enterFile(ledger, undefined, read('a.md', 's'), 0);
  enterFile(ledger, undefined, read('b.md', 's'), 0);
  let rounds = 0;
  await settleSlugs(
    ledger,
    () => true,
    async (slugs) => {
      rounds += 1;
      for (const path of slugs.keys()) enterFile(ledger, undefined, read(path, 's'), 0, true);
    },
  );
  expect(rounds).toBeLessThan(10);
  expect([...ledger.files.values()].map(({ state }) => state).sort()).toEqual(['rejected', 'rejected']);
});

test('a touched file with the same bytes keeps its row but for the time', () => {
  const before = row('a.md');
  const ledger = openLedger(known(before), []);
  reenterFile(ledger, before, listed('a.md'), 1e9);
  expect(ledger.files.get('a.md')).toBe(before);
  reenterFile(ledger, before, listed('a.md', { mtimeMs: 7.25 }), 1e9);
  expect(ledger.files.get('a.md')).toEqual({ ...before, mtimeMs: 7.25 });
});

test('an emptied file keeps its last good version, and one that was empty is an article', () => {
  const enter = (before: FileState | undefined, digest: string) => {
    const ledger = openLedger(before ? known(before) : known(), [], ['a.md']);
    enterFile(ledger, before, { ...read('a.md', 'a'), digest, isEmpty: true }, 0);
    return ledger.files.get('a.md');
  };
  const empty = enter(undefined, 'none');
  expect(empty).toMatchObject({ state: 'loaded', slug: 'a' });
  expect(enter(empty, 'none')).toMatchObject({ state: 'loaded' });
  const stale = enter(row('a.md'), 'none');
  expect(stale).toMatchObject({ state: 'stale', slug: 'a', digest: 'none' });
  expect(enter(stale, 'none')).toMatchObject({ state: 'stale' });
});
