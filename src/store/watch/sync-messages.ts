import { ModelError } from '../../content/read/model-file.ts';
import type { ModelMistake } from '../../model/model-mistake.ts';
import type { OwnModel } from '../../model/own-model.ts';
import type { ReadingMark } from '../load/reading-mark.ts';
import { StoreError, type StoreErrorCode } from '../store-error.ts';
import type { SyncOptions, SyncProgress, SyncReport } from '../sync-report.ts';
import type { WatchOptions } from './watch-folder.ts';

/** What the thread is started with. */
export interface SyncThreadOrder {
  mark: ReadingMark;
  /** As of LoadingInThreads. */
  isCareful: boolean;
  maxFileMs: number;
  threadsFrom: string | undefined;
}

/** What can be handed to another thread. */
export type SyncOrder = Omit<SyncOptions, 'loading' | 'now' | 'onProgress' | 'signal'>;

export type ToSyncThread =
  | { kind: 'sync'; id: number; order: SyncOrder; wantsProgress: boolean }
  | { kind: 'abort'; id: number }
  | { kind: 'watch'; order: SyncOrder; options: WatchOptions }
  | { kind: 'close' };

export type FromSyncThread =
  | { kind: 'progress'; id: number; progress: SyncProgress }
  | { kind: 'report'; id: number; report: SyncReport }
  | { kind: 'failure'; id: number; failure: Failure }
  | { kind: 'watch-ready'; mode: 'events' | 'polling' }
  /** A look at the folder begins; a report or a failure ends it. */
  | { kind: 'watch-begin' }
  | { kind: 'watch-warning'; message: string }
  /** Files were read by this model; `failure` tells what is wrong with a newer one. */
  | { kind: 'watch-report'; report: SyncReport; model: OwnModel; failure: Failure | null }
  | { kind: 'watch-failure'; failure: Failure };

/** An error as it crosses threads, where only the built-in classes keep theirs. */
export type Failure =
  | { kind: 'store'; code: StoreErrorCode; file: string | null; message: string; fix: string }
  | { kind: 'model'; file: string; mistakes: readonly ModelMistake[]; message: string }
  /** Its signal was aborted; the reason stays on the thread that knows it. */
  | { kind: 'aborted' }
  | { kind: 'other'; error: Error };

export function packFailure(error: unknown, signal?: AbortSignal): Failure {
  if (signal?.aborted) return { kind: 'aborted' };
  if (error instanceof ModelError) {
    const { file, mistakes, message } = error;
    return { kind: 'model', file, mistakes, message };
  }
  if (!(error instanceof StoreError)) return { kind: 'other', error: plainError(error) };
  const { code, file, message, fix } = error;
  return { kind: 'store', code, file, message, fix };
}

export function unpackFailure(failure: Failure, signal?: AbortSignal): unknown {
  if (failure.kind === 'store') return StoreError.from(failure);
  if (failure.kind === 'model') return ModelError.from(failure);
  if (failure.kind === 'other') return failure.error;
  return signal?.reason ?? new Error('The sync thread was closed before the sync ended.');
}

/** Of an error that is no built-in one, as a driver's, only an empty object would arrive. */
function plainError(error: unknown): Error {
  if (!(error instanceof Error))
    return new Error(typeof error === 'object' ? JSON.stringify(error) : String(error));
  const plain = new Error(error.message);
  plain.name = error.name;
  if (error.stack !== undefined) plain.stack = error.stack;
  return plain;
}
