import type { OwnModel } from '../model/own-model.ts';
import type { ContentVersionRow } from './content-version.ts';
import type { Writer } from './database/writer.ts';
import type { TextReader } from './read/read-connection.ts';
import type { KnownVersion, ReadChanges } from './sqlite/read/read-changes.ts';
import type { VersionSource } from './version-source.ts';

export interface ReadingOptions {
  /** The most bytes of text that the reader is asked for. @default no bound */
  maxTextBytes?: number;
  /** The most milliseconds that a statement may take. @default no bound */
  maxStatementMs?: number;
}

/** What a process reads by that serves the index. */
export interface StoreReading {
  reader: TextReader;
  versions: VersionSource;
  /** As readChanges of the store. */
  readChanges(since: KnownVersion | null): Promise<ReadChanges>;
  /** Ends what runs and waits. */
  close(): Promise<void>;
}

/** What a database must do to hold the index, beside what its writer's dialect says. It opens nothing before it is asked. */
export interface ContentStore {
  kind: 'sqlite' | 'postgresql';
  /** Brings the tables to the committed migrations; makes the database or its schema where it can be made. @throws StoreError */
  migrate(): Promise<void>;
  /** Whether there is a database for the index, filled or not. Makes none. @throws StoreError when that cannot be told */
  exists(): Promise<boolean>;
  /** @param wait how long a sync waits for another, in milliseconds. @throws StoreError */
  openWriter(wait?: number): Promise<Writer>;
  /** To be called outside of a transaction before one in which applyLayout may change the tables. */
  prepareLayout(writer: Writer): Promise<void>;
  /**
   * Brings the columns, tables and indexes of the owner's keys to those that a model wants, inside of the writer's transaction. What
   * is right already keeps its values; what is new is empty.
   * @param addIndex creates an index, now or later. @default now
   */
  applyLayout(
    writer: Writer,
    model: OwnModel,
    addIndex?: (name: string, sql: string) => Promise<unknown>,
  ): Promise<void>;
  /** Opens the index for reading, which cannot write to it. Connections open when they are needed. */
  openReading(options?: ReadingOptions): Promise<StoreReading>;
  /** The version that is served now; null before the first sync. @throws StoreError */
  readVersion(): Promise<ContentVersionRow | null>;
  /** The folder that the content was loaded from, as an absolute path; null before the first sync. @throws StoreError */
  readFolder(): Promise<string | null>;
}
