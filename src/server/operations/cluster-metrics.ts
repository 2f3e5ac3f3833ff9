import cluster, { type Worker } from 'node:cluster';
import { AggregatorRegistry, type Registry } from 'prom-client';

const REQUEST = 'gateway:metrics-request';
const ANSWER = 'gateway:metrics-answer';
const TIMEOUT_MS = 5_000;

interface MetricsReply {
  kind: typeof ANSWER;
  id: number;
  /** Null when not every worker answered in time. */
  text: string | null;
}

/**
 * For the primary process: answers workers that ask for the metrics of all. A scrape reaches one worker, any one, and
 * each has counted only its own part.
 *
 * @param own The primary's own metrics, such as those of syncs.
 */
export function answerClusterMetrics(own: Registry): void {
  const aggregator = new AggregatorRegistry();
  cluster.on('message', (worker: Worker, message: unknown) => {
    const id = readId(message, REQUEST);
    if (id === null) return;
    void Promise.all([aggregator.clusterMetrics(), own.metrics()])
      .then(([ofWorkers, ofPrimary]) => mergeMetrics(ofPrimary, ofWorkers))
      .catch(() => null)
      .then((text) => {
        if (worker.isConnected()) worker.send({ kind: ANSWER, id, text } satisfies MetricsReply);
      });
  });
}

/**
 * For a worker process: the function that reads the metrics of all workers and the primary, as one text.
 * It rejects when they cannot be had within 5 seconds.
 */
export function createClusterMetricsReader(own: Registry): () => Promise<string> {
  // Makes this worker answer when the primary collects.
  new AggregatorRegistry();
  AggregatorRegistry.setRegistries([own]);
  let requests = 0;
  return () => {
    requests += 1;
    const id = requests;
    return new Promise((resolve, reject) => {
      const finish = (text: string | null) => {
        clearTimeout(timer);
        process.off('message', onMessage);
        if (text === null) reject(new Error('The metrics of the workers could not be collected.'));
        else resolve(text);
      };
      const onMessage = (message: unknown) => {
        if (readId(message, ANSWER) === id) finish((message as MetricsReply).text);
      };
      const timer = setTimeout(finish, TIMEOUT_MS, null);
      process.on('message', onMessage);
      process.send?.({ kind: REQUEST, id });
    });
  };
}

/**
 * Two texts in Prometheus' format as one. A family of metrics may stand there once only, with all of its samples, so of
 * one that both have the first text's is taken: what the primary counts no worker does, though each has it declared.
 */
export function mergeMetrics(first: string, second: string): string {
  const families = new Map<string, string>();
  for (const text of [second, first]) {
    for (const family of text.split(/^(?=# HELP )/m)) {
      const name = /^# HELP (\S+)/.exec(family)?.[1];
      if (name !== undefined) families.set(name, family.trimEnd());
    }
  }
  return `${[...families.values()].join('\n\n')}\n`;
}

function readId(message: unknown, kind: string): number | null {
  if (typeof message !== 'object' || message === null || !('kind' in message) || message.kind !== kind)
    return null;
  return 'id' in message && typeof message.id === 'number' ? message.id : null;
}
