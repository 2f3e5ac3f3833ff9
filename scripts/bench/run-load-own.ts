// Cold syncs in turn: articles with 12 keys of their owner's, of all kinds, beside the same articles without them.
// node --import tsx scripts/bench/run-load-own.ts [--articles 10000] [--rounds 5]
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

const model = `fields:
  authors: { kind: terms, of: Author }
  series: { kind: term, of: Series }
  subtitle: text
  weight: { kind: int, order: true }
  rating: float
  eventDate: { kind: date, order: true }
  featured: { kind: boolean, default: false }
  level: { kind: enum, values: [beginner, expert], index: true }
  video: url
  guide: article
  speakers: { kind: list, fields: { name: text, role: text } }
  place: { kind: object, fields: { name: text, lat: float, lon: float } }
`;

/** The twelve keys of the n-th article. */
function keysOf(n: number, guide: string): string {
  return `authors: [Author ${n % 400}, Author ${(n * 7) % 400}]
series: Series ${n % 60}
subtitle: A second title, the ${n}th
weight: ${(n * 31) % 1000}
rating: ${(n % 50) / 10}
eventDate: 2026-0${1 + (n % 9)}-1${n % 10}
featured: ${n % 5 === 0}
level: ${n % 2 ? 'beginner' : 'expert'}
video: https://video.example/${n}
guide: ${JSON.stringify(guide)}
speakers: [{ name: Speaker ${n % 90}, role: host }, { name: Speaker ${n % 70}, role: guest }]
place: { name: Pier ${n % 30}, lat: ${n % 90}.5, lon: ${n % 180}.25 }
`;
}

const plain = prepareFolder({ articles: Number(values.articles), seed: Number(values.seed) });
const home = mkdtempSync(join(tmpdir(), 'gateway-load-own-'));
try {
  const folder = join(home, 'content');
  const modelFile = join(home, 'gateway.yaml');
  writeFileSync(modelFile, model);
  cpSync(plain, folder, { recursive: true });
  let count = 0;
  let last = '';
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!/\.(?:md|txt)$/u.test(name)) continue;
    const text = readFileSync(join(folder, name), 'utf8');
    if (!text.startsWith('---\n')) continue;
    writeFileSync(join(folder, name), `---\n${keysOf(count++, last)}${text.slice(4)}`);
    last = name.replace(/\.\w+$/u, '');
  }
  const kinds = { 'without keys': [plain], 'twelve keys': [folder, modelFile] };
  const results = { 'without keys': [] as LoadResult[], 'twelve keys': [] as LoadResult[] };
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const kind of ['without keys', 'twelve keys'] as const) {
      const [content = '', ...its] = kinds[kind];
      const url = `file:${join(home, `${kind}-${round}.db`)}`;
      const result = await runScript<LoadResult>([...loadScript, content, url, ...its]);
      // The first finds files that are not in the page cache.
      if (round > 0) results[kind].push(result);
    }
  }
  const ms = (kind: keyof typeof results) => median(results[kind].map((result) => result.ms));
  const rows = (['without keys', 'twelve keys'] as const).map((kind) => [
    kind,
    showNumber(ms(kind)),
    showNumber(ms(kind) / ms('without keys')),
    showNumber(Math.max(...results[kind].map((result) => result.maxRssBytes)) / 2 ** 20),
  ]);
  console.log(`${describeMachine(cpus(), totalmem())}. ${count} articles with keys.\n`);
  console.log(renderTable(['what', 'ms', '× without', 'peak MiB'], rows));
} finally {
  rmSync(home, { recursive: true, force: true });
}
