import type { ScannedFile } from '../../content/read/scan-folder.ts';
import { isSystemError } from '../store-error.ts';
import type { MarkedFile } from './reading-mark.ts';

/** What a file did to the thread that read it, in words that follow "Reading it". */
export type Harm = 'takes too long' | 'takes too much memory' | 'ends the thread that reads it';

/** What the end of a thread says of the file in it. @param error what it ended with, if anything */
export function harmOf(error: unknown, isStuck: boolean): Harm {
  if (isStuck) return 'takes too long';
  return isSystemError(error, 'ERR_WORKER_OUT_OF_MEMORY')
    ? 'takes too much memory'
    : 'ends the thread that reads it';
}

/** A file that is not read as others are, as long as it is what it was. */
export interface QuarantinedFile extends MarkedFile {
  harm: Harm;
  /** Whether even looking for a line that hides the article did harm. */
  isNeverOpened: boolean;
}

/** Files set aside, by path. */
export type Quarantine = Map<string, QuarantinedFile>;

/** Sets a file aside; the second time the same, not even a line of it is looked at any more. */
export function quarantineFile(quarantine: Quarantine, file: MarkedFile, harm: Harm): void {
  const before = quarantine.get(file.path);
  const isNeverOpened = before !== undefined && before.digest === file.digest;
  quarantine.set(file.path, { ...file, harm, isNeverOpened });
}

/** The entry of a file that must not even be opened: it did harm before its bytes were known, or although it was set aside. */
export function findNeverOpened(quarantine: Quarantine, file: ScannedFile): QuarantinedFile | null {
  const found = quarantine.get(file.path);
  if (!found || found.size !== file.size || found.mtimeMs !== file.mtimeMs) return null;
  return found.digest === null || found.isNeverOpened ? found : null;
}

/** The entry of a file whose bytes are those that did harm. */
export function findQuarantined(
  quarantine: Quarantine,
  path: string,
  digest: string,
): QuarantinedFile | null {
  const found = quarantine.get(path);
  return found?.digest === digest ? found : null;
}
