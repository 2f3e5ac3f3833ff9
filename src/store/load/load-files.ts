import { resolve } from 'node:path';
import { type LoadedFile, loadFile, type UnchangedFile } from '../../content/load-file.ts';
import { type Granted, type ParsedArticle, parseArticle } from '../../content/parse-article.ts';
import type { ScannedFile } from '../../content/read/scan-folder.ts';
import { prepareReading, type Reading, type ReadingSettings } from '../../content/reading.ts';
import { rejectUnparsed } from '../../content/reject-unparsed.ts';
import { type EncodedArticle, encodeArticle } from '../rows/encode-article.ts';
import { findNeverOpened, findQuarantined, type Quarantine } from './quarantine.ts';
import type { Marker } from './reading-mark.ts';

/** A file as it was read, its article as rows. */
export type EncodedFile = UnchangedFile | (Omit<LoadedFile, 'article'> & { article: EncodedArticle | null });

/** What is to be read: files of one folder, cut into batches. */
export interface LoadOrder {
  root: string;
  reading: ReadingSettings;
  /** The moment as of which articles are shown or hidden, in ISO 8601 in UTC; null where times hide nothing. */
  at: string | null;
  files: readonly ScannedFile[];
  /** In the order of the files: a digest with which one need not be parsed again, or null. */
  digests: readonly (string | null)[];
  /** By path: what an article gets where another has what it asks for. */
  granted: ReadonlyMap<string, Granted>;
  /** Where each batch ends, as an index into the files. */
  ends: readonly number[];
}

/** Batches end at this many bytes of files, so that memory does not depend on how many files there are. */
const MAX_BATCH_BYTES = 250_000;
const MAX_BATCH_FILES = 1_000;

/**
 * @param knownDigest the digest with which a file need not be parsed again; null parses in any case
 * @param at as of LoadOrder
 * @param granted as of LoadOrder
 */
export function orderLoad(
  root: string,
  reading: ReadingSettings,
  files: readonly ScannedFile[],
  knownDigest: (path: string) => string | null,
  at: string | null,
  granted: ReadonlyMap<string, Granted> = new Map(),
): LoadOrder {
  const ends: number[] = [];
  let bytes = 0;
  for (const [index, { size }] of files.entries()) {
    bytes += size;
    const start = ends.at(-1) ?? 0;
    if (bytes < MAX_BATCH_BYTES && index - start < MAX_BATCH_FILES && index < files.length - 1) continue;
    ends.push(index + 1);
    bytes = 0;
  }
  const digests = files.map(({ path }) => knownDigest(path));
  return { root: resolve(root), reading, at, files, ends, digests, granted };
}

/** How the files of an order are read, beside the order: by whom, and who looks on. */
export interface Loading {
  /** Makes an article of a file's text. @default parseArticle */
  parse?: typeof parseArticle;
  /** Where this thread notes the file that it reads. @default nowhere */
  marker?: Marker;
  /** Files that are not to be parsed; those that do harm are added. @default none */
  quarantine?: Quarantine;
}

/** Reads and parses the files of one batch. Those deleted since they were listed are left out. */
export async function loadBatch(
  order: LoadOrder,
  batch: number,
  loading: Loading = {},
): Promise<EncodedFile[]> {
  const { files, ends } = order;
  const { marker } = loading;
  const reading = prepareReading(order.reading);
  const loadedFiles: EncodedFile[] = [];
  const start = ends[batch - 1] ?? 0;
  for (const [index, file] of files.slice(start, ends[batch]).entries()) {
    marker?.begin(file);
    const loaded = await loadGuarded(order, start + index, file, reading, loading);
    marker?.end();
    if (loaded) loadedFiles.push(loaded);
  }
  return loadedFiles;
}

/** No file may end the reading of the others: one that cannot be dealt with is rejected as it stands. */
async function loadGuarded(
  { root, at, digests, granted }: LoadOrder,
  index: number,
  file: ScannedFile,
  reading: Reading,
  { parse = parseArticle, marker, quarantine = new Map() }: Loading,
): Promise<EncodedFile | null> {
  const neverOpened = findNeverOpened(quarantine, file);
  const { path, size, mtimeMs } = file;
  if (neverOpened) {
    const { digest, harm } = neverOpened;
    return { path, size, mtimeMs, digest: digest ?? '', ...withoutArticle(rejectUnparsed(path, null, harm)) };
  }
  const known = { digest: '', text: '' };
  try {
    const loaded = await loadFile(root, file, digests[index] ?? null, (_path, text, digest) => {
      Object.assign(known, { digest, text });
      marker?.noteDigest(digest);
      const found = findQuarantined(quarantine, path, digest);
      return found ? rejectUnparsed(path, text, found.harm) : parse(path, text, reading, granted.get(path));
    });
    if (!loaded || 'isUnchanged' in loaded) return loaded;
    return {
      ...loaded,
      article: loaded.article && encodeArticle(loaded.article, at, reading.settings.model),
    };
  } catch (error) {
    const harm = `fails (${error instanceof Error ? error.name : typeof error})`;
    const rejected = rejectUnparsed(path, known.text, harm);
    return { path, size, mtimeMs, digest: known.digest, ...withoutArticle(rejected) };
  }
}

function withoutArticle(parsed: ParsedArticle): ParsedArticle & { article: null } {
  return { ...parsed, article: null };
}
