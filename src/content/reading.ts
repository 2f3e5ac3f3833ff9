import { noOwnKeys, type OwnModel } from '../model/own-model.ts';
import { normaliseLocale } from '../text/keys/normalise-locale.ts';
import { createZoneOffset, type ZoneOffset } from './values/time-zone.ts';

/** What decides, beside a file's path and bytes, what is read in it. Plain data, which crosses threads. */
export interface ReadingSettings {
  /** The IANA time zone of times that name none. */
  timeZone: string;
  /** Whether an article is hidden before its publication and after its expiry. */
  schedule: boolean;
  /** Languages whose articles stand in a top folder of this name. */
  locales: readonly string[];
  /** The language of articles that name none; null: none. */
  defaultLocale: string | null;
  /** Where the site stands, without a slash at the end; null when it is not known. */
  siteUrl: string | null;
  /** Hosts from which frames and films stay, as of embedRules. */
  embedHosts: readonly string[];
  /** The owner's keys. */
  model: OwnModel;
}

/** How files are read where nobody says otherwise. */
export const defaultReading: ReadingSettings = {
  timeZone: 'UTC',
  schedule: true,
  locales: [],
  defaultLocale: null,
  siteUrl: null,
  embedHosts: [],
  model: noOwnKeys,
};

/**
 * The machine's clock, in milliseconds of the epoch: the `now` of whoever is given none. Called by name only for what is held
 * against times that the machine itself notes, such as those of files.
 */
export const systemNow = (): number => Date.now();

/** The moment as of which articles are shown or hidden; null where times hide nothing. @param now milliseconds of the epoch */
export function momentOf({ schedule }: ReadingSettings, now: number): string | null {
  return schedule ? new Date(now).toISOString() : null;
}

/** Settings made ready for reading many files. */
export interface Reading {
  settings: ReadingSettings;
  offsetAt: ZoneOffset;
  /** Those of the settings, as `normaliseLocale` has them. */
  locales: ReadonlySet<string>;
  defaultLocale: string | null;
}

/** @throws RangeError when there is no such time zone */
export function prepareReading(settings: ReadingSettings): Reading {
  return {
    settings,
    offsetAt: createZoneOffset(settings.timeZone),
    locales: new Set(settings.locales.map((tag) => normaliseLocale(tag) ?? tag)),
    defaultLocale: settings.defaultLocale && normaliseLocale(settings.defaultLocale),
  };
}
