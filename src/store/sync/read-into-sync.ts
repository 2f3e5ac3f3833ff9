import { setTimeout } from 'node:timers/promises';
import type { Granted } from '../../content/parse-article.ts';
import { defaultReading } from '../../content/reading.ts';
import type { Sync } from './finish-sync.ts';
import { enterFile, reenterFile } from './ledger.ts';
import { type Listing, listFolder, listPaths } from './list-files.ts';

/** Milliseconds for which files that somebody writes are waited for, all together. */
const CHANGING_PAUSE_MS = 150;

/** Reads files again, under slugs and paths that others have left or not taken. */
export async function readAgain(sync: Sync, granted: ReadonlyMap<string, Granted>): Promise<void> {
  const { known, ledger, listing, options } = sync;
  const { modelFile = null } = options;
  const listed = listing.files.filter(({ path }) => granted.has(path));
  const seen = new Set(listed.map(({ path }) => path));
  const absent = [...granted.keys()].filter((path) => !seen.has(path));
  const found =
    absent.length === 0
      ? null
      : (listPaths(sync.folder, absent, known, modelFile) ??
        (await listFolder(sync.folder, known, modelFile)));
  const files = [
    ...listed,
    ...(found?.files ?? []).filter(({ path }) => granted.has(path) && !seen.has(path)),
  ];
  // One that is gone meanwhile is in no list.
  const isDisplaced = new Map<string, boolean>();
  for (const path of granted.keys()) {
    isDisplaced.set(path, ledger.files.get(path)?.isDisplaced ?? false);
    ledger.files.delete(path);
  }
  await readFiles(sync, files, () => null, granted);
  // Whether it has the slug that it wants was settled before, and does not hang on the path that it is read again for.
  for (const [path, was] of isDisplaced) {
    const row = ledger.files.get(path);
    if (row) ledger.files.set(path, { ...row, isDisplaced: was });
  }
}

/** Reads files, and those once more, after all others, that somebody was writing. */
export async function readFiles(
  sync: Sync,
  files: Listing['files'],
  knownDigest: (path: string) => string | null,
  granted?: ReadonlyMap<string, Granted>,
): Promise<void> {
  await readOnce(sync, files, knownDigest, granted);
  const changing = files.filter(({ path }) => sync.problems.isChanging(path));
  if (changing.length === 0) return;
  await setTimeout(CHANGING_PAUSE_MS);
  await readOnce(sync, changing, () => null, granted);
}

async function readOnce(
  { options, startedAt, at, known, ledger, articles, problems }: Sync,
  files: Listing['files'],
  knownDigest: (path: string) => string | null,
  granted?: ReadonlyMap<string, Granted>,
): Promise<void> {
  if (files.length === 0) return;
  // To load the parsers takes as long as to find that ten thousand files are unchanged.
  const [{ orderLoad }, { loadInThreads }] = await Promise.all([
    import('../load/load-files.ts'),
    import('../load/load-in-threads.ts'),
  ]);
  let done = 0;
  const order = orderLoad(options.folder, options.reading ?? defaultReading, files, knownDigest, at, granted);
  for await (const batch of loadInThreads(order, options.loading)) {
    options.signal?.throwIfAborted();
    const winners = [];
    for (const file of batch) {
      const before = known.get(file.path);
      if (!('isUnchanged' in file)) {
        if (before || file.problems.length > 0) await problems.put(file.path, file.problems);
        if (enterFile(ledger, before, file, startedAt, granted !== undefined) && file.article)
          winners.push(file.article);
      } else if (before) reenterFile(ledger, before, file, startedAt);
    }
    await articles.put(winners);
    done += batch.length;
    options.onProgress?.({ phase: 'read', done, total: files.length });
  }
}
