import { Agent, request as httpRequest } from 'node:http';
import type { BenchRequest, Measurement } from './measure.ts';
import { quantile } from './statistics.ts';

export interface OfferOptions {
  /** Requests a second, whatever becomes of those before. */
  rate: number;
  seconds: number;
  /** Requests without an answer yet; one more is not sent, and counted. */
  maxOpen: number;
  /** Milliseconds until a request counts as lost. */
  timeoutMs: number;
}

export interface OfferedLoad extends Measurement {
  sent: number;
  /** Not sent, because too many were open. */
  unsent: number;
  /** Why requests were lost, and how often. */
  failures: Record<string, number>;
}

const tickMs = 10;

/**
 * Load as strangers make it: requests come at their rate and do not wait for each other, so that a server that falls
 * behind falls ever further behind unless it refuses. Ends when the last request is answered or lost.
 */
export async function offerLoad(
  url: string,
  requests: readonly BenchRequest[],
  options: OfferOptions,
): Promise<OfferedLoad> {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: options.maxOpen, scheduling: 'fifo' });
  const statuses: Record<string, number> = {};
  const failures: Record<string, number> = {};
  const times: number[] = [];
  const open = new Set<Promise<void>>();
  let lost = 0;
  let unsent = 0;
  let due = 0;

  const started = performance.now();
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - started;
      const wanted = Math.floor((Math.min(elapsed, options.seconds * 1000) / 1000) * options.rate);
      for (; due < wanted; due++) {
        const request = requests[due % requests.length];
        if (!request || open.size >= options.maxOpen) {
          unsent += 1;
          continue;
        }
        const sent = performance.now();
        const answered = ask(agent, url, request, options.timeoutMs)
          .then((status) => {
            statuses[status] = (statuses[status] ?? 0) + 1;
            times.push(performance.now() - sent);
          })
          .catch((error: NodeJS.ErrnoException) => {
            const reason = error.code ?? error.message;
            failures[reason] = (failures[reason] ?? 0) + 1;
            lost += 1;
          })
          .finally(() => open.delete(answered));
        open.add(answered);
      }
      if (elapsed < options.seconds * 1000) return;
      clearInterval(timer);
      resolve();
    }, tickMs);
  });
  await Promise.all(open);
  agent.destroy();
  return {
    requestsPerSecond: times.length / ((performance.now() - started) / 1000),
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    max: quantile(times, 1),
    statuses,
    lost,
    sent: due - unsent,
    unsent,
    failures,
  };
}

/** The status of the answer, when its last byte is there. */
function ask(agent: Agent, url: string, asked: BenchRequest, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(asked.path, url), {
      agent,
      method: asked.method,
      headers: asked.headers,
    });
    const timer = setTimeout(() => request.destroy(new Error('No answer.')), timeoutMs);
    request.on('close', () => clearTimeout(timer));
    request.on('error', reject);
    request.on('response', (response) => {
      response.on('error', reject);
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.resume();
    });
    request.end(asked.body);
  });
}
