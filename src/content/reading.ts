import { createZoneOffset, type ZoneOffset } from './time-zone.ts';

/** What decides, beside a file's path and bytes, what is read in it. Plain data, which crosses threads. */
export interface ReadingSettings {
  /** The IANA time zone of times that name none. */
  timeZone: string;
  /** Whether an article is hidden before its publication and after its expiry. */
  schedule: boolean;
}

/** How files are read where nobody says otherwise. */
export const defaultReading: ReadingSettings = { timeZone: 'UTC', schedule: true };

/** Settings made ready for reading many files. */
export interface Reading {
  settings: ReadingSettings;
  offsetAt: ZoneOffset;
}

/** @throws RangeError when there is no such time zone */
export function prepareReading(settings: ReadingSettings): Reading {
  return { settings, offsetAt: createZoneOffset(settings.timeZone) };
}
