import type { ReadingSettings } from '../content/reading.ts';
import { noOwnKeys, type OwnModel } from '../model/own-model.ts';

/** What the sync makes of a file has changed when this has. */
const contentFormat = 32;

/** Names everything but the files that decides what is read in them: when it changes, every file is read again. */
export function formatOf(reading: ReadingSettings): string {
  return `${contentFormat} ${JSON.stringify(reading)}`;
}

/** The model by which the files of a format were read. @param format as of formatOf, of this or an earlier version of the program */
export function modelOfFormat(format: string | null): OwnModel {
  const [, text] = /^\d+ (\{.*\})$/su.exec(format ?? '') ?? [];
  if (text === undefined) return noOwnKeys;
  const reading: Partial<ReadingSettings> = JSON.parse(text);
  return reading.model ?? noOwnKeys;
}
