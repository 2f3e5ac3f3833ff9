// Long load at half the measured peak, with syncs meanwhile: no error, no stale answer, flat memory.
// node --import tsx scripts/bench/run-soak.ts [--minutes 10] [--syncs 10] [--articles 10000]
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { prepareContent } from './lib/prepare-content.ts';
import { soak } from './lib/soak.ts';
import { describeMachine, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    syncs: { type: 'string', default: '10' },
    articles: { type: 'string', default: '10000' },
    'peak-seconds': { type: 'string', default: '10' },
  },
});
const articles = Number(values.articles);
const content = await prepareContent({ articles, seed: 7, giantProvider: Math.floor(articles / 2) });
const { peak, load, versions, memory, syncs, acknowledged } = await soak(content, {
  seconds: Number(values.minutes) * 60,
  syncs: Number(values.syncs),
  peakSeconds: Number(values['peak-seconds']),
});

const { 200: good = 0, ...others } = load.statuses;
const errors = load.lost + Object.values(others).reduce((sum, count) => sum + count, 0);
const growth = memory.lastQuarter / memory.thirdQuarter;
console.log(`${describeMachine(cpus(), totalmem())}.\n`);
console.log(
  renderTable(
    ['what', 'value'],
    [
      ['measured peak, requests/s', showNumber(peak)],
      ['offered, requests/s', showNumber(peak / 2)],
      ['answered, requests/s', showNumber(load.requestsPerSecond)],
      ['answers with status 200', String(good)],
      ['errors (other statuses, no answer)', String(errors)],
      [
        'syncs / last version acknowledged / last version seen',
        `${syncs} / ${acknowledged} / ${versions.seen}`,
      ],
      ['stale answers', String(versions.stale)],
      ['answers without a version', String(versions.unversioned)],
      ['p50 / p99 / worst, ms', `${load.p50} / ${load.p99} / ${load.max}`],
      [
        'memory, third / last quarter, MiB',
        `${showNumber(memory.thirdQuarter / 2 ** 20)} / ${showNumber(memory.lastQuarter / 2 ** 20)}`,
      ],
      ['memory, peak, MiB', showNumber(memory.peak / 2 ** 20)],
    ],
  ),
);
const failed = errors > 0 || versions.stale > 0 || versions.unversioned > 0 || growth > 1.05;
console.log(failed ? '\nFAILED' : '\nPASSED');
process.exitCode = failed ? 1 : 0;
