import { type ServerCommand, startServer } from './child-server.ts';
import { findDifference } from './compare-answers.ts';
import { type BenchRequest, createClient, type Measurement, measureLoad } from './measure.ts';
import { median, renderTable, showNumber } from './statistics.ts';

/** One request, as each server that answers it is asked. */
export interface Scenario {
  name: string;
  /** By the server's name; several requests are sent in turn. */
  requests: Record<string, readonly BenchRequest[]>;
  /** The only statuses that count as answers. @default ['200'] */
  /** Servers that may be too slow to answer even once. */
  mayNotAnswer?: readonly string[];
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
  measurements: Measurement[];
}

/**
 * Asks every server every request of every scenario and holds the answers against the first server's. Throws, naming
 * the place, when one differs. Returns the number of answers compared.
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

/** Several rounds; in each, every server in turn is started, warmed, measured and stopped, in alternating order. */
export async function runRounds(
  servers: readonly ServerCommand[],
  scenarios: readonly Scenario[],
  timing: Timing,
): Promise<Result[]> {
  const results = new Map<string, Result>();
  for (let round = 0; round < timing.rounds; round++) {
    for (const command of round % 2 === 0 ? servers : [...servers].reverse()) {
      await withServer(command, async (url) => {
        for (const scenario of scenarios) {
          const requests = scenario.requests[command.name];
          if (!requests) continue;
          if (timing.warm > 0) await measureLoad(url, requests, timing.warm);
          const measurement = await measureLoad(url, requests, timing.seconds);
          checkStatuses(scenario, command.name, measurement);
          const key = `${scenario.name} ${command.name}`;
          const result = results.get(key) ?? {
            scenario: scenario.name,
            server: command.name,
            measurements: [],
          };
          result.measurements.push(measurement);
          results.set(key, result);
        }
      });
    }
  }
  return scenarios.flatMap(({ name }) =>
    servers.flatMap((server) => results.get(`${name} ${server.name}`) ?? []),
  );
}

/** The medians as a table, with the rate as a multiple of each of the named servers' rates. */
export function showRounds(results: readonly Result[], against: readonly string[]): string {
  const rate = (result: Result | undefined) =>
    median(result?.measurements.map((measurement) => measurement.requestsPerSecond) ?? []);
  const rows = results.map((result) => [
    result.scenario,
    result.server,
    showNumber(rate(result)),
    showNumber(median(result.measurements.map(({ p50 }) => p50))),
    showNumber(median(result.measurements.map(({ p99 }) => p99))),
    ...against.map((name) => {
      const other = results.find(({ scenario, server }) => scenario === result.scenario && server === name);
      return showNumber(rate(result) / rate(other));
    }),
  ]);
  return renderTable(
    ['what', 'server', 'requests/s', 'p50 ms', 'p99 ms', ...against.map((name) => `× ${name}`)],
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
