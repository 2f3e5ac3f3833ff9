import type { ContentVersionRow } from './content-version.ts';

/** Which version of the content is served, at a price that every request can pay. */
export interface VersionSource {
  /**
   * Whether the version of the last refresh may be served without another. It takes microseconds and asks no database. Of a file it
   * is false as soon as somebody has written to it or put another in its place, or may have; of a server when it was not asked for a
   * short while.
   */
  isCurrent(): boolean;
  /** Reads the version again. @throws Error when no content was ever loaded */
  refresh(): Promise<ContentVersionRow>;
  /** The version of the last refresh; null before the first. */
  readonly current: ContentVersionRow | null;
  /** Calls the listener whenever a refresh finds another version. Gives the way to stop that. */
  onChange(listener: (version: ContentVersionRow) => void): () => void;
}

/** Whether two versions differ in anything that is served by them. */
export function isOtherVersion(version: ContentVersionRow, known: ContentVersionRow | null): boolean {
  return version.number !== known?.number || version.digest !== known.digest || version.model !== known.model;
}
