import { setTimeout } from 'node:timers/promises';
import { drawSlugs } from './draw-slugs.ts';
import { createAsker, measureLoad } from './measure.ts';
import { mixRequests } from './mixed-requests.ts';
import { type OfferedLoad, offerLoad } from './offer-load.ts';
import type { PreparedContent } from './prepare-content.ts';
import { withServer } from './rounds.ts';
import { gatewayServer } from './servers.ts';
import { median } from './statistics.ts';

export interface OverloadOptions {
  /** Of overload. */
  seconds: number;
  /** Of full load, before, to find the peak. */
  peakSeconds: number;
  /** Requests that strangers have open at the same time, at most. @default 2000 */
  maxOpen?: number;
}

export interface OverloadResult {
  /** Requests a second that were answered under full load, each one with 200. */
  peak: number;
  overload: OfferedLoad;
  /** Requests a second with 200 while overloaded. */
  goodput: number;
  /** Median milliseconds of single requests before. */
  quietMs: number;
  /** Milliseconds after the end of the overload until ten requests in a row were answered as before. */
  recoveredMs: number;
}

const patienceMs = 30_000;

/** Three times the peak, answered without the cache, and how soon all is as before. */
export async function overload(content: PreparedContent, options: OverloadOptions): Promise<OverloadResult> {
  const requests = mixRequests(drawSlugs(content.databaseFile, 120));
  const gateway = gatewayServer(content.databaseUrl, content.folder, { CACHE: 'off' });
  return withServer(gateway, async (url) => {
    await measureLoad(url, requests, Math.min(3, options.peakSeconds));
    const { requestsPerSecond: peak } = await measureLoad(url, requests, options.peakSeconds);
    const asker = createAsker(url);
    const askTen = async () => {
      const times: number[] = [];
      for (const request of requests.slice(0, 10)) {
        const { status, ms } = await asker.ask(request);
        times.push(status === 200 ? ms : Number.POSITIVE_INFINITY);
      }
      return times;
    };
    try {
      for (let i = 0; i < 5; i++) await askTen();
      const quietMs = median((await askTen()).concat(await askTen()));
      const overloaded = await offerLoad(url, requests, {
        rate: peak * 3,
        seconds: options.seconds,
        maxOpen: options.maxOpen ?? 2000,
        timeoutMs: patienceMs,
      });
      const ended = performance.now();
      let recoveredMs = Number.POSITIVE_INFINITY;
      while (performance.now() - ended < patienceMs) {
        const times = await askTen().catch(() => [Number.POSITIVE_INFINITY]);
        recoveredMs = performance.now() - ended;
        if (times.every(Number.isFinite) && median(times) <= quietMs * 2) break;
        recoveredMs = Number.POSITIVE_INFINITY;
        await setTimeout(50);
      }
      const answered = Object.values(overloaded.statuses).reduce((sum, count) => sum + count, 0);
      const goodput = (overloaded.requestsPerSecond * (overloaded.statuses[200] ?? 0)) / answered;
      return { peak, overload: overloaded, goodput, quietMs, recoveredMs };
    } finally {
      asker.close();
    }
  });
}
