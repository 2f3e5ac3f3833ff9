// Loading, side by side: a bare loop that reads each file and runs gray-matter, a cold sync into a new database, and a
// sync of unchanged files. Each in a process of its own, in turn.
// node --import tsx scripts/bench/run-load.ts [--articles 10000] [--rounds 5]
import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from './lib/child-server.ts';
import { type LoadResult, loadScript, prepareFolder } from './lib/prepare-content.ts';
import { describeMachine, median, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '7' },
    rounds: { type: 'string', default: '5' },
  },
});
const kinds = ['bare loop', 'cold sync', 'unchanged sync'] as const;
type Kind = (typeof kinds)[number];

console.log(`${describeMachine(cpus(), totalmem())}.\n`);
const medians: Array<{ articles: number; coldMs: number }> = [];
for (const articles of values.articles.split(',').map(Number)) {
  const results = await loadInTurn(
    prepareFolder({ articles, seed: Number(values.seed) }),
    Number(values.rounds),
  );
  const ms = (kind: Kind) => median(results[kind].map((result) => result.ms));
  const rows = kinds.map((kind) => [
    kind,
    showNumber(ms(kind)),
    showNumber(ms(kind) / ms('bare loop')),
    showNumber(articles / (ms(kind) / 1000)),
    showNumber(Math.max(...results[kind].map((result) => result.maxRssBytes)) / 2 ** 20),
  ]);
  console.log(`## ${articles.toLocaleString('en')} files\n`);
  console.log(`${renderTable(['what', 'ms', '× bare loop', 'files/s', 'peak MiB'], rows)}\n`);
  medians.push({ articles, coldMs: ms('cold sync') });
}
const [small, large] = [medians[0], medians.at(-1)];
if (small && large && large !== small) {
  const growth = `${large.articles / small.articles} times the files take ${showNumber(large.coldMs / small.coldMs)} times as long cold.`;
  console.log(growth);
}

async function loadInTurn(folder: string, rounds: number): Promise<Record<Kind, LoadResult[]>> {
  const results: Record<Kind, LoadResult[]> = { 'bare loop': [], 'cold sync': [], 'unchanged sync': [] };
  // Once unmeasured, so that all rounds find the files in the page cache.
  await runScript(['--import', 'tsx', 'scripts/bench/load-bare.ts', folder]);
  for (let round = 0; round < rounds; round++) {
    const home = mkdtempSync(join(tmpdir(), 'gateway-load-'));
    try {
      const sync = [...loadScript, folder, `file:${join(home, 'gateway.db')}`];
      results['bare loop'].push(await runScript(['--import', 'tsx', 'scripts/bench/load-bare.ts', folder]));
      results['cold sync'].push(await runScript(sync));
      const before = await digestFile(join(home, 'gateway.db'));
      const again = await runScript<LoadResult>(sync);
      if (again.changed || before !== (await digestFile(join(home, 'gateway.db')))) {
        throw new Error('A sync of unchanged files wrote to the database.');
      }
      results['unchanged sync'].push(again);
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }
  return results;
}

/** In pieces: on Linux a child's peak memory begins at what its parent holds. */
async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}
