import { mkdirSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { schema } from '../support/built-in-schema.ts';
import { fillCursors, readOrder } from '../support/reference/cursor-placeholders.ts';
import { makeCursor, orderKeys } from '../support/reference/make-cursors.ts';
import { Random } from '../support/reference/random.ts';
import { collectPools } from '../support/reference/random-arguments.ts';
import { writeRandomContent } from '../support/reference/random-content.ts';
import { randomOperation } from '../support/reference/random-operation.ts';
import { openTwins } from '../support/reference/twins.ts';
import type { Kind } from '../support/reference/world.ts';

const SEED = 4_711;

test(`150 random operations of a public reader answer the same whether hidden articles are there or not (seed ${SEED})`, async () => {
  const random = new Random(SEED);
  const contentSeed = random.int(0, 0xffffffff);
  const twins = await openTwins((folder) => {
    mkdirSync(folder);
    writeRandomContent(new Random(contentSeed), folder);
  });
  const hidden = twins.world.articles.filter(({ isPublic }) => !isPublic);
  expect(hidden.length).toBeGreaterThan(5);
  // Ids, names and words of hidden articles too.
  const pools = collectPools(twins.world);
  // Of hidden rows too, made up as a public reader's.
  const cursorsOf = async (kind: Kind, order: string) =>
    orderKeys(twins.withHidden.url.slice('file:'.length), kind, readOrder(order)).map(makeCursor);
  for (let done = 0; done < 150; ) {
    const operation = randomOperation(random.fork(), schema, pools);
    const text = (await fillCursors(operation.text, cursorsOf)).replaceAll(
      /\bcontentVersion\b/g,
      '__typename #',
    );
    if (text.includes('#') || validate(schema, parse(text)).length > 0) continue;
    done += 1;
    const variables = JSON.parse(await fillCursors(JSON.stringify(operation.variables[0]), cursorsOf));
    const [one, two] = [
      await twins.withHidden.ask(text, { variables }),
      await twins.without.ask(text, { variables }),
    ];
    if (one.text !== two.text) expect(`${text}\n${one.text}`).toBe(two.text);
  }
  await twins.withHidden.close();
  await twins.without.close();
});
