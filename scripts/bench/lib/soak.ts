import { runLines } from './child-server.ts';
import { drawSlugs } from './draw-slugs.ts';
import { type Measurement, measureLoad } from './measure.ts';
import { mixRequests } from './mixed-requests.ts';
import type { PreparedContent } from './prepare-content.ts';
import { copyContent, type PrivateCopy } from './private-copy.ts';
import { withServer } from './rounds.ts';
import { gatewayServer } from './servers.ts';
import { watchMemory } from './watch-memory.ts';
import { type VersionWatch, watchVersions } from './watch-versions.ts';

export interface SoakOptions {
  /** Of load. */
  seconds: number;
  /** Syncs of ten changed files each, spread over the time. */
  syncs: number;
  /** Of full load, before, to find the peak. */
  peakSeconds: number;
}

export interface SoakResult {
  /** Requests a second. */
  peak: number;
  load: Measurement;
  versions: Pick<VersionWatch, 'stale' | 'unversioned' | 'seen'>;
  /** The version of the last sync that was acknowledged. */
  acknowledged: number;
  syncs: number;
  memory: ReturnType<ReturnType<typeof watchMemory>['stop']>;
}

/** Half the measured peak for a long time, with syncs meanwhile. */
export async function soak(content: PreparedContent, options: SoakOptions): Promise<SoakResult> {
  const copy = copyContent(content);
  try {
    const requests = mixRequests(drawSlugs(copy.databaseFile, 120));
    return await withServer(gatewayServer(copy.databaseUrl, copy.folder), async (url, pid) => {
      await measureLoad(url, requests, Math.min(3, options.peakSeconds));
      const { requestsPerSecond: peak } = await measureLoad(url, requests, options.peakSeconds);
      const versions = watchVersions();
      const memory = watchMemory(pid);
      const [load, syncs] = await Promise.all([
        measureLoad(url, requests, options.seconds, {
          rate: Math.round(peak / 2),
          watch: versions.watchConnection,
        }),
        syncRepeatedly(copy, options, versions),
      ]);
      return { peak, load, versions, memory: memory.stop(), ...syncs };
    });
  } finally {
    copy.remove();
  }
}

/** Another process commits; what it says of each commit is its acknowledgement. */
async function syncRepeatedly(
  copy: PrivateCopy,
  { seconds, syncs }: SoakOptions,
  versions: VersionWatch,
): Promise<{ syncs: number; acknowledged: number }> {
  const script = ['--import', 'tsx', 'scripts/bench/commit-often.ts'];
  const args = [...script, copy.folder, copy.databaseUrl, String(syncs), String(seconds)];
  let acknowledged = 0;
  let made = 0;
  await runLines(args, (line) => {
    acknowledged = Number(line);
    made += 1;
    versions.acknowledge(acknowledged);
  });
  return { syncs: made, acknowledged };
}
