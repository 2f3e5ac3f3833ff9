// How soon a saved file is served, among many: 300 ms in the median and one second at worst.
// node --import tsx scripts/bench/run-fresh.ts [--changes 50] [--articles 10000]
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureFreshness } from './lib/fresh.ts';
import { prepareContent } from './lib/prepare-content.ts';
import { describeMachine, median, quantile, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: { changes: { type: 'string', default: '50' }, articles: { type: 'string', default: '10000' } },
});
const articles = Number(values.articles);
const content = await prepareContent({ articles, seed: 7, giantProvider: Math.floor(articles / 2) });
const times = await measureFreshness(content, Number(values.changes));

console.log(`${describeMachine(cpus(), totalmem())}; ${articles.toLocaleString('en')} files.\n`);
const worst = Math.max(...times);
const cells = [
  String(times.length),
  showNumber(median(times)),
  showNumber(quantile(times, 0.95)),
  showNumber(worst),
];
console.log(renderTable(['changes', 'median ms', 'p95 ms', 'worst ms'], [cells]));
const failed = !(median(times) <= 300 && worst <= 1000);
console.log(failed ? '\nFAILED' : '\nPASSED');
process.exitCode = failed ? 1 : 0;
