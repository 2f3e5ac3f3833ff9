import { resolve } from 'node:path';
import { type LoadedFile, loadFile } from './load-file.ts';
import { parseArticle } from './parse-article.ts';
import type { Problem } from './problem.ts';
import { type ScannedFile, scanFolder } from './read-files.ts';
import { defaultReading, prepareReading, type ReadingSettings } from './reading.ts';
import { takeTurns } from './take-turns.ts';

/** How to load a content folder. */
export interface LoadOptions {
  /** Asked once for every file found, before any is read; true leaves the file unread and out of the batches. */
  skip?: (file: ScannedFile) => boolean;
  onProgress?: (progress: { phase: 'read'; done: number; total: number }) => void;
  /** @default 200 */
  batchSize?: number;
  /** @default defaultReading */
  reading?: ReadingSettings;
}

/**
 * Reads a content folder: scan, read, parse, validate, a batch at a time in the order of the paths, so that no more than a
 * batch is in memory. Files that could not even be looked at come first, without an article.
 *
 * @throws ContentFolderError when the folder is missing, no folder, or cannot be listed. Nothing that is wrong with a file
 * is thrown.
 */
export async function* loadContent(root: string, options: LoadOptions = {}): AsyncGenerator<LoadedFile[]> {
  const { skip = () => false, onProgress, batchSize = 200 } = options;
  const folder = resolve(root);
  const reading = prepareReading(options.reading ?? defaultReading);
  const scanned = await scanFolder(root);
  const files = scanned.files.filter((file) => !skip(file));
  const turn = takeTurns();

  let batch = groupByPath(scanned.problems);
  for (const [index, file] of files.entries()) {
    const loaded = await loadFile(folder, file, null, (path, text) => parseArticle(path, text, reading));
    if (loaded && !('isUnchanged' in loaded)) batch.push(loaded);
    if (batch.length >= batchSize) {
      onProgress?.({ phase: 'read', done: index + 1, total: files.length });
      yield batch;
      batch = [];
    }
    await turn();
  }
  onProgress?.({ phase: 'read', done: files.length, total: files.length });
  if (batch.length > 0) yield batch;
}

function groupByPath(problems: readonly Problem[]): LoadedFile[] {
  const files = new Map<string, LoadedFile>();
  for (const problem of problems) {
    const file = files.get(problem.path);
    if (file !== undefined) file.problems.push(problem);
    else {
      const { path } = problem;
      files.set(path, { path, size: 0, mtimeMs: 0, digest: '', article: null, problems: [problem] });
    }
  }
  return [...files.values()];
}
