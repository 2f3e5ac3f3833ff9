import { expect, test } from 'vitest';
import { assignPaths, type PathClaim } from '../../src/content/paths/assign-paths.ts';
import { explainClaims } from '../../src/content/paths/explain-claims.ts';

const claim = (path: string, change: object = {}) => {
  const slug = path.replace('.md', '');
  return {
    ...{ path, wanted: null, wantedPath: `/${slug}`, locale: null, isHidden: false, aliases: [] },
    ...change,
  };
};
const told = (...claims: ReturnType<typeof claim>[]) =>
  explainClaims(claims, new Set()).map(({ code, path }) => `${path} ${code}`);

test('slugs, paths and aliases that are another’s are told of without a database', () => {
  expect(told(claim('a.md'), claim('b.md', { wantedPath: '/c', aliases: ['/a'] }))).toEqual([
    'b.md ALIAS_TAKEN',
  ]);
  expect(told(claim('b.md', { wantedPath: '/c' }), claim('a.md', { wantedPath: '/c/' }))).toEqual([
    'b.md DUPLICATE_PATH',
  ]);
  expect(told(claim('a.md'), claim('b.md', { wanted: 'a', wantedPath: '/a' }))).toEqual([
    'b.md DUPLICATE_SLUG',
  ]);
});

test('an alias of several files is told of to all but the first of them, unless an article stands there', () => {
  const [x, y] = [claim('x.md', { aliases: ['/old', '/z'] }), claim('y.md', { aliases: ['/z', '/old'] })];
  const shared = explainClaims([y, x], new Set());
  expect(shared).toMatchObject([{ code: 'DUPLICATE_ALIAS', path: 'y.md', field: 'aliases', value: '/old' }]);
  expect(shared[0]?.message).toContain('an alias of x.md');
  expect(
    told(claim('x.md', { aliases: ['/old'] }), claim('y.md', { aliases: ['/old'], locale: 'fr' })),
  ).toEqual([]);
  expect(told(claim('old.md'), x, y)).toEqual(['x.md ALIAS_TAKEN', 'y.md ALIAS_TAKEN']);
  expect(told(claim('z.md'), x, y)).toEqual(['x.md ALIAS_TAKEN', 'y.md DUPLICATE_ALIAS']);
  expect(told(claim('old.md', { aliases: ['/old'] }), claim('y.md', { aliases: ['/old'] }))).toEqual([
    'y.md ALIAS_TAKEN',
  ]);
});

test('a hundred thousand files that want one path each get one', () => {
  const claims = Array.from(
    { length: 100_000 },
    (_, index): PathClaim => ({
      ...{ path: `${index}.md`, slug: `${index}`, wanted: null, wantedPath: '/same' },
      ...{ locale: null, isHidden: false },
    }),
  );
  const paths = [...assignPaths(claims, new Set()).values()].map(({ sitePath }) => sitePath);
  expect(new Set(paths).size).toBe(100_000);
});

test('slugs that are one as a path leave nobody without', () => {
  const claims = ['a b', 'a%20b'].map((slug): PathClaim => {
    return { path: `${slug}.md`, slug, wanted: null, wantedPath: `/${slug}`, locale: null, isHidden: false };
  });
  expect([...assignPaths(claims, new Set()).values()].map(({ sitePath }) => sitePath)).toEqual([
    '/a b',
    '/a%20b',
  ]);
});
