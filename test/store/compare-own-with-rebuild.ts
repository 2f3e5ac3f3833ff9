import { expect } from 'vitest';
import type { OwnModel } from '../../src/model/own-model.ts';
import { isPostgresql } from '../../src/store/open-store.ts';
import { rebuildIndex } from '../../src/store/sync/rebuild-index.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase } from '../support/database.ts';
import type { FollowedIndex } from './compare-with-rebuild.ts';
import { createContentFolder, type FrontMatter } from './content-folder.ts';
import { dumpContent, queryText } from './dump-content.ts';
import { dumpOwn, modelOf, readingWith } from './own-content.ts';
import { createRandom, createRandomEdits } from './random-edits.ts';

/** Ways to declare the same keys. */
const declarations = [
  [
    'weight: int',
    'weight: { kind: int, order: true }',
    'weight: { kind: float, index: true }',
    'weight: text',
  ],
  ['level: { kind: enum, values: [low, high] }', 'level: { kind: text, order: true }'],
  ['on: { kind: boolean, default: true }', 'on: boolean', 'on: { kind: boolean, public: false }'],
  ['day: date', 'day: { kind: date, order: true }', 'day: { kind: text, public: false }'],
  [
    'authors: { kind: terms, of: Author }',
    'authors: { kind: terms, of: Person }',
    'authors: { kind: term, of: Author, public: false }',
    'authors: { kind: terms, of: Author, from: [by, authors] }',
  ],
  ['by: { kind: terms, of: Author }', 'by: { kind: term, of: Person }', 'by: text'],
  ['guide: article', 'guide: articles', 'guide: { kind: articles, public: false }'],
  ['see: articles', 'see: { kind: articles, from: guide }'],
  [
    'place: { kind: object, fields: { name: text, lat: float } }',
    'place: { kind: list, fields: { name: text } }',
  ],
];

/**
 * One sequence of random batches of edits, of files and of the model. After each, the database that followed them must equal one made
 * from nothing, in every row, column and index.
 */
export async function compareOwnWithRebuild(
  seed: number,
  batches: number,
  createFollowed: () => Promise<FollowedIndex> = createTestDatabase,
): Promise<void> {
  const folder = createContentFolder();
  const followed = await createFollowed();
  const random = createRandom(seed ^ 0x0c7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const some = <T>(list: readonly T[], most: number) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(list));
  const names = ['Ann', 'ANN', 'Bo', 'bø', '海'];
  const places = ['a', 'deep/b', 'same', './c.md', '/old/é/', 'https://www.site.example/1', '../a', '[[Z]]'];
  const values: readonly [string, () => unknown][] = [
    ['weight', () => pick([1, -2, 3, 'x'])],
    ['level', () => pick(['low', 'HIGH', 'Straße'])],
    ['on', () => random() < 0.5],
    ['day', () => pick(['2020-01-02', '2999-01-01', 'never'])],
    ['authors', () => some(names, 3)],
    ['by', () => pick(names)],
    ['guide', () => pick(places)],
    ['see', () => some(places, 3)],
    ['place', () => ({ name: pick(names), lat: random() < 0.5 ? 1.5 : 2 })],
  ];
  const more = (): FrontMatter =>
    Object.fromEntries(values.flatMap(([name, value]) => (random() < 0.4 ? [[name, value()]] : [])));
  const randomModel = (): OwnModel =>
    modelOf(
      ...declarations
        .flatMap((ways) => (random() < 0.6 ? [{ at: random(), way: pick(ways) }] : []))
        .sort((a, b) => a.at - b.at)
        .map(({ way }) => way),
    );
  try {
    const edits = createRandomEdits(folder, seed, { bad: false, more });
    let model = randomModel();
    for (let batch = 0; batch < batches; batch++) {
      if (random() < 0.5) edits.change();
      if (random() < 0.6) model = randomModel();
      const options = { folder: folder.path, allowMassRemoval: true, reading: readingWith(model) };
      const follow = random() < 0.1 ? rebuildIndex : syncContent;
      await follow({ ...options, databaseUrl: followed.url });
      const rebuilt = await createTestDatabase();
      try {
        await syncContent({ ...options, databaseUrl: rebuilt.url });
        const place = `seed ${seed}, batch ${batch}`;
        const isMadeAlike = !isPostgresql(followed.url);
        const own = (await dumpOwn(rebuilt.url)).filter((line) => isMadeAlike || line.startsWith('own.'));
        expect(await dumpOwn(followed.url), place).toEqual(own);
        expect(await dumpRest(followed.url), place).toEqual(await dumpRest(rebuilt.url));
      } finally {
        rebuilt.remove();
      }
      if (!isPostgresql(followed.url)) {
        expect(await queryText(followed.url, 'PRAGMA integrity_check')).toBe('ok');
      }
    }
  } finally {
    await followed.remove();
    folder.delete();
  }
}

/** Columns come in the order in which keys came. */
async function dumpRest(url: string): Promise<string[]> {
  const sorted = (line: string) => {
    if (!line.startsWith('Article {')) return line;
    const cells = Object.entries(JSON.parse(line.slice('Article '.length)));
    return `Article ${cells.map((cell) => JSON.stringify(cell)).sort()}`;
  };
  return (await dumpContent(url)).map(sorted).sort();
}
