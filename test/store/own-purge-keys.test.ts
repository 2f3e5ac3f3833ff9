import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OwnModel } from '../../src/model/own-model.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { readChanges } from '../../src/store/sqlite/read/read-changes.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type ContentFolder, createContentFolder } from './content-folder.ts';
import { modelOf, readingWith } from './own-content.ts';

let folder: ContentFolder;
let database: TestDatabase;
beforeEach(async () => {
  folder = createContentFolder();
  database = await createTestDatabase();
});
afterEach(() => {
  database.remove();
  folder.delete();
});

const model = modelOf(
  'authors: { kind: terms, of: Author }',
  'desk: { kind: term, of: Desk, public: false }',
  'guide: article',
  'source: { kind: article, public: false }',
);
const sync = (by: OwnModel = model) =>
  syncContent({
    ...{ folder: folder.path, databaseUrl: database.url, allowMassRemoval: true },
    reading: readingWith(by),
  });

test('a thing of a kind of the owner is told when its articles change, to those who may know of it', async () => {
  folder.write('a.md', { title: 'A', authors: ['Ann'], desk: 'North' });
  folder.write('b.md', { title: 'B', authors: ['Bo'], published: false });
  await sync();
  folder.write('a.md', { title: 'A', authors: ['Cy'], desk: 'South' });
  folder.write('b.md', { title: 'B!', authors: ['Bo'], published: false });
  const report = await sync();
  expect(report.changedKeys.own).toEqual({ author: ['ann', 'bo', 'cy'], desk: ['north', 'south'] });
  expect(report.public.changedKeys.own).toEqual({ author: ['ann', 'cy'] });
  expect(report.changedKeys.isCut).toBe(false);
  folder.write('c.md', { title: 'C' });
  expect((await sync()).changedKeys.own).toEqual({ author: [], desk: [] });
  const reader = openReader(database.url);
  try {
    const read = await readChanges(reader, { number: 1, publicNumber: 1 });
    expect(read.changedKeys.own).toEqual({ author: [], desk: [] });
    expect(read.publicKeys.own).toEqual({ author: [] });
  } finally {
    await reader.close();
  }
});

test('other keys count as more than the lists tell, to those who may know of them', async () => {
  folder.write('a.md', { title: 'A', authors: ['Ann'], desk: 'North' });
  await sync(modelOf('authors: { kind: terms, of: Author }'));
  const hidden = await sync(
    modelOf('authors: { kind: terms, of: Author }', 'desk: { kind: text, public: false }'),
  );
  expect(hidden.changedKeys.isCut).toBe(true);
  expect(hidden.public.changedKeys.isCut).toBe(false);
  const open = await sync(modelOf('authors: { kind: terms, of: Person }'));
  expect(open.changedKeys.isCut).toBe(true);
  expect(open.public.changedKeys.isCut).toBe(true);
  expect(open.public.changedKeys.own).toEqual({ person: ['ann'] });
});

test('an article whose link or reference leads to another one now is told, though its file is as it was', async () => {
  const site = 'https://www.site.example';
  folder.write('a.md', { title: 'A', guide: '/old', source: '/old', related: [`${site}/x`] });
  folder.write('h.md', { title: 'H', guide: '/old', published: false });
  folder.write('s.md', { title: 'S', source: '/old' });
  folder.write('z.md', { title: 'Z', aliases: ['/old'], webUrl: `${site}/x` });
  await sync();
  // It stands at the path, and what stands there is met rather than what once did.
  folder.write('old.md', { title: 'New', path: '/old' });
  const report = await sync();
  expect(report.changedKeys.articles).toEqual(['a', 'h', 'old', 's']);
  expect(report.public.changedKeys.articles).toEqual(['a', 'old']);
  folder.write('old.md', { title: 'Newer', path: '/old' });
  expect((await sync()).changedKeys.articles).toEqual(['old']);
  folder.write('y.md', { title: 'Y', webUrl: `${site}/x` });
  folder.remove('z.md');
  expect((await sync()).public.changedKeys.articles).toEqual(['a', 'y', 'z']);
});
