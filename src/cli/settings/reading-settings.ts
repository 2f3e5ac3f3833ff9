import type { GatewayConfig } from '../../config/load-config.ts';
import type { ReadingSettings } from '../../content/reading.ts';

/** The settings that decide what is read in a file. */
export type ReadingConfig = Pick<GatewayConfig, keyof ReadingSettings>;

/** What the sync and `check` are told of how files are read. */
export function readingSettings(config: ReadingConfig): ReadingSettings {
  const { timeZone, schedule, locales, defaultLocale, siteUrl, embedHosts } = config;
  return { timeZone, schedule, locales, defaultLocale, siteUrl, embedHosts };
}
