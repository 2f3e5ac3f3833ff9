// Loads a folder into a database, as the seed does, and prints what that took.
// node --import tsx scripts/bench/load-sync.ts FOLDER file:./data/gateway.db
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const [folder, databaseUrl] = process.argv.slice(2);
if (!folder || !databaseUrl) throw new Error('Which folder, and which database (its file: URL)?');

const root = new URL('../../', import.meta.url);
const isBuilt = existsSync(fileURLToPath(new URL('dist/store/watch/sync-thread.js', root)));
const locate = (path: string) =>
  new URL(isBuilt ? `dist/store/${path}.js` : `src/store/${path}.ts`, root).href;
const { migrate }: typeof import('../../src/store/sqlite/file/migrate.ts') = await import(
  locate('sqlite/file/migrate')
);
const { startSyncThread }: typeof import('../../src/store/watch/sync-thread.ts') = await import(
  locate('watch/sync-thread')
);

const started = performance.now();
const thread = startSyncThread();
await migrate(databaseUrl);
const report = await thread.sync({ folder, databaseUrl });
const ms = performance.now() - started;
if (report.refusal) throw new Error(`The sync was refused: ${JSON.stringify(report.refusal)}`);
const maxRssBytes = process.resourceUsage().maxRSS * 1024;
await thread.close();
const { files, changed, version } = report;
console.log(JSON.stringify({ ms, files, changed, version: version?.number ?? 0, maxRssBytes }));
