import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, type ConfigFlags, loadConfig } from '../src/config/load-config.ts';
import { SETTINGS, type Setting } from '../src/config/settings.ts';

function mistakesOf(env: Record<string, string>, flags: ConfigFlags = {}): readonly string[] {
  try {
    loadConfig(env, flags);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(loadConfig({})).toMatchObject({
      contentDir: './content',
      port: 4000,
      host: '127.0.0.1',
      databaseUrl: 'file:./data/gateway.db',
      mode: 'development',
      graphiql: true,
      introspection: true,
      corsOrigins: ['*'],
      maxBodyBytes: 262_144,
      rateLimit: 0,
      previewTokens: [],
      securedKey: null,
      documentsOnly: false,
    });
  });

  it('is stricter in production, unless asked', () => {
    expect(loadConfig({ NODE_ENV: 'production' })).toMatchObject({ graphiql: false, introspection: false });
    expect(loadConfig({ NODE_ENV: 'production', GRAPHIQL: 'on', INTROSPECTION: '1' })).toMatchObject({
      graphiql: true,
      introspection: true,
    });
  });

  it('takes an empty value as not given', () => {
    expect(loadConfig({ PORT: '', SECURED_KEY: '', HOST: '' })).toMatchObject({
      port: 4000,
      securedKey: null,
      host: '127.0.0.1',
    });
  });

  it('lets the command line win', () => {
    const config = loadConfig(
      { PORT: '1', CONTENT_DIR: 'a' },
      { port: 4100, content: '../articles', watch: false },
    );
    expect(config).toMatchObject({ port: 4100, contentDir: '../articles', watch: false });
  });

  it('reports all mistakes together, by the name under which they were made', () => {
    const mistakes = mistakesOf(
      {
        HOST: 'localhost',
        MAX_DEPTH: 'deep',
        CACHE: 'maybe',
        WEBHOOK_URL: 'ftp://x',
        DATABASE_URL: 'mysql://x',
      },
      { port: 70_000 },
    );
    expect(mistakes.map((mistake) => mistake.split(' ')[0]).sort()).toEqual([
      '--port',
      'CACHE',
      'DATABASE_URL',
      'MAX_DEPTH',
      'WEBHOOK_URL',
    ]);
  });

  it('reports what contradicts itself', () => {
    expect(mistakesOf({ WEBHOOK_URL: 'https://example.com/hook' })).toEqual([
      'WEBHOOK_SECRET is required with WEBHOOK_URL.',
    ]);
    expect(mistakesOf({ DOCUMENTS_ONLY: 'on' })).toHaveLength(1);
    expect(mistakesOf({ JWT_SECRET: 'x'.repeat(32), JWT_JWKS_URL: 'https://example.com/jwks' })).toHaveLength(
      1,
    );
    expect(mistakesOf({ CORS_ORIGINS: '*,https://example.com' })).toHaveLength(1);
  });

  it('takes production in any case, and no other word for it', () => {
    expect(loadConfig({ NODE_ENV: 'Production' })).toMatchObject({
      mode: 'production',
      graphiql: false,
      introspection: false,
    });
    expect(loadConfig({ NODE_ENV: 'TEST' }).mode).toBe('development');
    expect(mistakesOf({ NODE_ENV: 'prod' })).toEqual([
      'NODE_ENV must be production, development or test (given: "prod").',
    ]);
  });

  it('refuses addresses that cannot be fetched, and repeats no password', () => {
    for (const name of ['WEBHOOK_URL', 'JWT_JWKS_URL']) {
      const mistakes = mistakesOf({
        [name]: 'https://me:tell-nobody@example.com/x',
        WEBHOOK_SECRET: 'x'.repeat(16),
      });
      expect(mistakes).toEqual([`${name} must be a URL without user and password.`]);
    }
    expect(mistakesOf({ SITE_URL: 'https://me@example.com' })).toHaveLength(1);
  });

  it('reads origins as browsers send them, and refuses what none would send', () => {
    const origins = 'https://Good.example/, http://localhost:3000, https://other.example:443';
    expect(loadConfig({ CORS_ORIGINS: origins }).corsOrigins).toEqual([
      'https://good.example',
      'http://localhost:3000',
      'https://other.example',
    ]);
    const wrong = [
      'http://*',
      'https://*.a.example',
      'https://a.example/x',
      'https://a.example?x',
      'https://u@a.example',
    ];
    for (const origin of [...wrong, 'https://a.example#', 'a.example', 'https://']) {
      expect(mistakesOf({ CORS_ORIGINS: origin }), origin).toHaveLength(1);
    }
  });

  it('says what was given and what may be given, in one wording', () => {
    expect(
      mistakesOf({ LOG_LEVEL: 'loud', LOG_FORMAT: 'xml', TIME_ZONE: 'Mars/Olympus' }, { port: 'web' }),
    ).toEqual([
      'TIME_ZONE must be a time zone such as UTC or Europe/Paris (given: "Mars/Olympus").',
      '--port must be a whole number (given: "web").',
      'LOG_LEVEL must be trace, debug, info, warn, error, fatal or silent (given: "loud").',
      'LOG_FORMAT must be auto, pretty or json (given: "xml").',
    ]);
  });

  it('never repeats a secret in a message', () => {
    const secret = 'tell-nobody';
    const mistakes = mistakesOf({
      PREVIEW_TOKENS: `no name ${secret}`,
      SECURED_KEY: secret,
      JWT_SECRET: secret,
      METRICS_TOKEN: secret,
      WEBHOOK_SECRET: secret,
    });
    expect(mistakes).toHaveLength(5);
    expect(mistakes.join()).not.toContain(secret);
  });

  it('reads a key as hex and as base64', () => {
    const key = Buffer.alloc(32, 7);
    expect(loadConfig({ SECURED_KEY: key.toString('hex') }).securedKey).toEqual(key);
    expect(loadConfig({ SECURED_KEY: key.toString('base64') }).securedKey).toEqual(key);
    expect(mistakesOf({ SECURED_KEY: key.subarray(1).toString('hex') })).toHaveLength(1);
  });

  it('reads several tokens with names', () => {
    expect(
      loadConfig({ PREVIEW_TOKENS: 'web:0123456789abcdef, app:fedcba9876543210' }).previewTokens,
    ).toEqual([
      { name: 'web', token: '0123456789abcdef' },
      { name: 'app', token: 'fedcba9876543210' },
    ]);
    expect(mistakesOf({ PREVIEW_TOKENS: 'web:short' })).toHaveLength(1);
    expect(mistakesOf({ PREVIEW_TOKENS: 'web:0123456789abcdef,web:fedcba9876543210' })).toEqual([
      'PREVIEW_TOKENS must have each name once.',
    ]);
  });
});

describe('docs/configuration.md', () => {
  it('has a row for each setting, word for word', () => {
    const rows = readFileSync(new URL('../docs/configuration.md', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows).toEqual(Object.values<Setting>(SETTINGS).map(toRow));
  });
});

function toRow({ env, flag, default: preset, production, text }: Setting): string {
  const value = preset === undefined || preset === '' ? '–' : `\`${preset}\``;
  const both = production === undefined ? value : `${value}, in production \`${production}\``;
  return `| \`${env}\` | ${flag === undefined ? '–' : `\`--${flag}\``} | ${both} | ${text} |`;
}
