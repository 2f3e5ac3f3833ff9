// Edits articles and loads them, again and again, and says the version after each commit: for the soak.
// node --import tsx scripts/bench/commit-often.ts FOLDER file:./data/gateway.db COMMITS SECONDS
import { setTimeout } from 'node:timers/promises';
import { startSyncThread } from '../../src/store/watch/sync-thread.ts';
import { editArticle, listEditable } from './lib/private-copy.ts';

const [folder, databaseUrl, commits, seconds] = process.argv.slice(2);
if (!folder || !databaseUrl) throw new Error('Which folder, and which database (its file: URL)?');

const ARTICLES_A_COMMIT = 10;
const articles = listEditable(folder, 200);
const pause = (Number(seconds) * 1000) / (Number(commits) + 1);
const thread = startSyncThread();
const started = performance.now();
for (let commit = 1; commit <= Number(commits); commit++) {
  await setTimeout(Math.max(0, started + commit * pause - performance.now()));
  const first = (commit * ARTICLES_A_COMMIT) % (articles.length - ARTICLES_A_COMMIT);
  for (const article of articles.slice(first, first + ARTICLES_A_COMMIT)) {
    editArticle(article, `Commit ${commit} of ${article.slug}`);
  }
  const { version } = await thread.sync({ folder, databaseUrl });
  console.log(version?.number ?? 0);
}
await thread.close();
