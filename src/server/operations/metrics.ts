import { type Aggregator, Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { OperationReport } from '../../graphql/context.ts';

/** What the gateway counts. The plain numbers are added to directly, since that happens on the hottest path. */
export interface Metrics {
  cacheHits: number;
  cacheMisses: number;
  /** Requests that joined the same request in flight. */
  cacheShared: number;
  /** Connections that were closed for too many requests sent ahead. */
  crowdedConnections: number;
  /** Connections that were closed at once, as there were too many. */
  droppedConnections: number;
  /** Responses, at the index of their status. */
  readonly responses: Float64Array;
  operation(name: string | null, outcome: string, seconds: number, report: OperationReport | null): void;
}

/** Figures that are looked up when the metrics are read. */
export interface MetricSources {
  contentVersion(): number | null;
  cacheBytes(): number;
  running(): number;
  waiting(): number;
}

// Names come from clients, so only so many become label values.
const MAX_NAMES = 100;
const MAX_NAME_LENGTH = 64;
const MAX_STATUS = 600;
const LATENCY_BUCKETS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const COST_BUCKETS = [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000];

/** Never prom-client's global registry, so that two gateways in one process do not meet. */
export function createMetrics(sources: MetricSources, registry: Registry): Metrics {
  const registers = [registry];
  const names = new Set<string>();
  const latency = new Histogram({
    name: 'gateway_operation_seconds',
    help: 'Time to execute an operation that no kept answer served.',
    labelNames: ['operation', 'outcome'],
    buckets: LATENCY_BUCKETS,
    registers,
  });
  const cost = new Histogram({
    name: 'gateway_operation_cost_rows',
    help: 'Rows an operation may read, computed before it ran.',
    buckets: COST_BUCKETS,
    registers,
  });
  const statements = new Counter({
    name: 'gateway_sql_statements_total',
    help: 'SQL statements run.',
    registers,
  });

  const metrics: Metrics = {
    cacheHits: 0,
    cacheMisses: 0,
    cacheShared: 0,
    crowdedConnections: 0,
    droppedConnections: 0,
    responses: new Float64Array(MAX_STATUS),
    operation(name, outcome, seconds, report) {
      latency.observe({ operation: labelOf(name, names), outcome }, seconds);
      if (!report) return;
      cost.observe(report.cost);
      statements.inc(report.statements);
    },
  };

  // Counted elsewhere, and only carried over when somebody reads.
  const carried = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  const looked = (name: string, help: string, read: () => number, aggregator: Aggregator = 'sum') =>
    new Gauge({
      name,
      help,
      registers,
      aggregator,
      collect() {
        this.set(read());
      },
    });
  carried('gateway_cache_hits_total', 'Answers given from the cache.', () => metrics.cacheHits);
  carried('gateway_cache_misses_total', 'Answers executed for the cache.', () => metrics.cacheMisses);
  carried('gateway_cache_shared_total', 'Questions that joined one under way.', () => metrics.cacheShared);
  carried(
    'gateway_connections_crowded_total',
    'Connections closed for too many requests sent ahead.',
    () => metrics.crowdedConnections,
  );
  carried(
    'gateway_connections_dropped_total',
    'Connections closed at once, as there were too many.',
    () => metrics.droppedConnections,
  );
  looked('gateway_cache_bytes', 'Bytes of kept answers.', sources.cacheBytes);
  looked(
    'gateway_content_version',
    'The content version served; 0 before the first.',
    () => sources.contentVersion() ?? 0,
    // Of several workers, the one that is furthest behind: the version that every answer has at least.
    'min',
  );
  looked('gateway_operations_running', 'Operations that run now.', sources.running);
  looked('gateway_operations_waiting', 'Operations that wait for a place.', sources.waiting);
  new Counter({
    name: 'gateway_responses_total',
    help: 'HTTP responses by status.',
    labelNames: ['status'],
    registers,
    collect() {
      this.reset();
      for (const [status, count] of metrics.responses.entries()) {
        if (count > 0) this.inc({ status: String(status) }, count);
      }
    },
  });
  return metrics;
}

function labelOf(name: string | null, names: Set<string>): string {
  if (name === null) return '(anonymous)';
  if (names.has(name)) return name;
  if (names.size >= MAX_NAMES || name.length > MAX_NAME_LENGTH) return '(other)';
  names.add(name);
  return name;
}
