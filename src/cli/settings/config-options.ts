import { type Command, Option } from 'commander';
import { type ConfigFlags, camelCase, type GatewayConfig, loadConfig } from '../../config/load-config.ts';
import { SETTINGS, type Setting } from '../../config/settings.ts';
import { onOff } from '../../config/value-schemas.ts';

export type SettingName = keyof typeof SETTINGS;

/**
 * Adds an option for each setting that has a flag: `--port <value>`, or `--watch` and `--no-watch` for one that is on or
 * off. The variable's own name works too (`--database-url` for DATABASE_URL).
 * @param names of the settings that serve in this command; all of them when not given
 */
export function addConfigOptions(command: Command, names?: readonly SettingName[]): Command {
  for (const [name, setting] of settingsWithFlag()) {
    if (names && !(names as readonly string[]).includes(name)) continue;
    const { flag, env, text } = setting;
    const preset = setting.default === undefined ? '' : `, ${setting.default || 'empty'} by default`;
    for (const spelling of spellings(setting)) {
      const isMain = spelling === flag;
      const description = `${text} (${env}${preset})`;
      if (setting.schema === onOff) {
        command.addOption(new Option(`--${spelling}`, description).hideHelp(!isMain));
        command.addOption(new Option(`--no-${spelling}`, `The opposite of --${spelling}.`).hideHelp(!isMain));
      } else command.addOption(new Option(`--${spelling} <value>`, description).hideHelp(!isMain));
    }
  }
  return command;
}

/**
 * The settings, from the environment and the command's options.
 * @param given settings that the command has as arguments, by flag
 * @throws ConfigError
 */
export function readConfig(command: Command, given: ConfigFlags = {}): GatewayConfig {
  const options = command.opts<Record<string, string | boolean | undefined>>();
  const flags: Record<string, string | number | boolean | undefined> = {};
  for (const [, setting] of settingsWithFlag()) {
    for (const spelling of spellings(setting))
      flags[camelCase(setting.flag)] ??= options[camelCase(spelling)];
  }
  for (const [flag, value] of Object.entries(given)) if (value !== undefined) flags[flag] = value;
  return loadConfig(undefined, flags);
}

type FlagSetting = Setting & { flag: string };

function settingsWithFlag(): [string, FlagSetting][] {
  return Object.entries<Setting>(SETTINGS).filter(
    (entry): entry is [string, FlagSetting] => entry[1].flag !== undefined,
  );
}

function spellings({ flag, env }: FlagSetting): string[] {
  return [...new Set([flag, env.toLowerCase().replaceAll('_', '-')])];
}
