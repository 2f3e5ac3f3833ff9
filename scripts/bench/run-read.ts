// Reading, side by side on the same content: (a) the gateway, (b) the same schema on plugin-prisma, (c) a server written
// by hand; then the gateway's cache against a static server, pages that must not cost more at greater size, and what a process takes.
// node --import tsx scripts/bench/run-read.ts [--articles 10000,100000] [--seconds 5] [--rounds 5]
import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { comparePages } from './lib/compare-pages.ts';
import { drawSlugs } from './lib/draw-slugs.ts';
import { createClient, get, getOperation, postOperation } from './lib/measure.ts';
import { measureProcesses } from './lib/measure-process.ts';
import { clientName } from './lib/measure-rate.ts';
import { articlePage, demoPage, nestedPage } from './lib/operations.ts';
import { type PreparedContent, prepareContent } from './lib/prepare-content.ts';
import { checkEqual, runRounds, type Scenario, showRounds, withServer } from './lib/rounds.ts';
import {
  gatewayServer,
  handwrittenServer,
  isBuilt,
  pluginPrismaServer,
  staticServer,
} from './lib/servers.ts';
import { describeMachine } from './lib/statistics.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '10000,100000' },
    seed: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '5' },
    warm: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    pairs: { type: 'string', default: '300' },
    servers: { type: 'string', default: 'gateway,plugin-prisma,handwritten' },
    parts: { type: 'string', default: 'servers,cache,pages,process' },
  },
});
const timing = { seconds: Number(values.seconds), warm: Number(values.warm), rounds: Number(values.rounds) };

console.log(
  `${describeMachine(cpus(), totalmem())}; gateway ${isBuilt ? 'from dist/' : 'from source'}; load by ${clientName}.\n`,
);
for (const articles of values.articles.split(',').map(Number)) {
  const giantProvider = Math.floor(articles / 2);
  const content = await prepareContent({ articles, seed: Number(values.seed), giantProvider });
  console.log(`## ${articles.toLocaleString('en')} articles\n`);
  for (const part of values.parts.split(',')) {
    if (part === 'servers') console.log(`${await compareServers(content)}\n`);
    if (part === 'cache') console.log(`${await compareCache(content)}\n`);
    if (part === 'process') console.log(`${await measureProcesses(content, timing.rounds)}\n`);
    if (part === 'pages') console.log(`${await comparePages(content, Number(values.pairs))}\n`);
  }
}

async function compareServers(content: PreparedContent): Promise<string> {
  const wanted = new Set(values.servers.split(','));
  const servers = [
    gatewayServer(content.databaseUrl, content.folder, { CACHE: 'off' }),
    pluginPrismaServer(content.databaseUrl),
    handwrittenServer(content.databaseUrl),
  ].filter(({ name }) => wanted.has(name));
  const slugs = drawSlugs(content.databaseFile, 50);
  const graphql = (requests: ReturnType<typeof postOperation>[]) => ({
    gateway: requests,
    'plugin-prisma': requests,
  });
  const scenarios: Scenario[] = [
    {
      name: 'nested page of 20',
      requests: { ...graphql([postOperation(nestedPage)]), handwritten: [get('/nested-page')] },
    },
    {
      name: 'article by slug, everything',
      requests: {
        ...graphql(slugs.map((slug) => postOperation(articlePage(slug)))),
        handwritten: slugs.map((slug) => get(`/article?slug=${encodeURIComponent(slug)}`)),
      },
    },
    {
      name: 'demo query, 4 levels',
      requests: graphql([postOperation(demoPage)]),
      mayNotAnswer: ['plugin-prisma'],
    },
  ];
  const compared = await checkEqual(servers, scenarios);
  const table = showRounds(await runRounds(servers, scenarios, timing), ['plugin-prisma', 'handwritten']);
  return `${compared} answers compared, all equal.\n\n${table}`;
}

async function compareCache(content: PreparedContent): Promise<string> {
  const gateway = gatewayServer(content.databaseUrl, content.folder, { CACHE: 'on' });
  const { etag, body } = await withServer(gateway, async (url) => {
    const client = createClient(url);
    const answer = await client.ask(getOperation(nestedPage));
    client.close();
    return { etag: String(answer.headers.etag), body: answer.body };
  });
  const file = join(content.folder, '../static-answer.json');
  writeFileSync(file, body);
  const both = (request: ReturnType<typeof postOperation>) => ({ gateway: [request], static: [request] });
  const unchanged = getOperation(nestedPage, { 'if-none-match': etag });
  const scenarios: Scenario[] = [
    { name: 'repeated nested page, POST', requests: both(postOperation(nestedPage)) },
    { name: 'repeated nested page, GET', requests: both(getOperation(nestedPage)) },
    { name: 'If-None-Match → 304', requests: both(unchanged), statuses: ['200', '304'] },
  ];
  return showRounds(await runRounds([gateway, staticServer(file)], scenarios, timing), ['static']);
}
