// What readers feel while thousands of files are loaded: the 99th percentile of the event loop's delay under 50 ms.
// node --import tsx scripts/bench/run-load-delay.ts [--articles 10000] [--rate 100]
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { measureLoadDelay, type Reading } from './lib/load-delay.ts';
import { prepareContent } from './lib/prepare-content.ts';
import { describeMachine, median, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: { articles: { type: 'string', default: '10000' }, rate: { type: 'string', default: '100' } },
});
const content = await prepareContent({ articles: Number(values.articles), seed: 7 });
const { quiet, loading, files } = await measureLoadDelay(content, Number(values.rate));

const cells = (name: string, { delay, slices }: Reading) => [
  name,
  showNumber(slices.length),
  showNumber(delay.p50),
  showNumber(delay.p99),
  showNumber(delay.max),
  showNumber(median(slices.map(({ p50 }) => p50))),
  showNumber(median(slices.map(({ p99 }) => p99))),
  String(countFailed(slices)),
];
const head = [
  'while',
  'seconds',
  'loop p50 ms',
  'loop p99 ms',
  'loop max ms',
  'answer p50 ms',
  'answer p99 ms',
  'failed',
];
console.log(`${describeMachine(cpus(), totalmem())}; ${values.rate} requests/s.\n`);
console.log(
  renderTable(head, [cells('quiet', quiet), cells(`${files.toLocaleString('en')} files load`, loading)]),
);
const failed = !(loading.delay.p99 < 50) || countFailed([...quiet.slices, ...loading.slices]) > 0;
console.log(failed ? '\nFAILED' : '\nPASSED');
process.exitCode = failed ? 1 : 0;

/** Requests without an answer of 200. */
function countFailed(slices: Reading['slices']): number {
  return slices.reduce((sum, { sent, unsent, statuses }) => sum + sent + unsent - (statuses['200'] ?? 0), 0);
}
