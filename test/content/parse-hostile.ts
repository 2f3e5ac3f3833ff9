// Parses each of the hostile blocks and prints what became of it as lines of JSON, in a process with a small heap.
import { parseArticle } from '../../src/content/parse-article.ts';
import { hostileBlocks } from './hostile-front-matter.ts';

for (const [name, { block, fence = '---' }] of Object.entries(hostileBlocks)) {
  const startedAt = process.cpuUsage();
  const { problems } = parseArticle('a.md', `${fence}\n${block}\n${fence}\nText.\n`);
  const { user, system } = process.cpuUsage(startedAt);
  const seconds = (user + system) / 1e6;
  process.stdout.write(
    `${JSON.stringify({ name, code: problems[0]?.code ?? null, problems: problems.length, seconds })}\n`,
  );
}
