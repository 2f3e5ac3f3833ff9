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

/** A source that can be closed. */
export interface OpenVersionSource extends VersionSource {
  close(): void;
}

/**
 * What all sources do alike: one read at a time, the last version kept, listeners told.
 * @param source `read` reads the version now served, and rejects where there is none
 */
export function followReads(source: {
  isCurrent(): boolean;
  read(): Promise<ContentVersionRow>;
  close(): void;
}): OpenVersionSource {
  const listeners = new Set<(version: ContentVersionRow) => void>();
  let current: ContentVersionRow | null = null;
  let running: Promise<unknown> = Promise.resolve();
  let queued: Promise<ContentVersionRow> | null = null;

  async function readNow(): Promise<ContentVersionRow> {
    queued = null;
    const version = await source.read();
    const isNew = isOtherVersion(version, current);
    current = version;
    if (isNew) for (const listener of listeners) listener(version);
    return version;
  }

  return {
    isCurrent: source.isCurrent,
    refresh() {
      // Those who ask while it reads must not get a version older than their request; those who wait for that, wait together.
      if (!queued) {
        queued = running.then(readNow, readNow);
        running = queued;
      }
      return queued;
    },
    get current() {
      return current;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      source.close();
      listeners.clear();
    },
  };
}

/** Whether two versions differ in anything that is served by them. */
function isOtherVersion(version: ContentVersionRow, known: ContentVersionRow | null): boolean {
  return version.number !== known?.number || version.digest !== known.digest || version.model !== known.model;
}
