import type { GatewayConfig } from '../../config/load-config.ts';
import type { ReadingSettings } from '../../content/reading.ts';
import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';

/** The settings that decide what is read in a file. */
export type ReadingConfig = Pick<GatewayConfig, Exclude<keyof ReadingSettings, 'model'>>;

/** What the sync and `check` are told of how files are read. @param model the owner's keys */
export function readingSettings(config: ReadingConfig, model: OwnModel = noOwnKeys): ReadingSettings {
  const { timeZone, schedule, locales, defaultLocale, siteUrl, embedHosts } = config;
  return { timeZone, schedule, locales, defaultLocale, siteUrl, embedHosts, model };
}
