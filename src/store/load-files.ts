import { setTimeout as sleep } from 'node:timers/promises';
import { parseArticle } from '../content/parse-article.ts';
import type { Problem } from '../content/problem.ts';
import { createProblem } from '../content/problem-catalogue.ts';
import { type ReadFile, readArticleFile, type ScannedFile } from '../content/read-files.ts';
import { type EncodedArticle, encodeArticle } from './encode-article.ts';

/** A file as it was read. `unchanged`: its bytes have the digest that was known, and it was not parsed. */
export type LoadedFile =
  | { kind: 'unchanged'; path: string; size: number; mtimeMs: number }
  | {
      kind: 'loaded';
      path: string;
      size: number;
      mtimeMs: number;
      digest: string;
      article: EncodedArticle | null;
      problems: Problem[];
    };

/** Batches end at this many bytes of files, so that memory does not depend on how many files there are. */
const batchBytes = 1_000_000;

/** How often, and after how many milliseconds, a file that somebody is writing is tried again. */
const retries = [5, 20, 75, 150];

/**
 * Reads and parses the files in the order given, in batches of about 1 MB. Files deleted since they were listed are
 * left out.
 * @param knownDigest the digest with which a file need not be parsed again; null parses in any case
 */
export async function* loadFiles(
  root: string,
  files: readonly ScannedFile[],
  knownDigest: (path: string, index: number) => string | null,
): AsyncGenerator<LoadedFile[]> {
  let batch: LoadedFile[] = [];
  let bytes = 0;
  for (const [index, file] of files.entries()) {
    const loaded = await loadFile(root, file, knownDigest(file.path, index));
    if (!loaded) continue;
    batch.push(loaded);
    bytes += loaded.kind === 'loaded' ? loaded.size : 0;
    if (bytes < batchBytes && batch.length < 1_000) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  yield batch;
}

async function loadFile(
  root: string,
  file: ScannedFile,
  knownDigest: string | null,
): Promise<LoadedFile | null> {
  const { path } = file;
  const read = await readWhole(root, file);
  if (read.kind === 'gone') return null;
  const { size, mtimeMs } = read;
  const rejected = { kind: 'loaded', path, size, mtimeMs, digest: '', article: null } as const;
  if (read.kind === 'changing') return { ...rejected, problems: [createProblem('FILE_CHANGING', path)] };
  const { digest } = read;
  if (digest !== '' && digest === knownDigest) return { kind: 'unchanged', path, size, mtimeMs };
  if (read.kind === 'rejected') return { ...rejected, digest, problems: [read.problem] };
  const { article, problems } = parseArticle(path, read.text);
  return {
    kind: 'loaded',
    path,
    size,
    mtimeMs,
    digest,
    article: article && encodeArticle(article),
    problems,
  };
}

async function readWhole(root: string, file: ScannedFile): Promise<ReadFile> {
  for (const delay of retries) {
    const read = readArticleFile(root, file);
    if (read.kind !== 'changing') return read;
    await sleep(delay);
  }
  return readArticleFile(root, file);
}
