import { setTimeout } from 'node:timers/promises';
import { drawSlugs } from './draw-slugs.ts';
import { type Measurement, measureLoad } from './measure.ts';
import { mixRequests } from './mixed-requests.ts';
import type { PreparedContent } from './prepare-content.ts';
import { copyContent, editArticle, listEditable, type PrivateCopy } from './private-copy.ts';
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

async function syncRepeatedly(
  copy: PrivateCopy,
  { seconds, syncs }: SoakOptions,
  versions: VersionWatch,
): Promise<{ syncs: number; acknowledged: number }> {
  const articles = listEditable(copy.folder, 200);
  const pause = (seconds * 1000) / (syncs + 1);
  const started = performance.now();
  let acknowledged = 0;
  for (let sync = 1; sync <= syncs; sync++) {
    await setTimeout(Math.max(0, started + sync * pause - performance.now()));
    for (const article of articles.slice((sync * 10) % 190, ((sync * 10) % 190) + 10)) {
      editArticle(article, `Sync ${sync} of ${article.slug}`);
    }
    acknowledged = (await copy.sync()).version;
    versions.acknowledge(acknowledged);
  }
  return { syncs, acknowledged };
}
