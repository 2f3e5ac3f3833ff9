import { type ContentVersionRow, versionOf } from '../../store/content-version.ts';
import type { KnownVersion, ReadChanges } from '../../store/sqlite/read/read-changes.ts';
import type { VersionSource } from '../../store/version-source.ts';
import type { GatewayLogger } from './create-logger.ts';
import type { SyncOutcome } from './sync-metrics.ts';
import type { AudienceChange, ContentChange } from './webhook.ts';

/** What a sync of this process tells; the store's report is one. */
export interface OwnSync extends SyncOutcome, Pick<AudienceChange, 'changedKeys'> {
  version: AudienceChange['version'] | null;
  public: Pick<AudienceChange, 'changedKeys'> & {
    version: AudienceChange['version'] | null;
    changed: boolean;
  };
}

export interface AnnouncerOptions {
  versions: VersionSource;
  /** What changed after a version, told from the database. */
  readChanges(since: KnownVersion | null): Promise<ReadChanges>;
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
  let told: Known | null = versions.current && knownOf(versions.current);
  let settling: NodeJS.Timeout | undefined;
  let isClosed = false;

  const stopListening = versions.onChange(settle);
  const poll = setInterval(() => {
    if (!versions.isCurrent()) versions.refresh().catch(() => undefined);
  }, options.pollMs ?? POLL_MS).unref();

  return {
    noteSync(sync) {
      record(sync);
      const { version, changedKeys, public: open } = sync;
      if (!version || !open.version) return;
      const known = { preview: version, public: open.version };
      if (told && isSame(version, told.preview)) return;
      // A version in between is another process', of which this report says nothing.
      if (sync.changed && (!told || version.number === told.preview.number + 1)) {
        tell(known, changedKeys, open.changed ? open.changedKeys : null);
      } else if (!told) told = known;
      else settle();
    },
    close() {
      isClosed = true;
      clearInterval(poll);
      clearTimeout(settling);
      stopListening();
    },
  };

  /** @param publicKeys null when nothing has changed for the public */
  function tell(known: Known, changedKeys: Keys, publicKeys: Keys | null): void {
    told = known;
    announce({
      preview: { version: known.preview, changedKeys },
      public: publicKeys && { version: known.public, changedKeys: publicKeys },
    });
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
    const known = knownOf(version);
    told ??= known;
    const before = told;
    if (isClosed || isSame(known.preview, before.preview)) return;
    const { number } = before.preview;
    const isFollowed = version.number > number && version.historyFrom <= number;
    const since = isFollowed ? { number, publicNumber: before.public.number } : null;
    try {
      const { changedKeys, publicKeys, problemCounts } = await options.readChanges(since);
      if (isClosed) return;
      // Meanwhile a report of this process has come: what is left to tell is another matter now.
      if (told !== before) return settle();
      tell(known, changedKeys, isSame(known.public, before.public) ? null : publicKeys);
      record({ ms: null, changed: true, refusal: null, problemCounts });
    } catch (error) {
      options.logger.warn({ err: error }, 'what another process has synced could not be read');
      settle();
    }
  }
}

type Keys = AudienceChange['changedKeys'];

/** A version as each audience knows it. */
type Known = Record<'preview' | 'public', AudienceChange['version']>;

function knownOf(row: ContentVersionRow): Known {
  return { preview: versionOf(row, true), public: versionOf(row, false) };
}

function isSame(one: AudienceChange['version'], other: AudienceChange['version']): boolean {
  return one.number === other.number && one.digest === other.digest;
}
