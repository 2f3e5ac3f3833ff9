import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { projectRoot, startServer } from './child-server.ts';
import { drawSlugs } from './draw-slugs.ts';
import { type BenchRequest, createClient, getOperation, postOperation } from './measure.ts';
import { articlePage, demoPage, nestedPage } from './operations.ts';
import type { PreparedContent } from './prepare-content.ts';
import { gatewayServer } from './servers.ts';
import { median, renderTable, showNumber } from './statistics.ts';

const REQUESTS = 10_000;
const CONNECTIONS = 16;
/** How long a process is left alone before its memory is read once more, in milliseconds. */
const QUIET_MS = 5_000;

/** What one process took. */
interface Footprint {
  /** Milliseconds from the start of the process to its first answer. */
  firstAnswer: number;
  /** Resident memory, in bytes: before any load, after all requests, and after some quiet. */
  idle: number;
  loaded: number;
  quiet: number;
}

/** Memory and time to the first answer of gateways in production, as a table; medians over the rounds. */
export async function measureProcesses(content: PreparedContent, rounds: number): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  const file = join(home, 'samples.db');
  const samples = { databaseUrl: `file:${file}`, databaseFile: file, folder: join(projectRoot, 'content') };
  try {
    const first = await measureOne(samples, { WATCH: 'on' });
    const rows: [string, Footprint[]][] = [
      ['samples, no index yet', [first]],
      ['samples, watching', await repeat(rounds, () => measureOne(samples, { WATCH: 'on' }))],
      [
        'samples, watching, no cache',
        await repeat(rounds, () => measureOne(samples, { WATCH: 'on', CACHE: 'off' })),
      ],
      ['these articles, watching', await repeat(rounds, () => measureOne(content, { WATCH: 'on' }))],
    ];
    return renderTable(
      ['what', 'first answer, ms', 'idle, MiB', `after ${REQUESTS} requests, MiB`, 'after 5 s of quiet, MiB'],
      rows.map(([name, all]) => [
        name,
        showNumber(median(all.map(({ firstAnswer }) => firstAnswer))),
        ...(['idle', 'loaded', 'quiet'] as const).map((when) =>
          showNumber(median(all.map((footprint) => footprint[when])) / 2 ** 20),
        ),
      ]),
    );
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function repeat<T>(times: number, measure: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  for (let time = 0; time < times; time++) all.push(await measure());
  return all;
}

async function measureOne(content: PreparedContent, env: Record<string, string>): Promise<Footprint> {
  const started = performance.now();
  const server = await startServer(gatewayServer(content.databaseUrl, content.folder, env));
  try {
    await ask(server.url, [postOperation(nestedPage)], 1);
    const firstAnswer = performance.now() - started;
    await setTimeout(QUIET_MS);
    const idle = residentBytes(server.pid);
    const slugs = drawSlugs(content.databaseFile, 50);
    const requests = [nestedPage, demoPage, ...slugs.map(articlePage)].flatMap((operation) => [
      postOperation(operation),
      getOperation(operation),
    ]);
    await Promise.all(
      Array.from({ length: CONNECTIONS }, () => ask(server.url, requests, REQUESTS / CONNECTIONS)),
    );
    const loaded = residentBytes(server.pid);
    await setTimeout(QUIET_MS);
    return { firstAnswer, idle, loaded, quiet: residentBytes(server.pid) };
  } finally {
    await server.stop();
  }
}

/** Asks so many times, over one connection. @throws when an answer is not 200 */
async function ask(url: string, requests: readonly BenchRequest[], times: number): Promise<void> {
  const client = createClient(url);
  try {
    for (let time = 0; time < times; time++) {
      const request = requests[time % requests.length];
      const { status, body } = request ? await client.ask(request) : { status: 0, body: '' };
      if (status !== 200) throw new Error(`The gateway answered ${status}: ${body.slice(0, 200)}`);
    }
  } finally {
    client.close();
  }
}

function residentBytes(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
}
