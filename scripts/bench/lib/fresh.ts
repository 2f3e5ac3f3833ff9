import { setTimeout } from 'node:timers/promises';
import { createClient, getOperation } from './measure.ts';
import type { PreparedContent } from './prepare-content.ts';
import { copyContent, type EditableArticle, editArticle, listEditable } from './private-copy.ts';
import { withServer } from './rounds.ts';
import { gatewayServer } from './servers.ts';

const patienceMs = 10_000;

/** Saves one file after another under a watching gateway. Returns the milliseconds from each save until a client sees it. */
export async function measureFreshness(content: PreparedContent, changes: number): Promise<number[]> {
  const copy = copyContent(content);
  try {
    return await withServer(gatewayServer(copy.databaseUrl, copy.folder, { WATCH: 'on' }), async (url) => {
      const articles = listEditable(copy.folder, changes);
      const times: number[] = [];
      // The watcher may still be looking at the folder for the first time.
      const [first] = articles;
      if (first) await seeChange(url, first, 'Warm', 60_000);
      for (const [i, article] of articles.entries()) {
        times.push(await seeChange(url, article, `Change ${i}`, patienceMs));
        // Not in step with anything that the gateway does at intervals.
        await setTimeout(200 + ((i * 37) % 100) * 5);
      }
      return times;
    });
  } finally {
    copy.remove();
  }
}

async function seeChange(
  url: string,
  article: EditableArticle,
  title: string,
  patience: number,
): Promise<number> {
  const client = createClient(url);
  const request = getOperation({
    query: 'query Title($slug: String!) { article(slug: $slug) { title } }',
    variables: { slug: article.slug },
  });
  try {
    await client.ask(request);
    editArticle(article, title);
    const saved = performance.now();
    while (performance.now() - saved < patience) {
      const { body } = await client.ask(request);
      if (body.includes(JSON.stringify(title))) return performance.now() - saved;
      await setTimeout(2);
    }
    throw new Error(`${article.path} was saved ${patience} ms ago and is still served as it was.`);
  } finally {
    client.close();
  }
}
