// Loads a folder into a database, as the seed does, and prints what that took.
// node --import tsx scripts/bench/load-sync.ts FOLDER file:./data/gateway.db [gateway.yaml]
// The database may be one of PostgreSQL, too.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [folder, databaseUrl, modelFile] = process.argv.slice(2);
if (!folder || !databaseUrl) throw new Error('Which folder, and which database (its file: URL)?');

const root = new URL('../../', import.meta.url);
const isBuilt = existsSync(fileURLToPath(new URL('dist/store/watch/sync-thread.js', root)));
const locate = (path: string) =>
  new URL(isBuilt ? `dist/store/${path}.js` : `src/store/${path}.ts`, root).href;
const { openStore }: typeof import('../../src/store/open-store.ts') = await import(locate('open-store'));
const { startSyncThread }: typeof import('../../src/store/watch/sync-thread.ts') = await import(
  locate('watch/sync-thread')
);
const { parseModel }: typeof import('../../src/model/parse-model.ts') = await import(
  new URL(isBuilt ? 'dist/model/parse-model.js' : 'src/model/parse-model.ts', root).href
);
const { defaultReading }: typeof import('../../src/content/reading.ts') = await import(
  new URL(isBuilt ? 'dist/content/reading.js' : 'src/content/reading.ts', root).href
);
const parsed = parseModel(modelFile ? readFileSync(modelFile, 'utf8') : '');
if (!('model' in parsed)) throw new Error(JSON.stringify(parsed.mistakes));
const reading = { ...defaultReading, model: parsed.model };

const started = performance.now();
const thread = startSyncThread();
await openStore(databaseUrl).migrate();
const report = await thread.sync({ folder, databaseUrl, reading });
const ms = performance.now() - started;
if (report.refusal) throw new Error(`The sync was refused: ${JSON.stringify(report.refusal)}`);
const maxRssBytes = process.resourceUsage().maxRSS * 1024;
await thread.close();
const { files, changed, version } = report;
console.log(JSON.stringify({ ms, files, changed, version: version?.number ?? 0, maxRssBytes }));
