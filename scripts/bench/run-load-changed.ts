// A sync of articles that all have changed beside a first load of the same ones, in turn.
// node --import tsx scripts/bench/run-load-changed.ts [--articles 8000] [--rounds 3]
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from './lib/child-server.ts';
import { type LoadResult, loadScript, prepareFolder } from './lib/prepare-content.ts';
import { describeMachine, median, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '8000' },
    seed: { type: 'string', default: '7' },
    rounds: { type: 'string', default: '3' },
  },
});

const made = prepareFolder({ articles: Number(values.articles), seed: Number(values.seed) });
const home = mkdtempSync(join(tmpdir(), 'gateway-load-changed-'));
const first: number[] = [];
const changed: number[] = [];
try {
  const folder = join(home, 'content');
  cpSync(made, folder, { recursive: true });
  for (let round = 0; round <= Number(values.rounds); round++) {
    const load = [...loadScript, folder, `file:${join(home, `${round}.db`)}`];
    const before = await runScript<LoadResult>(load);
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
      if (/\.(?:md|txt)$/u.test(name)) appendFileSync(join(folder, name), `\nChanged for round ${round}.\n`);
    const after = await runScript<LoadResult>(load);
    if (after.version !== before.version + 1) throw new Error('The changed files made no version.');
    // The first finds files that are not in the page cache.
    if (round === 0) continue;
    first.push(before.ms);
    changed.push(after.ms);
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
const ratio = median(changed.map((ms, round) => ms / (first[round] ?? Number.NaN)));
console.log(`${describeMachine(cpus(), totalmem())}.\n`);
console.log(
  renderTable(
    ['what', 'ms', '× first load'],
    [
      ['first load', showNumber(median(first)), '1.00'],
      ['all files changed', showNumber(median(changed)), showNumber(ratio)],
    ],
  ),
);
