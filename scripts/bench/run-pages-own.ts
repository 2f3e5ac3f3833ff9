// A page filtered by one key of the owner's and ordered by another, beside the same page on built-in keys: the keys of the owner's
// are read from the same values, so that both answers are equal. Ends in PASSED or FAILED.
// node --import tsx scripts/bench/run-pages-own.ts [--articles 10000] [--seconds 3] [--rounds 5]
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runScript } from './lib/child-server.ts';
import { postOperation } from './lib/measure.ts';
import { clientName } from './lib/measure-rate.ts';
import { loadScript, prepareFolder } from './lib/prepare-content.ts';
import { checkEqual, runRounds, type Scenario, showRounds } from './lib/rounds.ts';
import { gatewayServer, isBuilt } from './lib/servers.ts';
import { describeMachine, median } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '3' },
    warm: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
  },
});
/** How many times longer the page may take. */
const MAX_TIMES = 1.3;

const model = `fields:
  desk: { kind: text, from: category, index: true }
  rank: { kind: int, from: quality, order: true }
`;
const page = (filter: string, order: string) =>
  postOperation({
    query: `{ articles(first: 20, filter: {${filter}: {eq: "culture"}}, orderBy: [{field: ${order}, direction: DESC}]) {
    edges { node { id slug title publishedAt provider { name } topics { name } } } pageInfo { hasNextPage } } }`,
  });
const scenario: Scenario = {
  name: 'filtered and ordered page of 20',
  requests: { 'own keys': [page('desk', 'RANK')], 'built-in keys': [page('category', 'QUALITY')] },
};

const folder = prepareFolder({ articles: Number(values.articles), seed: Number(values.seed) });
const home = mkdtempSync(join(tmpdir(), 'gateway-pages-own-'));
try {
  const modelFile = join(home, 'gateway.yaml');
  const url = `file:${join(home, 'gateway.db')}`;
  writeFileSync(modelFile, model);
  await runScript([...loadScript, folder, url, modelFile]);
  const servers = ['built-in keys', 'own keys'].map((name) => ({
    ...gatewayServer(url, folder, { CACHE: 'off', MODEL: modelFile }),
    name,
  }));
  await checkEqual(servers, [scenario]);
  const timing = {
    seconds: Number(values.seconds),
    warm: Number(values.warm),
    rounds: Number(values.rounds),
  };
  const results = await runRounds(servers, [scenario], timing);
  const rates = (server: string) =>
    results
      .find((result) => result.server === server)
      ?.measurements.map(({ requestsPerSecond }) => requestsPerSecond) ?? [];
  const own = rates('own keys');
  const times = median(rates('built-in keys').map((rate, round) => rate / (own[round] ?? Number.NaN)));
  console.log(
    `${describeMachine(cpus(), totalmem())}; gateway ${isBuilt ? 'from dist/' : 'from source'}; load by ${clientName}.\n`,
  );
  console.log(showRounds(results, ['built-in keys']));
  console.log(
    `\nThe page takes ${times.toFixed(2)} times as long by own keys; at most ${MAX_TIMES}. ${times <= MAX_TIMES ? 'PASSED' : 'FAILED'}`,
  );
  process.exitCode = times <= MAX_TIMES ? 0 : 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
