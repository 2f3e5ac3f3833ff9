import type { readChanges } from '../store/read-changes.ts';
import type { VersionSource } from './content-watch.ts';
import type { GatewayLogger } from './create-logger.ts';
import type { SyncOutcome } from './sync-metrics.ts';
import type { ContentChange } from './webhook.ts';

/** What a sync of this process tells; the store's report is one. */
export interface OwnSync extends SyncOutcome, Pick<ContentChange, 'changedKeys'> {
  version: ContentChange['version'] | null;
}

export interface AnnouncerOptions {
  versions: VersionSource;
  /** What changed after a version, told from the database. */
  readChanges(since: number | null): ReturnType<typeof readChanges>;
  /** Gets each new version once. */
  announce(change: ContentChange): void;
  /** Gets the outcome of each sync, wherever it was made. */
  record(outcome: SyncOutcome): void;
  logger: Pick<GatewayLogger, 'warn'>;
  /** How often to look for versions, in milliseconds. @default 100 */
  pollMs?: number;
  /** How long the report of a sync of this process may come after its version. @default 1000 */
  settleMs?: number;
}

/** Tells of every new version of the content, whoever made it. One process of several has one. */
export interface Announcer {
  /** Takes a sync of this process. It knows more than the database does: what there was before. */
  noteSync(sync: OwnSync): void;
  close(): void;
}

const POLL_MS = 100;
const SETTLE_MS = 1_000;

/** Begins with the version that is served when it is made, which counts as told. */
export function announceVersions(options: AnnouncerOptions): Announcer {
  const { versions, announce, record } = options;
  let told: Known | null = versions.current;
  let settling: NodeJS.Timeout | undefined;
  let isClosed = false;

  const stopListening = versions.onChange(settle);
  const poll = setInterval(() => {
    if (!versions.isCurrent()) versions.refresh().catch(() => undefined);
  }, options.pollMs ?? POLL_MS).unref();

  return {
    noteSync(sync) {
      record(sync);
      const { version, changedKeys } = sync;
      if (!version || (told && isSame(version, told))) return;
      // A version in between is another process', of which this report says nothing.
      if (sync.changed && (!told || version.number === told.number + 1)) tell(version, changedKeys);
      else if (!told) told = version;
      else settle();
    },
    close() {
      isClosed = true;
      clearInterval(poll);
      clearTimeout(settling);
      stopListening();
    },
  };

  function tell(version: ContentChange['version'], changedKeys: ContentChange['changedKeys']): void {
    told = version;
    const { number, digest, syncedAt } = version;
    announce({ version: { number, digest, syncedAt }, changedKeys });
  }

  function settle(): void {
    if (isClosed) return;
    // Not begun anew by each version: somebody who syncs all the time would never be told of.
    settling ??= setTimeout(() => {
      settling = undefined;
      void catchUp();
    }, options.settleMs ?? SETTLE_MS).unref();
  }

  async function catchUp(): Promise<void> {
    const version = await versions.refresh().catch(() => null);
    // While there is no database there is nothing to tell; when there is one again, the look at it comes here.
    if (!version) return;
    told ??= version;
    const before = told;
    if (isClosed || isSame(version, before)) return;
    const since =
      version.number > before.number && version.historyFrom <= before.number ? before.number : null;
    try {
      const { changedKeys, problems } = await options.readChanges(since);
      if (isClosed) return;
      // Meanwhile a report of this process has come: what is left to tell is another matter now.
      if (told !== before) return settle();
      tell(version, changedKeys);
      record({ ms: null, changed: true, refusal: null, problems });
    } catch (error) {
      options.logger.warn({ err: error }, 'what another process has synced could not be read');
      settle();
    }
  }
}

type Known = Pick<ContentChange['version'], 'number' | 'digest'>;

function isSame(one: Known, other: Known): boolean {
  return one.number === other.number && one.digest === other.digest;
}
