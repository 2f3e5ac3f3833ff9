// A first load into PostgreSQL beside one of the same folder into a file, in turn.
// node --import tsx scripts/bench/run-load-postgresql.ts [--articles 10000] [--rounds 3] [--server postgresql://postgres@127.0.0.1:5432/postgres]
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { runScript } from './lib/child-server.ts';
import { type LoadResult, loadScript, prepareFolder } from './lib/prepare-content.ts';
import { describeMachine, median, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '7' },
    rounds: { type: 'string', default: '3' },
    server: { type: 'string', default: 'postgresql://postgres@127.0.0.1:5432/postgres' },
  },
});

const folder = prepareFolder({ articles: Number(values.articles), seed: Number(values.seed) });
const home = mkdtempSync(join(tmpdir(), 'gateway-load-postgresql-'));
const client = new pg.Client({ connectionString: values.server });
await client.connect();
const { rows } = await client.query<{ version: string }>(
  `SELECT current_setting('server_version') AS version`,
);
const inFile: number[] = [];
const inServer: number[] = [];
try {
  for (let round = 0; round <= Number(values.rounds); round++) {
    const file = await runScript<LoadResult>([...loadScript, folder, `file:${join(home, `${round}.db`)}`]);
    const name = `gateway_bench_${process.pid}_${round}`;
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    const url = new URL(values.server);
    url.pathname = `/${name}`;
    const server = await runScript<LoadResult>([...loadScript, folder, url.href]).finally(() =>
      client.query(`DROP DATABASE ${name} WITH (FORCE)`),
    );
    // The first finds files that are not in the page cache.
    if (round === 0) continue;
    inFile.push(file.ms);
    inServer.push(server.ms);
  }
} finally {
  await client.end();
  rmSync(home, { recursive: true, force: true });
}
const ratio = median(inServer.map((ms, round) => ms / (inFile[round] ?? Number.NaN)));
console.log(`${describeMachine(cpus(), totalmem())}, PostgreSQL ${rows[0]?.version}.\n`);
console.log(
  renderTable(
    ['first load of the same folder', 'ms', '× a file'],
    [
      ['into a file', showNumber(median(inFile)), '1.00'],
      ['into PostgreSQL', showNumber(median(inServer)), showNumber(ratio)],
    ],
  ),
);
