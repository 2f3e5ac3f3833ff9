import type { GatewayConfig } from '../../config/load-config.ts';
import { escapeControls } from '../../content/problems/escape-controls.ts';
import { type FoundModel, findModel, type ModelPlace } from '../../content/read/model-file.ts';
import type { ReadingSettings } from '../../content/reading.ts';
import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';

/** The settings that decide what is read in a file. */
export type ReadingConfig = Pick<GatewayConfig, Exclude<keyof ReadingSettings, 'model'>>;

/** What the sync and `check` are told of how files are read. @param model the owner's keys */
export function readingSettings(config: ReadingConfig, model: OwnModel = noOwnKeys): ReadingSettings {
  const { timeZone, schedule, locales, defaultLocale, siteUrl, embedHosts } = config;
  return { timeZone, schedule, locales, defaultLocale, siteUrl, embedHosts, model };
}

/** The settings that say where the owner's model is looked for. */
export type ModelConfig = Pick<GatewayConfig, 'contentDir' | 'model'>;

export function modelPlace({ contentDir: folder, model: file }: ModelConfig): ModelPlace {
  return { folder, file };
}

/** The owner's model. @throws ModelError when it is wrong, with all that is */
export function readModelFile(config: ModelConfig): FoundModel {
  return findModel(modelPlace(config));
}

/** `gateway.yaml: 12 keys`; null when there is no model. */
export function describeModel({ file, model }: FoundModel): string | null {
  const keys = model.fields.length;
  return file === null ? null : `${escapeControls(file)}: ${keys} key${keys === 1 ? '' : 's'}`;
}
