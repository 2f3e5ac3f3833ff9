import type { ArticleRecord } from './article/article.ts';
import type { ParsedArticle } from './parse-article.ts';
import type { Problem } from './problems/problem.ts';
import { createProblem } from './problems/problem-catalogue.ts';
import { type ReadFile, readArticleFile } from './read/read-article-file.ts';
import type { ScannedFile } from './read/scan-folder.ts';
import { rejectFile } from './reject-unparsed.ts';
import { tellMdxError } from './tell-mdx-error.ts';

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
  /** As of ParsedArticle. */
  isTakenDown?: true;
  isEmpty?: true;
}

/** A file whose bytes are those that were known: it was not parsed. */
export interface UnchangedFile {
  path: string;
  size: number;
  mtimeMs: number;
  isUnchanged: true;
}

/** Makes an article of a file's text. @param digest SHA-256 in hex of its bytes */
export type ParseText = (path: string, text: string, digest: string) => ParsedArticle;

/**
 * Reads and parses one scanned file. One that somebody is writing is not waited for, as others wait behind it: it has the problem
 * FILE_CHANGING.
 *
 * @param knownDigest the digest with which it need not be parsed; null parses in any case.
 * @returns null when the file was deleted since the scan.
 */
export async function loadFile(
  root: string,
  file: ScannedFile,
  knownDigest: string | null,
  parse: ParseText,
): Promise<LoadedFile | UnchangedFile | null> {
  const { path } = file;
  const read = readWhenStill(root, file);
  if (read.kind === 'gone') return null;
  const { size, mtimeMs } = read;
  const rejected = { path, size, mtimeMs, digest: '', article: null };
  if (read.kind === 'changing') return { ...rejected, problems: [createProblem('FILE_CHANGING', path)] };
  const { digest } = read;
  if (digest !== '' && digest === knownDigest) return { path, size, mtimeMs, isUnchanged: true };
  if (read.kind === 'rejected') return { ...rejected, digest, ...rejectFile(read.problem, read.legible) };
  const parsed = await tellMdxError(path, parse(path, read.text, digest));
  return { path, size, mtimeMs, digest, ...parsed };
}

/** A file of which the times have changed since the scan may be still by now. */
function readWhenStill(root: string, file: ScannedFile): ReadFile {
  const read = readArticleFile(root, file);
  return read.kind === 'changing' ? readArticleFile(root, file) : read;
}
