import { afterAll, beforeAll, expect, test } from 'vitest';
import { schema } from '../support/built-in-schema.ts';
import { openContent } from './features.ts';

let world: Awaited<ReturnType<typeof openContent>>;

beforeAll(async () => {
  world = await openContent();
  for (const [name, domain] of [
    ['one', 'straße.example'],
    ['two', 'strasse.example'],
    ['three', '中国日报.example'],
  ] as const)
    world.content.write(`${name}.md`, { title: name, provider: { name, domain } });
  await world.sync();
});
afterAll(() => world.close());

const spellings: [spelling: string, domain: string | null][] = [
  ['straße.example', 'straße.example'],
  ['STRAẞE.example', 'straße.example'],
  ['xn--strae-oqa.example', 'straße.example'],
  ['strasse.example', 'strasse.example'],
  ['WWW.Strasse.Example.', 'strasse.example'],
  [' strasse.example:8080 ', 'strasse.example'],
  ['https://www.strasse.example/about', 'strasse.example'],
  ['xn--fiqa62kct7ai36b.example', null],
  ['no domain', null],
  ['', null],
];

test.each(spellings)('a provider is found by %j as content has it', async (spelling, domain) => {
  const { data, errors } = await world.ask(`{ provider(domain: ${JSON.stringify(spelling)}) { domain } }`);
  expect(errors).toBe(undefined);
  expect(data.provider).toEqual(domain === null ? null : { domain });
});

test.each(spellings)('the filter on the domain reads %j alike', async (spelling, domain) => {
  expect(await domainsWhere(`{ eq: ${JSON.stringify(spelling)} }`)).toEqual(domain === null ? [] : [domain]);
  expect(await domainsWhere(`{ in: [${JSON.stringify(spelling)}] }`)).toEqual(
    domain === null ? [] : [domain],
  );
});

test('a part of a domain is in lower case, `ß` and `ss` apart', async () => {
  expect(await domainsWhere('{ contains: "Aß" }')).toEqual(['straße.example']);
  expect(await domainsWhere('{ startsWith: "STRASS" }')).toEqual(['strasse.example']);
  expect(await domainsWhere('{ endsWith: "报.EXAMPLE" }')).toEqual(['中国日报.example']);
});

test('the descriptions of filters have the right article', () => {
  const descriptionOf = (type: string) => schema.getType(type)?.description;
  expect(descriptionOf('ArticleFilter')).toMatch(/^Conditions on an Article,/);
  expect(descriptionOf('ImageFilter')).toMatch(/^Conditions on an Image,/);
  expect(descriptionOf('TopicFilter')).toMatch(/^Conditions on a Topic,/);
});

async function domainsWhere(condition: string): Promise<string[]> {
  const { data } = await world.ask(
    `{ providers(filter: { domain: ${condition} }) { edges { node { domain } } } }`,
  );
  return data.providers.edges.map(({ node }: { node: { domain: string } }) => node.domain);
}
