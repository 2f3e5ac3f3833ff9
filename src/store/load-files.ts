import { resolve } from 'node:path';
import { loadFile, type LoadedFile as ReadFile, type UnchangedFile } from '../content/load-file.ts';
import type { ScannedFile } from '../content/read-files.ts';
import { prepareReading, type ReadingSettings } from '../content/reading.ts';
import { type EncodedArticle, encodeArticle } from './encode-article.ts';

/** A file as it was read, its article as rows. */
export type LoadedFile = UnchangedFile | (Omit<ReadFile, 'article'> & { article: EncodedArticle | null });

/** What is to be read: files of one folder, cut into batches. */
export interface LoadOrder {
  root: string;
  reading: ReadingSettings;
  files: readonly ScannedFile[];
  /** In the order of the files: a digest with which one need not be parsed again, or null. */
  digests: readonly (string | null)[];
  /** Where each batch ends, as an index into the files. */
  ends: readonly number[];
}

/** Batches end at this many bytes of files, so that memory does not depend on how many files there are. */
const batchBytes = 250_000;
const batchFiles = 1_000;

/** @param knownDigest the digest with which a file need not be parsed again; null parses in any case */
export function orderLoad(
  root: string,
  reading: ReadingSettings,
  files: readonly ScannedFile[],
  knownDigest: (path: string) => string | null,
): LoadOrder {
  const ends: number[] = [];
  let bytes = 0;
  for (const [index, { size }] of files.entries()) {
    bytes += size;
    const start = ends.at(-1) ?? 0;
    if (bytes < batchBytes && index - start < batchFiles && index < files.length - 1) continue;
    ends.push(index + 1);
    bytes = 0;
  }
  return { root: resolve(root), reading, files, ends, digests: files.map(({ path }) => knownDigest(path)) };
}

/** Reads and parses the files of one batch. Those deleted since they were listed are left out. */
export async function loadBatch(order: LoadOrder, batch: number): Promise<LoadedFile[]> {
  const { root, files, digests, ends } = order;
  const reading = prepareReading(order.reading);
  const loadedFiles: LoadedFile[] = [];
  const start = ends[batch - 1] ?? 0;
  for (const [index, file] of files.slice(start, ends[batch]).entries()) {
    const loaded = await loadFile(root, file, digests[start + index] ?? null, reading);
    if (!loaded) continue;
    const isUnchanged = 'isUnchanged' in loaded;
    loadedFiles.push(
      isUnchanged ? loaded : { ...loaded, article: loaded.article && encodeArticle(loaded.article) },
    );
  }
  return loadedFiles;
}
