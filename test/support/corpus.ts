import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CorpusOptions } from '../../scripts/bench/corpus/article-head.ts';
import { writeCorpus } from '../../scripts/bench/corpus/generate-corpus.ts';

/** A content folder on disk that a test owns. */
export interface CorpusFolder {
  folder: string;
  files: number;
  remove(): void;
}

/** Writes a seeded corpus into a new temporary folder. Call `remove` when done. */
export function createCorpusFolder(options: CorpusOptions): CorpusFolder {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-corpus-'));
  const { files } = writeCorpus(folder, options);
  return { folder, files, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
