import { createHmac, randomUUID } from 'node:crypto';
import { purgePrefixes } from '../../graphql/purge-keys.ts';
import type { ChangedList } from '../../store/sync-report.ts';
import { CONTENT_KEY, surrogateKey } from '../http/surrogate-key.ts';
import type { GatewayLogger } from './create-logger.ts';

export interface WebhookOptions {
  url: string;
  secret: string;
  /** Whose versions are told. What is for `preview` names hidden articles too. */
  scope: 'public' | 'preview';
  logger: GatewayLogger;
  /** @default the global one */
  fetch?: typeof fetch;
  /** Waits that many milliseconds. @default by setTimeout */
  sleep?: (ms: number) => Promise<void>;
}

/** What a sync changed for one audience. */
export interface AudienceChange {
  version: { number: number; digest: string; syncedAt: string };
  changedKeys: Readonly<Record<ChangedList, readonly string[]>> & {
    /** As of ChangedKeys. */
    readonly own?: Readonly<Record<string, readonly string[]>>;
    readonly isCut: boolean;
  };
}

/** What a sync changed for readers with the preview scope, and what of it everybody may know: null when that is nothing. */
export interface ContentChange {
  preview: AudienceChange;
  public: AudienceChange | null;
}

export interface Webhook {
  /** Queues a call, if the change is one for the scope. Returns at once and never throws: a consumer that is down must not stop a sync. */
  notify(change: ContentChange): void;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
  /** Gives up what is queued. */
  close(): void;
}

const MAX_ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
const TIMEOUT_MS = 5_000;
const MAX_QUEUED = 100;

/**
 * Calls a URL after each sync, one call after another, signed as Standard Webhooks 1.0 says:
 * `webhook-signature: v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`. A call that fails is tried again with
 * growing pauses; when more than 100 wait, the oldest are dropped, since each newer version tells a consumer as much.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  const { url, secret, scope, logger, sleep = wait } = options;
  const send = options.fetch ?? fetch;
  const stop = new AbortController();
  const queue: AudienceChange[] = [];
  let running: Promise<void> = Promise.resolve();
  let active = false;

  return {
    notify(change) {
      const told = change[scope];
      if (stop.signal.aborted || told === null) return;
      queue.push(told);
      if (queue.length > MAX_QUEUED) {
        queue.shift();
        logger.warn({ waiting: queue.length }, 'webhook: the oldest call was dropped');
      }
      if (!active) running = work();
    },
    idle: () => running,
    close() {
      queue.length = 0;
      stop.abort();
    },
  };

  async function work(): Promise<void> {
    active = true;
    for (let change = queue.shift(); change; change = queue.shift()) await deliver(change);
    active = false;
  }

  async function deliver(change: AudienceChange): Promise<void> {
    const id = `msg_${randomUUID()}`;
    const body = JSON.stringify(describe(change));
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      const failure = await call(id, body);
      if (failure === null || stop.signal.aborted) return;
      const version = change.version.number;
      if (attempt === MAX_ATTEMPTS) logger.error({ version, attempt, failure }, 'webhook: given up');
      else {
        logger.warn({ version, attempt, failure }, 'webhook: will be tried again');
        await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1));
      }
    }
  }

  /** Null when the consumer took it, else why not. */
  async function call(id: string, body: string): Promise<string | null> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    try {
      const response = await send(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signWebhook(secret, id, timestamp, body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.body?.cancel();
      return response.ok ? null : `status ${response.status}`;
    } catch (error) {
      return error instanceof Error ? error.name : 'unknown';
    }
  }
}

/** The value of `webhook-signature`, by which a consumer knows that the call is ours. */
export function signWebhook(secret: string, id: string, timestamp: string, body: string): string {
  return `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/** The body: the version, and the surrogate keys of every answer that may have changed. */
function describe({ version, changedKeys }: AudienceChange) {
  const keys = new Set([CONTENT_KEY, ...purgePrefixes.map(({ prefix }) => prefix)]);
  for (const { prefix, changed } of purgePrefixes)
    for (const name of changedKeys[changed]) keys.add(surrogateKey(prefix, name));
  for (const [prefix, names] of Object.entries(changedKeys.own ?? {})) {
    keys.add(prefix);
    for (const name of names) keys.add(surrogateKey(prefix, name));
  }
  return { type: 'content.changed', version, keys: [...keys], isCut: changedKeys.isCut };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
