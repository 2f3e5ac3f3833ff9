import { setTimeout } from 'node:timers/promises';
import { drawSlugs } from './draw-slugs.ts';
import { type BenchRequest, createClient, get, measureLoad, postOperation } from './measure.ts';
import { mixRequests } from './mixed-requests.ts';
import { type OfferedLoad, offerLoad } from './offer-load.ts';
import type { PreparedContent } from './prepare-content.ts';
import { withServer } from './rounds.ts';
import { gatewayServer } from './servers.ts';
import { median, quantile } from './statistics.ts';

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
  /** Milliseconds until `/health` answered while overloaded, and how often it was asked. */
  health: { p50: number; p99: number; max: number; asked: number };
  /** Milliseconds after the end of the overload until ten requests in a row were answered as before. */
  recoveredMs: number;
}

const patienceMs = 30_000;
const healthEveryMs = 50;

/** Searches that look at every article, among what readers mostly ask. */
function addSearches(requests: readonly BenchRequest[]): BenchRequest[] {
  const query = `query Search($text: String!) {
    articles(filter: { title: { contains: $text } }, first: 10) { totalCount edges { node { slug title } } } }`;
  return requests.flatMap((request, i) =>
    i % 20 === 0 ? [request, postOperation({ query, variables: { text: `harbour ${i}` } })] : [request],
  );
}

/** Three times the peak, answered without the cache, and how soon all is as before. */
export async function overload(content: PreparedContent, options: OverloadOptions): Promise<OverloadResult> {
  const requests = addSearches(mixRequests(drawSlugs(content.databaseFile, 120)));
  const gateway = gatewayServer(content.databaseUrl, content.folder, { CACHE: 'off' });
  return withServer(gateway, async (url) => {
    await measureLoad(url, requests, Math.min(3, options.peakSeconds));
    const { requestsPerSecond: peak } = await measureLoad(url, requests, options.peakSeconds);
    const client = createClient(url);
    const askTen = async () => {
      const times: number[] = [];
      for (const request of requests.slice(0, 10)) {
        const { status, ms } = await client.ask(request);
        times.push(status === 200 ? ms : Number.POSITIVE_INFINITY);
      }
      return times;
    };
    try {
      for (let i = 0; i < 5; i++) await askTen();
      const quietMs = median((await askTen()).concat(await askTen()));
      const probe = probeHealth(url);
      const overloaded = await offerLoad(url, requests, {
        rate: peak * 3,
        seconds: options.seconds,
        maxOpen: options.maxOpen ?? 2000,
        timeoutMs: patienceMs,
      });
      const health = await probe.end();
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
      return { peak, overload: overloaded, goodput, quietMs, health, recoveredMs };
    } finally {
      client.close();
    }
  });
}

/** Asks for `/health` on a connection of its own, again and again until the end. */
function probeHealth(url: string) {
  const client = createClient(url);
  const times: number[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const { status, ms } = await client.ask(get('/health'));
      times.push(status === 200 ? ms : Number.POSITIVE_INFINITY);
      await setTimeout(healthEveryMs);
    }
  })();
  return {
    async end(): Promise<OverloadResult['health']> {
      isOver = true;
      await asking;
      client.close();
      return {
        p50: quantile(times, 0.5),
        p99: quantile(times, 0.99),
        max: quantile(times, 1),
        asked: times.length,
      };
    },
  };
}
