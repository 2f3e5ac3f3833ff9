import { setTimeout } from 'node:timers/promises';
import type { ArticleRecord } from './article.ts';
import { parseArticle } from './parse-article.ts';
import type { Problem } from './problem.ts';
import { createProblem } from './problem-catalogue.ts';
import { type ReadFile, readArticleFile, type ScannedFile, scanFolder } from './read-files.ts';
import { takeTurns } from './take-turns.ts';

/** One file of the content folder and what became of it. */
export interface LoadedFile {
  /** Relative to the content folder, with `/`. */
  path: string;
  /** Bytes; 0 when it could not be looked at. */
  size: number;
  mtimeMs: number;
  /** SHA-256 in hex of its bytes; empty when they were not read. */
  digest: string;
  /** Null when the file was rejected: one of its problems is an error. */
  article: ArticleRecord | null;
  problems: Problem[];
}

/** How to load a content folder. */
export interface LoadOptions {
  /** Asked once for every file found, before any is read; true leaves the file unread and out of the batches. */
  skip?: (file: ScannedFile) => boolean;
  onProgress?: (progress: { phase: 'read'; done: number; total: number }) => void;
  /** @default 200 */
  batchSize?: number;
}

// A file being written is asked for again, a little later each time: half a second in all.
const RETRY_DELAYS_MS = [10, 40, 150, 300];

/**
 * Reads a content folder: scan, read, parse, validate, a batch at a time in the order of the paths, so that no more than a
 * batch is in memory. Files that could not even be looked at come first, without an article.
 *
 * @throws ContentFolderError when the folder is missing, no folder, or cannot be listed. Nothing that is wrong with a file
 * is thrown.
 */
export async function* loadContent(root: string, options: LoadOptions = {}): AsyncGenerator<LoadedFile[]> {
  const { skip = () => false, onProgress, batchSize = 200 } = options;
  const scanned = await scanFolder(root);
  const files = scanned.files.filter((file) => !skip(file));
  const turn = takeTurns();

  let batch = groupByPath(scanned.problems);
  for (const [index, file] of files.entries()) {
    const loaded = await loadFile(root, file);
    if (loaded !== null) batch.push(loaded);
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

/** Reads one scanned file. Null when it was deleted since. */
async function loadFile(root: string, file: ScannedFile): Promise<LoadedFile | null> {
  const read = await readWhenStill(root, file);
  const { path } = file;
  switch (read.kind) {
    case 'gone':
      return null;
    case 'rejected':
      return {
        path,
        size: read.size,
        mtimeMs: read.mtimeMs,
        digest: read.digest,
        article: null,
        problems: [read.problem],
      };
    case 'changing':
      return {
        path,
        size: read.size,
        mtimeMs: read.mtimeMs,
        digest: '',
        article: null,
        problems: [createProblem('FILE_CHANGING', path)],
      };
    case 'read': {
      const { size, mtimeMs, digest } = read;
      return { path, size, mtimeMs, digest, ...parseArticle(path, read.text) };
    }
  }
}

async function readWhenStill(root: string, file: ScannedFile): Promise<ReadFile> {
  let read = readArticleFile(root, file);
  for (const delay of RETRY_DELAYS_MS) {
    if (read.kind !== 'changing') break;
    await setTimeout(delay);
    read = readArticleFile(root, file);
  }
  return read;
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
