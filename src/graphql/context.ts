import type { TextReader } from '../store/read/read-connection.ts';
import type { VersionSource } from '../store/version-source.ts';
import type { RenderedTexts } from './texts/rendered-texts.ts';

/** What a reader may see beside what everybody sees. */
export interface Scopes {
  /** Unpublished articles and the problems of files. */
  preview: boolean;
  /** The decrypted text of secured articles. */
  secured: boolean;
}

/** What one operation did, for `extensions.cost`, metrics and logs. */
export interface OperationReport {
  statements: number;
  /** Rows the operation may read, counted before it ran. */
  cost: number;
  /** Milliseconds in the database. */
  databaseMs: number;
  /** Rows in the answer; null unless the context asks for them. */
  rows: number | null;
}

/** What every operation is answered with. */
export interface GatewayContext {
  reader: Pick<TextReader, 'readText'>;
  /** Tells subscriptions of new versions. */
  versions: Pick<VersionSource, 'current' | 'refresh' | 'onChange'>;
  scopes: Scopes;
  /** When the scopes end, in milliseconds since 1970: subscriptions end with them. @default never */
  expiresAt?: number | undefined;
  requestId: string;
  /** For whom it runs: statements of different clients have their turns. @default the gateway itself */
  client?: string;
  /** Aborts when nobody waits for the answer any more, and ends the statement. @default never */
  signal?: AbortSignal;
  /**
   * Runs what a subscription does for one event, with a signal of the event's own. @default at once, with the signal above
   * @throws a coded error when it takes too long or there is no place for it
   */
  runLater?: <T>(work: (signal: AbortSignal | undefined) => Promise<T>) => Promise<T>;
  /** The greatest cost that is run, in rows. */
  maxCost: number;
  /** The most bytes that the JSON of `data` may have. */
  maxAnswerBytes: number;
  /** Whether to count the answer's rows and to tell the client what the operation cost, as `extensions.cost`. */
  showsCost: boolean;
  /** Whether `extensions.cost` tells the time: not to strangers, for whom it is a clock inside of the server. */
  showsTime: boolean;
  report: OperationReport;
  /** Renders what articles are written in. */
  texts: Pick<RenderedTexts, 'text' | 'measure'>;
  /** Decrypts `Article.securedBody`; null when no key is configured. */
  securedKey: Buffer | null;
}

/** A report of nothing done yet. */
export function emptyReport(): OperationReport {
  return { statements: 0, cost: 0, databaseMs: 0, rows: null };
}
