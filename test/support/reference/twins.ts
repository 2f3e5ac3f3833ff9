import { rmSync } from 'node:fs';
import type { ArticleRecord } from '../../../src/content/article/article.ts';
import { atMoment } from '../../../src/content/article/time-reasons.ts';
import { loadContent } from '../load-content.ts';
import { type Engine, openEngine } from './engine.ts';
import { buildWorld, type World } from './world.ts';

/** The same content twice: once with its hidden articles, once without their files. */
export interface Twins {
  withHidden: Engine;
  without: Engine;
  world: World;
}

/** `write` puts the same files into any folder. */
export async function openTwins(write: (folder: string) => void): Promise<Twins> {
  let folder = '';
  const withHidden = await openEngine((path) => {
    folder = path;
    write(path);
  });
  const { records, hiddenFiles } = await readRecords(folder);
  const without = await openEngine((path) => {
    write(path);
    for (const file of hiddenFiles) rmSync(`${path}/${file}`);
  });
  return { withHidden, without, world: buildWorld(records) };
}

/** What a folder holds, as the reference sees it. */
export async function readWorld(folder: string): Promise<World> {
  return buildWorld((await readRecords(folder)).records);
}

async function readRecords(folder: string) {
  const records: ArticleRecord[] = [];
  const hiddenFiles: string[] = [];
  for await (const batch of loadContent(folder)) {
    for (const { path, article } of batch) {
      if (!article) continue;
      records.push(article);
      if (!atMoment(article, new Date().toISOString()).published) hiddenFiles.push(path);
    }
  }
  return { records, hiddenFiles };
}
