import { expect, test } from 'vitest';
import { assignSlugs, type SlugClaim } from '../../src/content/paths/assign-slugs.ts';
import { createRandom } from '../store/random-edits.ts';

const claim = (path: string, wanted: string | null = null, change: Partial<SlugClaim> = {}): SlugClaim => ({
  ...{ path, wanted, locale: null, isHidden: false },
  ...change,
});
const slugsOf = (claims: readonly SlugClaim[], locales: ReadonlySet<string> = new Set()) =>
  Object.fromEntries([...assignSlugs(claims, locales)].map(([path, { slug }]) => [path, slug]));

test.each<[string, SlugClaim[], Record<string, string>]>([
  ['one slug goes to the first path', [claim('b.md', 's'), claim('a.md', 's')], { 'a.md': 's', 'b.md': 'b' }],
  [
    'the path that makes a slug goes before who asks for it',
    [claim('a.md', 'b'), claim('b.md')],
    { 'a.md': 'a', 'b.md': 'b' },
  ],
  [
    'an index file and a file of its folder’s name',
    [claim('notes/index.md'), claim('notes.md')],
    { 'notes.md': 'notes', 'notes/index.md': 'notes/index' },
  ],
  [
    'files that differ in their extension',
    [claim('a.txt'), claim('a.md'), claim('a.markdown')],
    { 'a.markdown': 'a', 'a.md': 'a.md', 'a.txt': 'a.txt' },
  ],
  [
    'what the public sees goes before what it does not',
    [claim('a.md', 's', { isHidden: true }), claim('b.md', 's')],
    { 'a.md': 'a', 'b.md': 's' },
  ],
  [
    'files in two languages want no common slug',
    [claim('a.md'), claim('a.fr.md', null, { locale: 'fr' }), claim('a.de.md', null, { locale: 'de' })],
    { 'a.md': 'a', 'a.fr.md': 'a', 'a.de.md': 'a' },
  ],
  [
    'who is driven out drives out another',
    [claim('a.md', 's'), claim('b.md', 's'), claim('c.md', 'b')],
    { 'a.md': 's', 'b.md': 'b', 'c.md': 'c' },
  ],
  [
    'what is held alone is kept, or nothing is',
    [
      claim('b.md', 's', { held: 's' }),
      claim('c.md', 's'),
      claim('d.md', 'x', { held: 'x' }),
      claim('a.md', 'x'),
    ],
    { 'b.md': 's', 'c.md': 'c', 'a.md': 'x' },
  ],
])('%s', (_, claims, expected) => {
  expect(slugsOf(claims)).toEqual(expected);
  expect(slugsOf([...claims].reverse())).toEqual(expected);
});

test('names that are one in Unicode have slugs of their own, and long ones are cut', () => {
  const long = `${'é'.repeat(511)}.md`;
  const slugs = Object.values(
    slugsOf([claim('\u00e9.md'), claim('e\u0301.md'), claim(long), claim(`x/../${long}`)]),
  );
  expect(new Set(slugs).size).toBe(4);
  const twins = ['\u00e9', 'e\u0301'].map((letter) => claim(`${letter.repeat(500)}.md`));
  for (const slug of Object.values(slugsOf(twins))) expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(1024);
});

test('random claims get slugs that no two share, whatever their order, and each claim that lost has lost to a better one', () => {
  const seed = Date.now() % 1_000_000;
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let round = 0; round < 200; round += 1) {
    const paths = new Set(
      Array.from(
        { length: 30 },
        () => `${pick(['', 'a/', 'b/'])}${pick(['a', 'b', 'index', 'c'])}.${pick(['md', 'txt'])}`,
      ),
    );
    const claims = [...paths].map((path) =>
      claim(path, random() < 0.4 ? pick(['a', 'b', 'a/b', 'a.md', 'a/a.md']) : null, {
        isHidden: random() < 0.3,
        locale: pick([null, null, 'fr']),
      }),
    );
    const grants = assignSlugs(claims, new Set());
    const keys = claims.map(({ path, locale }) => `${grants.get(path)?.slug} ${locale}`);
    expect(new Set(keys).size, `seed ${seed}`).toBe(claims.length);
    const shuffled = claims.map((it) => [random(), it] as const).sort(([a], [b]) => a - b);
    expect(slugsOf(shuffled.map(([, it]) => it)), `seed ${seed}`).toEqual(slugsOf(claims));
    for (const { path, isHidden } of claims) {
      const rival = claims.find((it) => it.path === grants.get(path)?.rival);
      if (rival) expect(rival.isHidden && !isHidden, `seed ${seed}`).toBe(false);
    }
  }
});

test('a hundred thousand files that want one slug take a moment', () => {
  const claims = Array.from({ length: 100_000 }, (_, index) => claim(`${index}.md`, 's'));
  expect(new Set(Object.values(slugsOf(claims))).size).toBe(100_000);
});
