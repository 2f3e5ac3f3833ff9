import { type ChildServer, type ServerCommand, startServer } from './child-server.ts';
import { findDifference } from './compare-answers.ts';
import { type BenchRequest, createClient, type Measurement } from './measure.ts';
import { measureRate } from './measure-rate.ts';
import { processorSeconds } from './processor-time.ts';
import { median, renderTable, showNumber } from './statistics.ts';

/** One request, as each server that answers it is asked. */
export interface Scenario {
  name: string;
  /** By the server's name; several requests are sent in turn. */
  requests: Record<string, readonly BenchRequest[]>;
  /** Servers that may be too slow to answer even once. */
  mayNotAnswer?: readonly string[];
  /** The only statuses that count as answers. @default ['200'] */
  statuses?: readonly string[];
}

/** How long and how often. */
export interface Timing {
  /** Of each measurement. */
  seconds: number;
  /** Seconds of load before each measurement. */
  warm: number;
  rounds: number;
}

/** The measurements of one scenario on one server, a round each. */
export interface Result {
  scenario: string;
  server: string;
  measurements: (Measurement & {
    /** Processor time of the server for one request, in milliseconds. What else the machine does hardly changes it. */
    processorMs: number;
  })[];
}

/**
 * Asks every server every request of every scenario and holds the answers against the first server's.
 * @returns the number of answers compared
 * @throws Error that names the place where one differs
 */
export async function checkEqual(
  servers: readonly ServerCommand[],
  scenarios: readonly Scenario[],
): Promise<number> {
  const expected = new Map<string, string>();
  let compared = 0;
  for (const command of servers) {
    await withServer(command, async (url) => {
      const client = createClient(url);
      for (const { name, requests } of scenarios) {
        for (const [i, request] of (requests[command.name] ?? []).entries()) {
          const { body } = await client.ask(request);
          const key = `${name} ${i}`;
          const first = expected.get(key);
          if (first === undefined) expected.set(key, body);
          const difference = findDifference(first ?? body, body);
          if (difference)
            throw new Error(`${command.name} answers "${name}" (${i}) differently: ${difference}`);
          if (first !== undefined) compared += 1;
        }
      }
      client.close();
    });
  }
  return compared;
}

/**
 * Several rounds of each scenario. All servers that answer it run at the same time, and each is measured in turn while the others
 * idle, in alternating order: what else the machine does is spread over all of them.
 */
export async function runRounds(
  servers: readonly ServerCommand[],
  scenarios: readonly Scenario[],
  timing: Timing,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const scenario of scenarios) {
    const started = new Map<ChildServer, Result>();
    try {
      for (const command of servers) {
        const requests = scenario.requests[command.name];
        if (!requests) continue;
        const server = await startServer(command);
        started.set(server, { scenario: scenario.name, server: command.name, measurements: [] });
        if (timing.warm > 0) await measureRate(server.url, requests, timing.warm);
      }
      for (let round = 0; round < timing.rounds; round++) {
        const inTurn = [...started];
        for (const [server, result] of round % 2 === 0 ? inTurn : inTurn.reverse()) {
          const requests = scenario.requests[server.name] ?? [];
          const before = processorSeconds(server.pid);
          const measurement = await measureRate(server.url, requests, timing.seconds);
          const spent = processorSeconds(server.pid) - before;
          checkStatuses(scenario, server.name, measurement);
          const answers = Object.values(measurement.statuses).reduce((sum, count) => sum + count, 0);
          result.measurements.push({ ...measurement, processorMs: (spent * 1000) / answers });
        }
      }
    } finally {
      for (const server of started.keys()) await server.stop();
    }
    results.push(...started.values());
  }
  return results;
}

/** The medians as a table, with the rate as a multiple of each of the named servers' rates: the median over the rounds. */
export function showRounds(results: readonly Result[], against: readonly string[]): string {
  const rates = (result: Result | undefined) =>
    result?.measurements.map(({ requestsPerSecond }) => requestsPerSecond) ?? [];
  const rows = results.map((result) => [
    result.scenario,
    result.server,
    showNumber(median(rates(result))),
    showNumber(median(result.measurements.map(({ p50 }) => p50))),
    showNumber(median(result.measurements.map(({ p99 }) => p99))),
    showNumber(median(result.measurements.map(({ processorMs }) => processorMs)) * 1000),
    ...against.map((name) => {
      const other = results.find(({ scenario, server }) => scenario === result.scenario && server === name);
      const others = rates(other);
      return showNumber(median(rates(result).map((rate, round) => rate / (others[round] ?? Number.NaN))));
    }),
  ]);
  return renderTable(
    [
      'what',
      'server',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'processor µs',
      ...against.map((name) => `× ${name}`),
    ],
    rows,
  );
}

/** Runs a task against a server and stops the server whatever comes of it. */
export async function withServer<T>(
  command: ServerCommand,
  task: (url: string, pid: number) => Promise<T>,
): Promise<T> {
  const server = await startServer(command);
  try {
    return await task(server.url, server.pid);
  } finally {
    await server.stop();
  }
}

function checkStatuses(scenario: Scenario, server: string, { statuses, lost }: Measurement): void {
  const wanted = new Set(scenario.statuses ?? ['200']);
  const others = Object.keys(statuses).filter((status) => !wanted.has(status));
  if (others.length === 0 && lost === 0 && Object.keys(statuses).length > 0) return;
  if (Object.keys(statuses).length === 0 && scenario.mayNotAnswer?.includes(server)) return;
  throw new Error(
    `${server}, "${scenario.name}": statuses ${JSON.stringify(statuses)}, ${lost} without an answer.`,
  );
}
