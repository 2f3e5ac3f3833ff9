// 500 sockets that send a byte a second, or never read, beside ordinary load: p99 at most twice the quiet one.
// node --import tsx scripts/bench/run-slow-sockets.ts [--sockets 500] [--seconds 20] [--rounds 3]
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Measurement } from './lib/measure.ts';
import { prepareContent } from './lib/prepare-content.ts';
import { loadWithSlowSockets } from './lib/slow-sockets.ts';
import { describeMachine, median, renderTable, showNumber } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    sockets: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    articles: { type: 'string', default: '10000' },
  },
});
const articles = Number(values.articles);
const content = await prepareContent({ articles, seed: 7, giantProvider: Math.floor(articles / 2) });
const { quiet, slow, opened, closed } = await loadWithSlowSockets(content, {
  sockets: Number(values.sockets),
  seconds: Number(values.seconds),
  rounds: Number(values.rounds),
});

const p99 = (rounds: readonly Measurement[]) => median(rounds.map((round) => round.p99));
const row = (name: string, rounds: readonly Measurement[]) => [
  name,
  showNumber(median(rounds.map((round) => round.requestsPerSecond))),
  showNumber(median(rounds.map((round) => round.p50))),
  showNumber(p99(rounds)),
  String(rounds.reduce((sum, round) => sum + round.lost, 0)),
  showNumber(p99(rounds) / p99(quiet)),
];
console.log(`${describeMachine(cpus(), totalmem())}.\n`);
const head = ['what', 'requests/s', 'p50 ms', 'p99 ms', 'no answer', 'p99 × quiet'];
console.log(renderTable(head, [row('quiet', quiet), row(`with ${values.sockets} slow sockets`, slow)]));
console.log(`\n${opened} slow sockets opened, ${closed} of them hung up on by the server.`);
const failed = p99(slow) > p99(quiet) * 2 || slow.some((round) => round.lost > 0);
console.log(failed ? '\nFAILED' : '\nPASSED');
process.exitCode = failed ? 1 : 0;
