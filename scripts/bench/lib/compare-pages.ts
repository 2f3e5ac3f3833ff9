import { giantDomain, smallDomain } from '../corpus/article-head.ts';
import { type BenchRequest, createClient, get, postOperation } from './measure.ts';
import { filteredCount, lastPageCursor, pageAfter, providerPage } from './operations.ts';
import type { PreparedContent } from './prepare-content.ts';
import { withServer } from './rounds.ts';
import { gatewayServer, handwrittenServer } from './servers.ts';
import { median, renderTable, showNumber } from './statistics.ts';

type BenchClient = ReturnType<typeof createClient>;

const head = ['what', 'this, ms', 'that, ms', 'ratio'];

/**
 * What must not grow with the content: the last page against the first, a page under a giant provider against one under
 * a small one, a count against bare SQL. One request at a time, both sides in turn. Returns a table.
 */
export async function comparePages(content: PreparedContent, pairs: number): Promise<string> {
  const gateway = gatewayServer(content.databaseUrl, content.folder, { CACHE: 'off' });
  return withServer(gateway, (url) =>
    withServer(handwrittenServer(content.databaseUrl), async (bareUrl) => {
      const client = createClient(url);
      const bare = createClient(bareUrl);
      try {
        const first = postOperation(pageAfter(null));
        const last = postOperation(pageAfter(await findLastPage(client)));
        const giant = postOperation(providerPage(giantDomain));
        const small = postOperation(providerPage(smallDomain));
        const count = postOperation(filteredCount);
        const rows = [
          row('last page / first page', await askInTurn([client, last], [client, first], pairs)),
          row(
            'page under the giant / small provider',
            await askInTurn([client, giant], [client, small], pairs),
          ),
          row(
            'filtered totalCount / bare SQL',
            await askInTurn([client, count], [bare, get('/filtered-count')], pairs, true),
          ),
        ];
        return renderTable(head, rows);
      } finally {
        client.close();
        bare.close();
      }
    }),
  );
}

async function findLastPage(client: BenchClient): Promise<string> {
  const { body } = await client.ask(postOperation(lastPageCursor));
  const answer: { data: { articles: { edges: Array<{ cursor: string }> } } } = JSON.parse(body);
  const cursor = answer.data.articles.edges[0]?.cursor;
  if (!cursor) throw new Error(`No cursor before the last page: ${body.slice(0, 300)}`);
  return cursor;
}

/** The median milliseconds of two requests that take turns. @throws Error when an answer is not whole */
async function askInTurn(
  left: [BenchClient, BenchRequest],
  right: [BenchClient, BenchRequest],
  pairs: number,
  sameBody = false,
): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  const warm = Math.ceil(pairs / 4);
  for (let i = -warm; i < pairs; i++) {
    const bodies: string[] = [];
    for (const [side, [client, request]] of [left, right].entries()) {
      const { status, body, ms } = await client.ask(request);
      if (status !== 200 || body.includes('"errors"')) throw new Error(`${status}: ${body.slice(0, 300)}`);
      if (i >= 0) times[side]?.push(ms);
      bodies.push(body);
    }
    if (sameBody && bodies[0] !== bodies[1])
      throw new Error(`Not the same: ${bodies.join(' and ').slice(0, 300)}`);
  }
  return [median(times[0]), median(times[1])];
}

function row(name: string, [left, right]: [number, number]): string[] {
  return [name, showNumber(left), showNumber(right), showNumber(left / right)];
}
