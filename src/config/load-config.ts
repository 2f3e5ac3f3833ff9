import type { z } from 'zod';
import { SETTINGS, type Setting } from './settings.ts';

/** Every mistake of the environment and the command line, found in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One sentence a mistake, each naming the variable. */
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.mistakes = mistakes;
  }
}

/** The settings after reading, checking and defaults. Tokens and keys in it are secret: log none of it. */
export type GatewayConfig = {
  readonly [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['schema']>;
};

/** Values from the command line by camel-cased flag name, as commander gives them; undefined is not given. */
export type ConfigFlags = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Reads the settings from the environment and the command line, which wins. An empty value counts as not given.
 *
 * @throws ConfigError naming every mistake at once; no secret's value is in it.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env, flags: ConfigFlags = {}): GatewayConfig {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  const production = env.NODE_ENV?.toLowerCase() === 'production';

  for (const [key, setting] of Object.entries<Setting>(SETTINGS)) {
    const fromFlag = setting.flag === undefined ? undefined : flags[camelCase(setting.flag)];
    const text =
      nonEmpty(fromFlag) ??
      nonEmpty(env[setting.env]) ??
      (production ? setting.production : undefined) ??
      setting.default;
    if (text === undefined) {
      values[key] = null;
      continue;
    }
    const parsed = setting.schema.safeParse(text);
    if (parsed.success) values[key] = parsed.data;
    else {
      const name = nonEmpty(fromFlag) === undefined ? setting.env : `--${setting.flag}`;
      const given = setting.isSecret ? '' : ` (given: ${shorten(text)})`;
      for (const issue of parsed.error.issues) mistakes.push(`${name} ${issue.message}${given}.`);
    }
  }
  // Every key of SETTINGS has been set to its schema's output, unless there is a mistake.
  const config = values as GatewayConfig;
  if (mistakes.length === 0) mistakes.push(...findContradictions(config));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

function findContradictions(config: GatewayConfig): string[] {
  const found: string[] = [];
  if (config.webhookUrl !== null && config.webhookSecret === null) {
    found.push('WEBHOOK_SECRET is required with WEBHOOK_URL.');
  }
  if (config.documentsOnly && config.documents === null) {
    found.push('DOCUMENTS_ONLY needs DOCUMENTS, the manifest of trusted documents.');
  }
  if (config.jwtSecret !== null && config.jwtJwksUrl !== null) {
    found.push('JWT_SECRET and JWT_JWKS_URL exclude each other.');
  }
  if (
    config.corsOrigins.length > 1 &&
    config.corsOrigins.some((origin) => origin === '*' || origin === 'none')
  ) {
    found.push('CORS_ORIGINS must be *, none or a list of origins, not a mix.');
  }
  return found;
}

/** A value as a message repeats it. */
function shorten(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function nonEmpty(value: string | number | boolean | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : String(value);
}

/** A flag as options are named by it: `allow-all` as `allowAll`. */
export function camelCase(flag: string): string {
  return flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
