import { prefers } from '../../content/paths/assign-slugs.ts';
import { slugFromPath } from '../../content/paths/slug-choices.ts';
import type { FileState } from '../sqlite/write/sync-state.ts';
import { isSettledTime, type ListedFile, roundTime } from './plan-sync.ts';

/** A file as it was read. */
export interface ReadFileFacts extends ListedFile {
  /** SHA-256 in hex of its bytes; empty when they could not be read. */
  digest: string;
  /** Null when the file is rejected. */
  article: {
    id: string;
    slug: string;
    wanted: string | null;
    wantedPath: string;
    sitePath: string;
    locale: string | null;
    published: boolean;
  } | null;
  /** The last good version may not be served either: the file says that its article is hidden. */
  isTakenDown?: true;
  /** An earlier version is served rather: an editor may have emptied the file to write it anew. */
  isEmpty?: true;
}

/** Which file is the source of which article, while files are read. */
export interface Ledger {
  /** The rows of SourceFile as they will be. */
  readonly files: Map<string, FileState>;
  /** The file whose article stands under each id: in the database, or will when it is read. */
  readonly holders: Map<string, string>;
  /** Of files that were read: whether their article is hidden. */
  readonly isHidden: Map<string, boolean>;
  /** Files that are missing, and of which the last good version is kept as it stands. */
  readonly absent: Set<string>;
  /** Whether two files want one slug, or did at the last sync: then slugs are to be settled. */
  hasRivals: boolean;
  readonly locales: ReadonlySet<string>;
}

/**
 * @param known the rows of the last sync
 * @param kept those of files that are as they were
 * @param reads the paths of files that are to be read
 * @param locales as of placeOf
 */
export function openLedger(
  known: ReadonlyMap<string, FileState>,
  kept: readonly FileState[],
  reads: Iterable<string> = [],
  locales: ReadonlySet<string> = new Set(),
): Ledger {
  const ledger: Ledger = {
    ...{ files: new Map(), holders: new Map(), isHidden: new Map(), absent: new Set<string>() },
    ...{ hasRivals: false, locales },
  };
  for (const row of known.values()) if (row.isDisplaced) ledger.hasRivals = true;
  // What a file that is there had is its own until it is read: nobody takes it before that by chance of the order.
  for (const path of reads) hold(ledger, known.get(path));
  for (const row of kept) {
    ledger.files.set(row.path, row);
    hold(ledger, row);
  }
  return ledger;
}

function hold(ledger: Ledger, row: FileState | undefined): void {
  if (row?.articleId != null && row.state !== 'rejected') ledger.holders.set(row.articleId, row.path);
}

/**
 * Enters a file that was read.
 * @param before its row of the last sync
 * @param readAt when reading began, in milliseconds of the epoch
 * @param isGranted whether its slug is settled, whoever had it before
 * @returns true when its article is to be written
 */
export function enterFile(
  ledger: Ledger,
  before: FileState | undefined,
  file: ReadFileFacts,
  readAt: number,
  isGranted = false,
): boolean {
  const { path, size, digest, article } = file;
  const mtimeMs = roundTime(file.mtimeMs);
  const facts = { path, size, mtimeMs, digest, isSettled: isSettledTime(mtimeMs, readAt) };
  if (article && !isEmptied(before, file)) {
    const { id: articleId, published, slug, wanted, wantedPath, sitePath, locale } = article;
    const isDisplaced = before?.isDisplaced ?? false;
    const its = { slug, articleId, wanted, wantedPath, sitePath, locale, isDisplaced };
    const row: FileState = { ...facts, state: 'loaded', ...its };
    return enterArticle(ledger, row, articleId, { isHidden: !published, isGranted });
  }
  const lastGood = file.isTakenDown ? undefined : findLastGood(ledger, before);
  if (lastGood) ledger.files.set(path, { ...lastGood, ...facts, state: 'stale' });
  else rejectFile(ledger, { ...rejected, ...facts });
  return false;
}

/** Whether a file that has or had an article is empty now: then its last good version is served rather. */
function isEmptied(before: FileState | undefined, { isEmpty, digest }: ReadFileFacts): boolean {
  if (!isEmpty) return false;
  return before?.state === 'stale' || (before?.state === 'loaded' && before.digest !== digest);
}

/** The row of a file's last version that could be read, where its article still stands. */
function findLastGood(ledger: Ledger, before: FileState | undefined): FileState | undefined {
  const isGood = before?.state === 'loaded' || before?.state === 'stale';
  return isGood && holds(ledger, before) ? before : undefined;
}

/** Enters the row of a file with an article, which takes its id where nobody comes before it. @returns whether it has */
function enterArticle(
  ledger: Ledger,
  row: FileState,
  articleId: string,
  { isHidden, isGranted }: { isHidden: boolean; isGranted: boolean },
): boolean {
  const { path } = row;
  const holder = ledger.holders.get(articleId);
  if (holder !== undefined && holder !== path) ledger.hasRivals = true;
  const isTaken = !isGranted && holder !== undefined && holder !== path && !beats(ledger, row, holder);
  ledger.files.set(path, row);
  ledger.isHidden.set(path, isHidden);
  if (isTaken) return false;
  ledger.holders.set(articleId, path);
  return true;
}

/**
 * Enters a file whose bytes are what they were: only its times can differ.
 * @param before its row of the last sync
 */
export function reenterFile(ledger: Ledger, before: FileState, file: ListedFile, readAt: number): void {
  const mtimeMs = roundTime(file.mtimeMs);
  const isSame = before.mtimeMs === mtimeMs && before.size === file.size;
  const isSettled = isSettledTime(mtimeMs, readAt);
  ledger.files.set(before.path, isSame ? before : { ...before, mtimeMs, size: file.size, isSettled });
}

/** Whether a file's article stands as it was written, and cannot be read again with another slug or path. */
export function isFixed(ledger: Ledger, { path, state }: FileState): boolean {
  return state === 'stale' || ledger.absent.has(path);
}

/** Whether a row's article is that file's, and no other has taken its place. */
export function holds(ledger: Ledger, { articleId, path }: FileState): boolean {
  return articleId !== null && ledger.holders.get(articleId) === path;
}

/** Enters a file as one that has no article. */
export function rejectFile(ledger: Ledger, row: FileState): void {
  ledger.files.set(row.path, { ...row, ...rejected });
}

const rejected: Omit<FileState, 'path' | 'size' | 'mtimeMs' | 'digest' | 'isSettled'> = {
  ...{ state: 'rejected', slug: null, articleId: null, wanted: null, wantedPath: null, sitePath: null },
  ...{ locale: null, isDisplaced: false },
};

/** Whether a file comes before the holder of its slug, as far as that can be told before all are read. */
function beats({ files, isHidden, locales }: Ledger, row: FileState, holder: string): boolean {
  const other = files.get(holder);
  // Who is not read yet may not want it any more: that is settled at the end.
  if (other === undefined) return false;
  const rankOf = ({ path, slug, wanted }: FileState) => ({
    path,
    isHidden: isHidden.get(path) ?? false,
    isMadeOfPath: slug !== wanted || slug === slugFromPath(path, locales),
  });
  return prefers(rankOf(row), rankOf(other));
}
