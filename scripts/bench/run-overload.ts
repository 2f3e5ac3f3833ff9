// Three times the measured peak: only 200 and 503, and as before within five seconds.
// node --import tsx scripts/bench/run-overload.ts [--seconds 30] [--articles 10000]
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { overload } from './lib/overload.ts';
import { prepareContent } from './lib/prepare-content.ts';
import { describeMachine, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '30' },
    articles: { type: 'string', default: '10000' },
    open: { type: 'string', default: '2000' },
    'peak-seconds': { type: 'string', default: '10' },
  },
});
const articles = Number(values.articles);
const content = await prepareContent({ articles, seed: 7, giantProvider: Math.floor(articles / 2) });
const result = await overload(content, {
  seconds: Number(values.seconds),
  peakSeconds: Number(values['peak-seconds']),
  maxOpen: Number(values.open),
});

const { 200: good = 0, 503: refused = 0, ...others } = result.overload.statuses;
console.log(`${describeMachine(cpus(), totalmem())}.\n`);
console.log(
  renderTable(
    ['what', 'value'],
    [
      ['measured peak, requests/s', showNumber(result.peak)],
      ['offered, requests/s', showNumber(result.peak * 3)],
      ['sent / held back with too many open', `${result.overload.sent} / ${result.overload.unsent}`],
      ['answered, requests/s', showNumber(result.overload.requestsPerSecond)],
      ['of these with 200, requests/s', showNumber(result.goodput)],
      ['status 200 / 503', `${good} / ${refused}`],
      ['other statuses', JSON.stringify(others)],
      ['no answer', JSON.stringify(result.overload.failures)],
      [
        'p50 / p99 / worst, ms',
        [result.overload.p50, result.overload.p99, result.overload.max].map(showNumber).join(' / '),
      ],
      [
        '/health meanwhile: p50 / p99 / worst, ms',
        [result.health.p50, result.health.p99, result.health.max].map(showNumber).join(' / '),
      ],
      ['single request before, ms', showNumber(result.quietMs)],
      ['as before after, ms', showNumber(result.recoveredMs)],
    ],
  ),
);
const failed =
  Object.keys(others).length > 0 ||
  result.overload.lost > 0 ||
  // A server that refuses nobody at three times its peak lets everybody wait instead.
  refused === 0 ||
  !(result.recoveredMs <= 5000);
console.log(failed ? '\nFAILED' : '\nPASSED');
process.exitCode = failed ? 1 : 0;
