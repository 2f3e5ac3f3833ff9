import type { UnchangedFile } from '../../content/load-file.ts';
import type { Problem } from '../../content/problems/problem.ts';
import { scanFolder } from '../../content/read/scan-folder.ts';
import type { UnreadCounts } from '../../content/read/select-files.ts';
import { defaultReading, momentOf, type ReadingSettings, systemNow } from '../../content/reading.ts';
import { type EncodedFile, orderLoad } from './load-files.ts';
import { loadInThreads } from './load-in-threads.ts';

type ParsedFile = Exclude<EncodedFile, UnchangedFile>;

export interface LoadFolderOptions {
  /** @default defaultReading */
  reading?: ReadingSettings;
  /** As of SyncOptions. @default null */
  modelFile?: string | null;
  /** As of SyncOptions. @default systemNow */
  now?: () => number;
  /** As of LoadingInThreads. */
  maxFileMs?: number;
  /** As of startThread. */
  threadsFrom?: string;
  onProgress?: (progress: { phase: 'read'; done: number; total: number }) => void;
}

/**
 * Reads and parses every file of a folder in the order of the paths, without a database, on a thread of its own that no file can
 * end for good.
 * @throws ContentFolderError when the folder is missing, no folder, or cannot be listed. Nothing that is wrong with a file
 * is thrown.
 */
export async function loadFolder(
  root: string,
  {
    reading = defaultReading,
    modelFile = null,
    now = systemNow,
    onProgress,
    ...loading
  }: LoadFolderOptions = {},
): Promise<{
  /** Of what could not even be looked at. */
  problems: Problem[];
  unread: UnreadCounts;
  batches: AsyncGenerator<ParsedFile[]>;
}> {
  const { files, problems, unread } = await scanFolder(root, modelFile);
  const order = orderLoad(root, reading, files, () => null, momentOf(reading, now()));

  async function* load(): AsyncGenerator<ParsedFile[]> {
    let done = 0;
    for await (const batch of loadInThreads(order, { ...loading, isCareful: true })) {
      done += batch.length;
      onProgress?.({ phase: 'read', done, total: files.length });
      // None is unchanged, since no digest was known.
      yield batch.filter((file) => 'article' in file);
    }
  }
  return { problems, unread, batches: load() };
}
