import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CorpusOptions } from '../corpus/article-head.ts';
import { writeCorpus } from '../corpus/generate-corpus.ts';
import { projectRoot, runScript } from './child-server.ts';

/** A folder of articles and the index made from it. */
export interface PreparedContent {
  folder: string;
  databaseFile: string;
  databaseUrl: string;
}

/** What `load-sync.ts` prints. */
export interface LoadResult {
  /** The work itself, without the start of the process. */
  ms: number;
  files: number;
  /** Whether the content was another than before. */
  changed: boolean;
  /** The number of the content's version afterwards. */
  version: number;
  /** Peak resident memory of the process. */
  maxRssBytes: number;
}

/** The script that loads a folder, in a process of its own. */
export const loadScript = ['--import', 'tsx', 'scripts/bench/load-sync.ts'];

/** Writes a corpus under `data/bench`, or takes the one that an earlier run left there with the same options. */
export function prepareFolder(options: CorpusOptions): string {
  const name = Object.entries(options)
    .map(([key, value]) => `${key}-${value}`)
    .join('_');
  const home = join(projectRoot, 'data/bench', name);
  const folder = join(home, 'content');
  const whole = join(home, 'whole');
  if (!existsSync(whole)) {
    rmSync(home, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const { files } = writeCorpus(folder, options);
    writeFileSync(whole, `${files}\n`);
  }
  return folder;
}

/** A corpus and a database that holds it. */
export async function prepareContent(options: CorpusOptions): Promise<PreparedContent> {
  const folder = prepareFolder(options);
  const databaseFile = join(folder, '../gateway.db');
  const databaseUrl = `file:${databaseFile}`;
  await runScript<LoadResult>([...loadScript, folder, databaseUrl]);
  return { folder, databaseFile, databaseUrl };
}
