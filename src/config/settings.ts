import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { LIMIT_SETTINGS } from './limit-settings.ts';
import { optional, type Setting, setting } from './setting.ts';
import {
  aesKey,
  hosts,
  httpUrl,
  languageTag,
  languageTags,
  namedTokens,
  oneOf,
  onOff,
  origins,
  siteUrl,
  timeZone,
  whole,
} from './value-schemas.ts';

export type { Setting } from './setting.ts';

const MIB = 1024 * 1024;

/** Every setting, in the order of docs/configuration.md, which a test holds against this table. */
export const SETTINGS = {
  contentDir: setting({
    env: 'CONTENT_DIR',
    flag: 'content',
    schema: z.string(),
    default: './content',
    text: 'The folder of article files.',
  }),
  model: optional({
    env: 'MODEL',
    flag: 'model',
    schema: z.string(),
    text: 'The file of your own keys. Without it `gateway.yaml` is looked for in the content folder, then in the working directory.',
  }),
  timeZone: setting({
    env: 'TIME_ZONE',
    flag: 'time-zone',
    schema: timeZone,
    default: 'UTC',
    text: 'The time zone of dates in the files that name none, such as `Europe/Paris`.',
  }),
  schedule: setting({
    env: 'SCHEDULE',
    flag: 'schedule',
    schema: onOff,
    default: 'on',
    text: 'Whether an article is hidden before its publication time and after its expiry.',
  }),
  locales: setting({
    env: 'LOCALES',
    schema: languageTags,
    default: '',
    text: 'Comma-separated languages, such as `en,pt-BR`, each of which has its articles in a top folder of this name.',
  }),
  defaultLocale: optional({
    env: 'DEFAULT_LOCALE',
    schema: languageTag,
    text: 'The language of articles that name none, and of the one that is meant where a slug or path is of several.',
  }),
  siteUrl: optional({
    env: 'SITE_URL',
    schema: siteUrl,
    text: 'The address of the site, such as `https://example.com`. `webUrl` is made of it where a file gives none.',
  }),
  embedHosts: setting({
    env: 'EMBED_HOSTS',
    schema: hosts,
    default: '',
    text: 'Comma-separated hosts, such as `www.youtube-nocookie.com,*.vimeo.com`, whose frames and films may stay in `html`.',
  }),
  port: setting({
    env: 'PORT',
    flag: 'port',
    schema: whole(0, 65_535),
    default: '4000',
    text: 'The port to listen on; 0 takes a free one.',
  }),
  host: setting({
    env: 'HOST',
    flag: 'host',
    schema: z.string(),
    default: '127.0.0.1',
    text: 'The address to listen on. The default is reachable from this machine only; 0.0.0.0 is every interface.',
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    isSecret: true,
    flag: 'database',
    schema: z.string().regex(/^(file|postgres(ql)?):/, 'must begin with file: or postgresql:'),
    default: 'file:./data/gateway.db',
    text: 'The index: `file:` and a path, or `postgresql://user:password@host:5432/database?schema=gateway`. It can be deleted at any time and is rebuilt from the files.',
  }),
  mode: setting({
    env: 'NODE_ENV',
    schema: z
      .string()
      .toLowerCase()
      .pipe(oneOf(['production', 'development', 'test']))
      .transform((value) => (value === 'production' ? 'production' : 'development')),
    default: 'development',
    text: '`production` turns GraphiQL and introspection off unless they are asked for; else `development` or `test`, in any case.',
  }),
  watch: setting({
    env: 'WATCH',
    flag: 'watch',
    schema: onOff,
    default: 'on',
    text: 'Whether a changed file is loaded while the server runs.',
  }),
  staleAfterMs: setting({
    env: 'STALE_AFTER_MS',
    schema: whole(0),
    default: '300000',
    text: 'Milliseconds for which the content folder may not be followed before `/ready` answers 503; 0 is without end.',
  }),
  workers: setting({
    env: 'WORKERS',
    flag: 'workers',
    schema: z
      .string()
      .transform((value) => (value === 'auto' ? String(availableParallelism()) : value))
      .pipe(whole(1, 256)),
    default: '1',
    text: 'How many processes answer requests; `auto` is one a core.',
  }),
  graphiql: setting({
    env: 'GRAPHIQL',
    flag: 'graphiql',
    schema: onOff,
    default: 'on',
    production: 'off',
    text: 'Whether a browser that opens the endpoint gets GraphiQL.',
  }),
  introspection: setting({
    env: 'INTROSPECTION',
    flag: 'introspection',
    schema: onOff,
    default: 'on',
    production: 'off',
    text: 'Whether clients may ask for the schema. Off also takes field suggestions out of error messages.',
  }),
  corsOrigins: setting({
    env: 'CORS_ORIGINS',
    schema: origins,
    default: '*',
    text: 'Origins whose pages may call the API: `*` (never with credentials), `none`, or a comma-separated list (with credentials).',
  }),
  trustProxy: setting({
    env: 'TRUST_PROXY',
    schema: whole(0, 16),
    default: '0',
    text: 'How many proxies stand in front; the client address is taken from `X-Forwarded-For` accordingly.',
  }),
  ...LIMIT_SETTINGS,
  cache: setting({
    env: 'CACHE',
    flag: 'cache',
    schema: onOff,
    default: 'on',
    text: 'Whether answers are kept until the content changes.',
  }),
  cacheMaxBytes: setting({
    env: 'CACHE_MAX_BYTES',
    schema: whole(MIB),
    default: String(64 * MIB),
    text: 'Bytes of memory that kept answers may take in one process; a quarter is for preview readers, where there can be any.',
  }),
  cacheControl: setting({
    env: 'CACHE_CONTROL',
    schema: z.string().regex(/^[\w=," -]+$/, 'must be a Cache-Control header value'),
    default: 'public, max-age=0, must-revalidate',
    text: '`Cache-Control` of an anonymous GET. A CDN that is purged by the webhook may be given `s-maxage`.',
  }),
  persistedQueries: setting({
    env: 'PERSISTED_QUERIES',
    schema: onOff,
    default: 'on',
    text: 'Whether clients may register a query once and then send its hash (automatic persisted queries).',
  }),
  documents: optional({
    env: 'DOCUMENTS',
    flag: 'documents',
    schema: z.string(),
    text: 'The manifest of trusted documents.',
  }),
  documentsOnly: setting({
    env: 'DOCUMENTS_ONLY',
    flag: 'documents-only',
    schema: onOff,
    default: 'off',
    text: 'Whether only documents of the manifest are answered.',
  }),
  previewTokens: setting({
    env: 'PREVIEW_TOKENS',
    isSecret: true,
    schema: namedTokens,
    default: '',
    text: 'Comma-separated `name:token`. Who sends one as a bearer token sees unpublished articles.',
  }),
  securedTokens: setting({
    env: 'SECURED_TOKENS',
    isSecret: true,
    schema: namedTokens,
    default: '',
    text: 'Comma-separated `name:token`. Who sends one may read `Article.securedBody`. A token in both lists may do both.',
  }),
  securedKey: optional({
    env: 'SECURED_KEY',
    isSecret: true,
    schema: aesKey,
    text: 'The AES-256 key of `secured` bodies, as 64 hex digits or base64.',
  }),
  jwtSecret: optional({
    env: 'JWT_SECRET',
    isSecret: true,
    schema: z.string().min(32, 'must be 32 characters or more'),
    text: 'Accept JSON Web Tokens signed with this secret (HS256, HS384, HS512); the claim `scope` grants `preview` and `secured`.',
  }),
  jwtJwksUrl: optional({
    env: 'JWT_JWKS_URL',
    isSecret: true,
    schema: httpUrl,
    text: 'Accept JSON Web Tokens signed by a key of this JWK set.',
  }),
  jwtIssuer: optional({ env: 'JWT_ISSUER', schema: z.string(), text: 'The `iss` that tokens must have.' }),
  jwtAudience: optional({
    env: 'JWT_AUDIENCE',
    schema: z.string(),
    text: 'The `aud` that tokens must have.',
  }),
  webhookUrl: optional({
    env: 'WEBHOOK_URL',
    isSecret: true,
    schema: httpUrl,
    text: 'Called with the version and the changed keys after each sync that changed something for `WEBHOOK_SCOPE`, whichever process made it.',
  }),
  webhookSecret: optional({
    env: 'WEBHOOK_SECRET',
    isSecret: true,
    schema: z.string().min(16, 'must be 16 characters or more'),
    text: 'Signs the webhook (required with it).',
  }),
  webhookScope: setting({
    env: 'WEBHOOK_SCOPE',
    schema: z.enum(['public', 'preview'], 'must be public or preview'),
    default: 'public',
    text: 'Whose changes the webhook tells: those that everybody may see, or with `preview` those of unpublished articles too, by name.',
  }),
  metrics: setting({
    env: 'METRICS',
    schema: oneOf(['local', 'public', 'off']),
    default: 'local',
    text: 'Who may read `/metrics`: `local` connections that no proxy passed on, everybody (`public`) or nobody (`off`).',
  }),
  metricsToken: optional({
    env: 'METRICS_TOKEN',
    isSecret: true,
    schema: z.string().min(16, 'must be 16 characters or more'),
    text: 'A bearer token that opens `/metrics` from anywhere.',
  }),
  logLevel: setting({
    env: 'LOG_LEVEL',
    schema: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    default: 'info',
    text: 'The least severity that is logged. Answers from the cache are logged at `debug`.',
  }),
  logFormat: setting({
    env: 'LOG_FORMAT',
    schema: oneOf(['auto', 'pretty', 'json']),
    default: 'auto',
    text: '`auto` is readable on a terminal and JSON otherwise.',
  }),
  shutdownGraceMs: setting({
    env: 'SHUTDOWN_GRACE_MS',
    schema: whole(0, 600_000),
    default: '10000',
    text: 'Milliseconds that requests in flight may take to finish after SIGTERM or SIGINT.',
  }),
} satisfies Record<string, Setting>;
