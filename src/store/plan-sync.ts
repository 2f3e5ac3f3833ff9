import { compareCodePoints } from '../content/compare-code-points.ts';
import type { FileState } from './sync-state.ts';

/** A file as the folder lists it. */
export interface ListedFile {
  path: string;
  /** Bytes. */
  size: number;
  mtimeMs: number;
}

/** A file as it was read. */
export interface ReadFileFacts extends ListedFile {
  /** SHA-256 in hex of its bytes; empty when they could not be read. */
  digest: string;
  /** Null when the file is rejected. */
  article: { id: string; slug: string } | null;
  /** The last good version may not be served either: the file says that its article is hidden. */
  isTakenDown?: true;
}

export interface ReadPlan<File> {
  /** New, changed, or in doubt, by path. */
  read: File[];
  /** Rows of files that are as they were. */
  kept: FileState[];
}

/**
 * Splits the listed files into those to read and those that are as the last sync saw them: same size, same time, and
 * read so long after that time that no later change can have left both the same.
 * @param force reads them all
 */
export function planReads<File extends ListedFile>(
  known: ReadonlyMap<string, FileState>,
  listed: readonly File[],
  force: boolean,
): ReadPlan<File> {
  const plan: ReadPlan<File> = { read: [], kept: [] };
  for (const file of listed) {
    const row = known.get(file.path);
    if (row && !force && isUnchanged(row, file)) plan.kept.push(row);
    else plan.read.push(file);
  }
  plan.read.sort((a, b) => compareCodePoints(a.path, b.path));
  return plan;
}

function isUnchanged(row: FileState, file: ListedFile): boolean {
  return (
    row.size === file.size && row.mtimeMs === roundTime(file.mtimeMs) && row.isSettled && row.digest !== ''
  );
}

/** SQLite's JSON keeps 15 digits of a number: milliseconds and two more. */
function roundTime(mtimeMs: number): number {
  return Math.round(mtimeMs * 100) / 100;
}

/** File systems keep times to some milliseconds, and some to two seconds. */
function isSettledTime(mtimeMs: number, readAt: number): boolean {
  const grain = mtimeMs % 1000 === 0 ? 2_000 : 50;
  return mtimeMs < readAt - grain;
}

/**
 * Which file is the source of which article, while files are read. The rule does not depend on the order of reading:
 * of all files that claim a slug, the smallest path by code point is the article, the others are its duplicates.
 */
export interface Ledger {
  /** The rows of SourceFile as they will be. */
  readonly files: Map<string, FileState>;
  /** The paths that claim each slug, the smallest first. */
  readonly claims: Map<string, string[]>;
  /** Slugs whose claims may differ from the last sync's. */
  readonly touchedSlugs: Set<string>;
}

/** A ledger in which only the kept files stand. Files that are read or gone have their last slugs marked as touched. */
export function openLedger(known: ReadonlyMap<string, FileState>, kept: readonly FileState[]): Ledger {
  const ledger: Ledger = { files: new Map(), claims: new Map(), touchedSlugs: new Set() };
  for (const row of kept) {
    ledger.files.set(row.path, row);
    if (row.slug !== null) addClaim(ledger, row.slug, row.path);
  }
  for (const row of known.values()) {
    if (row.slug !== null && !ledger.files.has(row.path)) ledger.touchedSlugs.add(row.slug);
  }
  return ledger;
}

/**
 * Enters a file that was read.
 * @param before its row of the last sync
 * @param readAt when reading began, in milliseconds of the epoch
 * @returns true when the file is the source of its article, so that the article is to be written
 */
export function enterFile(
  ledger: Ledger,
  before: FileState | undefined,
  file: ReadFileFacts,
  readAt: number,
): boolean {
  const { path, size, digest, article, isTakenDown } = file;
  const mtimeMs = roundTime(file.mtimeMs);
  const row = { path, size, mtimeMs, digest, isSettled: isSettledTime(mtimeMs, readAt) };
  const hasLastGood = before?.state === 'loaded' || before?.state === 'stale';
  const lastGood = hasLastGood && !isTakenDown ? before : undefined;
  const claim = article ? { slug: article.slug, articleId: article.id } : lastGood;
  if (!claim?.slug) {
    ledger.files.set(path, { ...row, state: 'rejected', slug: null, articleId: null });
    return false;
  }
  const { slug, articleId } = claim;
  ledger.touchedSlugs.add(slug);
  const [winner] = addClaim(ledger, slug, path);
  if (winner !== path) {
    if (article) ledger.files.set(path, { ...row, state: 'duplicate', slug, articleId });
    else giveUp(ledger, { ...row, state: 'stale', slug, articleId });
    return false;
  }
  ledger.files.set(path, { ...row, state: article ? 'loaded' : 'stale', slug, articleId });
  demoteOthers(ledger, slug);
  return article !== null;
}

/**
 * Enters a file whose bytes are what they were: only its times, and what other files claim, can differ.
 * @param before its row of the last sync
 */
export function reenterFile(ledger: Ledger, before: FileState, file: ListedFile, readAt: number): void {
  const { path, slug } = before;
  const mtimeMs = roundTime(file.mtimeMs);
  const isSame = before.mtimeMs === mtimeMs && before.size === file.size;
  const row = isSame
    ? before
    : { ...before, mtimeMs, size: file.size, isSettled: isSettledTime(mtimeMs, readAt) };
  ledger.files.set(path, row);
  if (slug === null) return;
  ledger.touchedSlugs.add(slug);
  const [winner] = addClaim(ledger, slug, path);
  if (winner === path && row.state !== 'duplicate') demoteOthers(ledger, slug);
  else if (winner !== path && row.state === 'stale') giveUp(ledger, row);
  else if (winner !== path)
    ledger.files.set(path, row.state === 'loaded' ? { ...row, state: 'duplicate' } : row);
}

/** Duplicates that have become the first of their slug, and so must be read to be the article. */
export function findPromotions(ledger: Ledger): string[] {
  const paths: string[] = [];
  for (const slug of ledger.touchedSlugs) {
    const winner = ledger.claims.get(slug)?.[0];
    if (winner !== undefined && ledger.files.get(winner)?.state === 'duplicate') paths.push(winner);
  }
  return paths.sort(compareCodePoints);
}

/** Takes a file out, to be entered again or for good. */
export function withdrawFile(ledger: Ledger, path: string): void {
  const row = ledger.files.get(path);
  ledger.files.delete(path);
  if (!row?.slug) return;
  ledger.touchedSlugs.add(row.slug);
  const rest = ledger.claims.get(row.slug)?.filter((other) => other !== path) ?? [];
  if (rest.length > 0) ledger.claims.set(row.slug, rest);
  else ledger.claims.delete(row.slug);
}

function addClaim(ledger: Ledger, slug: string, path: string): string[] {
  const paths = ledger.claims.get(slug);
  if (!paths) {
    const first = [path];
    ledger.claims.set(slug, first);
    return first;
  }
  if (!paths.includes(path)) paths.push(path);
  return paths.sort(compareCodePoints);
}

function demoteOthers(ledger: Ledger, slug: string): void {
  const [, ...others] = ledger.claims.get(slug) ?? [];
  for (const path of others) {
    const row = ledger.files.get(path);
    if (row?.state === 'loaded') ledger.files.set(path, { ...row, state: 'duplicate' });
    if (row?.state === 'stale') giveUp(ledger, row);
  }
}

/** A stale file whose slug another file takes has no version left to be served. */
function giveUp(ledger: Ledger, row: FileState): void {
  ledger.files.set(row.path, row);
  withdrawFile(ledger, row.path);
  ledger.files.set(row.path, { ...row, state: 'rejected', slug: null, articleId: null });
}
