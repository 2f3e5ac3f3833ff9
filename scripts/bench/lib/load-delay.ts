import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { drawSlugs } from './draw-slugs.ts';
import { type BenchRequest, createClient, getOperation } from './measure.ts';
import { mixRequests } from './mixed-requests.ts';
import { type OfferedLoad, offerLoad } from './offer-load.ts';
import type { PreparedContent } from './prepare-content.ts';
import { copyContent, type EditableArticle, editArticle, listEditable } from './private-copy.ts';
import { withServer } from './rounds.ts';
import { gatewayServer } from './servers.ts';

/** Milliseconds between two turns of the event loop, of which the probe itself takes one. */
export interface LoopDelay {
  p50: number;
  p99: number;
  max: number;
}

/** What readers met for some time. */
export interface Reading {
  delay: LoopDelay;
  /** A second each. */
  slices: OfferedLoad[];
}

export interface LoadDelay {
  quiet: Reading;
  loading: Reading;
  /** Files that were saved at once. */
  files: number;
}

/** Changes every article that can be under a watching gateway, and reads from it at a steady rate until all are served. */
export async function measureLoadDelay(content: PreparedContent, rate: number): Promise<LoadDelay> {
  const copy = copyContent(content);
  const delayFile = join(copy.folder, '../delay.json');
  const server = gatewayServer(copy.databaseUrl, copy.folder, { WATCH: 'on', DELAY_FILE: delayFile });
  const probe = ['--import', 'tsx', '--import', './scripts/bench/delay-probe.ts'];
  try {
    return await withServer({ ...server, args: [...probe, ...server.args] }, async (url, pid) => {
      const requests = mixRequests(drawSlugs(copy.databaseFile, 120));
      const articles = listEditable(copy.folder, Number.MAX_SAFE_INTEGER);
      const reader = createReader(url, requests, rate, () => askProbe(pid, delayFile));
      // The watcher may still be looking at the folder for the first time, and code is not warm yet.
      await reader.readUntil(changeAll(url, articles.slice(0, 1), 'Warm'));
      const quiet = await reader.readUntil(setTimeout(5_000));
      const loading = await reader.readUntil(changeAll(url, articles, 'Changed'));
      return { quiet, loading, files: articles.length };
    });
  } finally {
    copy.remove();
  }
}

function createReader(
  url: string,
  requests: readonly BenchRequest[],
  rate: number,
  takeDelay: () => Promise<LoopDelay>,
) {
  return {
    async readUntil(event: Promise<unknown>): Promise<Reading> {
      let isOver = false;
      const over = event.finally(() => {
        isOver = true;
      });
      await takeDelay();
      const slices: OfferedLoad[] = [];
      while (!isOver) {
        slices.push(await offerLoad(url, requests, { rate, seconds: 1, maxOpen: 500, timeoutMs: 10_000 }));
      }
      await over;
      return { delay: await takeDelay(), slices };
    },
  };
}

/** Resolves when a client sees the change of each. */
async function changeAll(url: string, articles: readonly EditableArticle[], title: string): Promise<void> {
  for (const [index, article] of articles.entries()) {
    editArticle(article, title);
    // As a checkout does it: at full speed, but not in one turn of this event loop.
    if (index % 50 === 49) await setTimeout(1);
  }
  const client = createClient(url);
  const deadline = performance.now() + 120_000;
  try {
    for (const { slug, path } of articles) {
      const query = 'query Title($slug: String!) { article(slug: $slug) { title } }';
      const request = getOperation({ query, variables: { slug } });
      while (!(await client.ask(request)).body.includes(JSON.stringify(title))) {
        if (performance.now() > deadline) throw new Error(`${path} was saved and is still served as it was.`);
        await setTimeout(50);
      }
    }
  } finally {
    client.close();
  }
}

async function askProbe(pid: number, file: string): Promise<LoopDelay> {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(file)) await setTimeout(2);
  return JSON.parse(readFileSync(file, 'utf8'));
}
