import type { HiddenReason } from '../../../content/visibility/hidden-reason.ts';
import type { ContentVersionRow } from '../../content-version.ts';
import type { Writer } from '../../database/writer.ts';
import { selectContentVersion } from '../read/read-content-version.ts';

/** `loaded`: the article's source. `stale`: was it, turned bad, and its last good version is kept. */
export type FileStatus = 'loaded' | 'stale' | 'rejected';

/** A row of SourceFile. */
export interface FileState {
  path: string;
  size: number;
  mtimeMs: number;
  digest: string;
  state: FileStatus;
  slug: string | null;
  articleId: string | null;
  /** The slug that its front matter asks for. */
  wanted: string | null;
  /** The path within the site that its article has when no other has it. */
  wantedPath: string | null;
  /** The one that it has. */
  sitePath: string | null;
  locale: string | null;
  /** Whether the slug is not the one that it would have were it alone. */
  isDisplaced: boolean;
  isSettled: boolean;
}

export interface ArticleState {
  digest: string;
  slug: string;
  published: boolean;
}

/** An article as the time shows or hides it; nothing else of it differs. */
export interface Switched extends ArticleState {
  id: string;
  hiddenBecause: readonly HiddenReason[];
}

/** What the last sync left behind. */
export interface SyncMemory {
  folder: string | null;
  format: string | null;
  version: ContentVersionRow | null;
}

/** Reads what the last sync left behind, but for files and articles. */
export async function readSyncMemory(writer: Writer): Promise<SyncMemory> {
  const version = await writer.text(selectContentVersion);
  const state = await writer.text(
    `SELECT json_object('folder', folder, 'format', format) FROM SyncState WHERE id = 1`,
  );
  return {
    folder: null,
    format: null,
    ...JSON.parse(state ?? '{}'),
    version: version ? JSON.parse(version) : null,
  };
}

/** All rows of SourceFile by path. One JSON text is read many times faster than ten thousand rows. */
export async function readFileStates(writer: Writer): Promise<Map<string, FileState>> {
  const rows = await readRows(
    writer,
    `SELECT json_group_array(json_array(path, size, mtimeMs, digest, state, slug, articleId, wanted, wantedPath, sitePath, locale, isDisplaced, isSettled)) FROM SourceFile`,
  );
  const files = new Map<string, FileState>();
  for (const row of rows as FileRow[]) {
    const [path, size, mtimeMs, digest, state, slug, articleId, ...rest] = row;
    const [wanted, wantedPath, sitePath, locale, isDisplaced, isSettled] = rest;
    files.set(path, {
      ...{ path, size, mtimeMs, digest, state, slug, articleId, wanted, wantedPath, sitePath, locale },
      ...{ isDisplaced: isDisplaced === 1, isSettled: isSettled === 1 },
    });
  }
  return files;
}

type FileRow = [
  ...[path: string, size: number, mtimeMs: number, digest: string, state: FileStatus],
  ...[slug: string | null, articleId: string | null, wanted: string | null],
  ...[wantedPath: string | null, sitePath: string | null, locale: string | null],
  ...[isDisplaced: 0 | 1, isSettled: 0 | 1],
];

/** The digest, slug and visibility of every article, by id. */
export async function readArticleStates(writer: Writer): Promise<Map<string, ArticleState>> {
  const rows = await readRows(
    writer,
    'SELECT json_group_array(json_array(id, digest, slug, published)) FROM Article',
  );
  const articles = new Map<string, ArticleState>();
  for (const [id, digest, slug, published] of rows as [string, string, string, 0 | 1][]) {
    articles.set(id, { digest, slug, published: published === 1 });
  }
  return articles;
}

async function readRows(writer: Writer, sql: string): Promise<unknown[]> {
  return JSON.parse((await writer.text(sql)) ?? '[]');
}
