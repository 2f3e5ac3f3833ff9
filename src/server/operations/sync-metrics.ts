import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { ProblemCounts } from '../../store/sync-report.ts';
import type { ContentLag } from './content-lag.ts';

/** The end of a sync; the store's report is one. */
export interface SyncOutcome {
  /** Milliseconds it took; null when another process made it, and nobody here knows. */
  ms: number | null;
  changed: boolean;
  refusal: object | null;
  /** How many problems of each severity there are. */
  problemCounts: Pick<ProblemCounts, (typeof SEVERITIES)[number]>;
}

/** Takes what whoever follows the folder tells. */
export interface SyncRecorder {
  /** A sync has ended. */
  record(outcome: SyncOutcome): void;
  /** A sync has failed, or was refused. @param code one of few words */
  recordFailure(code: string): void;
  /** As of ContentLag. */
  noteLag(ms: number | null): void;
}

const SEVERITIES = ['error', 'warning', 'notice'] as const;
const SYNC_BUCKETS = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300];

/** Adds the figures of syncs to a registry, and gives what takes each sync's outcome. */
export function createSyncMetrics(registry: Registry, lag: ContentLag): SyncRecorder {
  const registers = [registry];
  const syncs = new Counter({
    name: 'gateway_syncs_total',
    help: 'Syncs by result; elsewhere: a version that another process made.',
    labelNames: ['result'],
    registers,
  });
  const seconds = new Histogram({
    name: 'gateway_sync_seconds',
    help: 'Time of a sync.',
    buckets: SYNC_BUCKETS,
    registers,
  });
  const problems = new Gauge({
    name: 'gateway_content_problems',
    help: 'Problems of the content as of the last sync, by severity.',
    labelNames: ['severity'],
    registers,
  });
  const failures = new Counter({
    name: 'gateway_sync_failures_total',
    help: 'Syncs that failed or were refused, by code.',
    labelNames: ['code'],
    registers,
  });
  new Gauge({
    name: 'gateway_content_behind_seconds',
    help: 'Time for which the content folder could not be followed; 0 when it is followed.',
    registers,
    collect() {
      this.set(lag.seconds());
    },
  });
  return {
    record({ ms, changed, refusal, problemCounts }) {
      const result = refusal ? 'refused' : changed ? 'changed' : 'unchanged';
      syncs.inc({ result: ms === null ? 'elsewhere' : result });
      if (ms !== null) seconds.observe(ms / 1000);
      for (const severity of SEVERITIES) problems.set({ severity }, problemCounts[severity]);
    },
    recordFailure: (code) => failures.inc({ code }),
    noteLag: lag.note,
  };
}
