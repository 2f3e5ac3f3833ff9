import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BenchRequest, type Measurement, measureLoad } from './measure.ts';

/** Whether wrk is installed, which takes far less processor time a request than a client in JavaScript. */
export const hasWrk = spawnSync('wrk', ['-v']).error === undefined;

/** What drives the load, for the head of a report. */
export const clientName = hasWrk
  ? 'wrk -t1 -c16'
  : 'autocannon, whose own speed bounds what it measures (install wrk for more)';

const CONNECTIONS = 16;
const TIMEOUT_SECONDS = 60;

/** Loads a server as fast as it answers, over 16 connections, each in turn through the list of requests. */
export function measureRate(
  url: string,
  requests: readonly BenchRequest[],
  seconds: number,
): Promise<Measurement> {
  return hasWrk
    ? measureByWrk(url, requests, seconds)
    : measureLoad(url, requests, seconds, { connections: CONNECTIONS });
}

/** What the script's last function prints. */
interface Summary {
  requests: number;
  /** Microseconds. */
  duration: number;
  p50: number;
  p99: number;
  max: number;
  /** Statuses of 400 and more. */
  refused: number;
  lost: number;
}

/** Statuses are told apart only as far as wrk counts them: what is below 400 counts as 200. */
async function measureByWrk(
  url: string,
  requests: readonly BenchRequest[],
  seconds: number,
): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), 'wrk-'));
  const script = join(folder, 'load.lua');
  writeFileSync(script, writeScript(requests));
  const address = new URL(requests[0]?.path ?? '/', url).href;
  const args = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, `--timeout=${TIMEOUT_SECONDS}s`, '-s', script];
  try {
    const { stdout } = await promisify(execFile)('wrk', [...args, address]);
    const summary: Summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    const good = summary.requests - summary.refused;
    return {
      requestsPerSecond: summary.requests / (summary.duration / 1e6),
      p50: summary.p50 / 1000,
      p99: summary.p99 / 1000,
      max: summary.max / 1000,
      statuses: {
        ...(good > 0 && { 200: good }),
        ...(summary.refused > 0 && { '400 or more': summary.refused }),
      },
      lost: summary.lost,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One request is written once by wrk itself; several are written before the load begins, and taken in turn. */
function writeScript(requests: readonly BenchRequest[]): string {
  const [first] = requests;
  const load =
    first && requests.length === 1
      ? `wrk.method = ${quote(first.method)}; wrk.headers = ${table(first.headers)}; wrk.body = ${quote(first.body)}`
      : `local all, next = {}, 0
init = function()
  ${requests
    .map(
      ({ method, path, headers, body }, at) =>
        `all[${at}] = wrk.format(${quote(method)}, ${quote(path)}, ${table(headers)}, ${quote(body)})`,
    )
    .join('\n  ')}
end
request = function()
  next = (next + 1) % ${requests.length}
  return all[next]
end`;
  return `${load}
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('{"requests":%d,"duration":%d,"p50":%d,"p99":%d,"max":%d,"refused":%d,"lost":%d}\\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    e.status, e.connect + e.read + e.write + e.timeout))
end
`;
}

function table(values: Readonly<Record<string, string>>): string {
  const entries = Object.entries(values).map(([name, value]) => `[${quote(name)}] = ${quote(value)}`);
  return `{ ${entries.join(', ')} }`;
}

/** A text as Lua reads it, byte for byte. */
function quote(text: string | undefined): string {
  if (text === undefined) return 'nil';
  const bytes = [...Buffer.from(text)].map((byte) =>
    byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c
      ? String.fromCharCode(byte)
      : `\\${String(byte).padStart(3, '0')}`,
  );
  return `"${bytes.join('')}"`;
}
