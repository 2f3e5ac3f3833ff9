import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openContent } from '../graphql/features.ts';

let world: Awaited<ReturnType<typeof openContent>>;
beforeAll(async () => {
  world = await openContent();
});
afterAll(() => world?.close());

const written = new Set<string>();
beforeEach(() => {
  for (const name of written) world.content.remove(name);
  written.clear();
});
const write = (name: string, front: string) => {
  written.add(name);
  world.content.writeText(name, `---\ntitle: T\n${front}\n---\nText.\n`);
};
const slugAt = async (path: string, preview = false) => {
  const { data } = await world.ask(`{ article(path: ${JSON.stringify(path)}) { slug } }`, { preview });
  return data.article?.slug ?? null;
};
const told = async () => {
  const { problems } = await world.sync();
  return problems.map(({ code, path, field, value }) => [code, path, field, value]);
};

test('of two files with one path the first has it, and the other its default path, with a warning that names both', async () => {
  write('b.md', 'permalink: /same/');
  write('a.md', 'path: same');
  const { problems } = await world.sync();
  expect(problems).toMatchObject([
    { code: 'DUPLICATE_PATH', severity: 'warning', path: 'b.md', field: 'permalink', value: '/same/' },
  ]);
  expect(problems[0]?.message).toBe('The path is already that of a.md, so this article has the path /b.');
  expect([await slugAt('/same'), await slugAt('/b'), await slugAt('/a')]).toEqual(['a', 'b', null]);
});

test('a path that is left goes to who wants it, and a file that is not touched is told of still', async () => {
  write('a.md', 'permalink: /same');
  write('b.md', 'permalink: /same');
  write('c.md', 'permalink: /same');
  expect(await told()).toHaveLength(2);
  write('other.md', 'type: x');
  expect((await told()).map(([, path]) => path)).toEqual(['b.md', 'c.md']);
  write('a.md', 'permalink: /else');
  expect((await told()).map(([, path]) => path)).toEqual(['c.md']);
  expect([await slugAt('/same'), await slugAt('/else'), await slugAt('/b'), await slugAt('/c')]).toEqual([
    ...['b', 'a', null, 'c'],
  ]);
});

test('an article whose place makes a path has it rather than one that asks for it', async () => {
  write('a.md', 'permalink: /b/');
  write('b.md', 'type: x');
  expect(await told()).toEqual([['DUPLICATE_PATH', 'a.md', 'permalink', '/b/']]);
  expect([await slugAt('/b'), await slugAt('/a')]).toEqual(['b', 'a']);
});

test('nobody learns of a hidden article by the path that another has', async () => {
  write('a.md', 'permalink: /same\ndraft: true');
  write('b.md', 'permalink: /same');
  expect(await told()).toEqual([['DUPLICATE_PATH', 'a.md', 'permalink', '/same']]);
  expect([await slugAt('/same', true), await slugAt('/a', true), await slugAt('/a')]).toEqual([
    'b',
    'a',
    null,
  ]);
  write('b.md', 'permalink: /same\npublishDate: 2999-01-01');
  expect(await told()).toEqual([['DUPLICATE_PATH', 'b.md', 'permalink', '/same']]);
});

test('files in two languages have one path', async () => {
  write('a.md', 'permalink: /same\nlang: en');
  write('b.md', 'permalink: /same\nlang: fr');
  expect(await told()).toEqual([]);
});

test('an alias that is the path of another is told of', async () => {
  write('a.md', 'aliases: [/z, /b/, /c]');
  write('b.md', 'type: x');
  write('c.md', 'type: x');
  const { problems } = await world.sync();
  expect(problems).toMatchObject([{ code: 'ALIAS_TAKEN', path: 'a.md', field: 'aliases', value: '/b' }]);
  expect(problems[0]?.message).toContain('the path of b.md');
  write('b.md', 'permalink: /else');
  expect(await told()).toEqual([['ALIAS_TAKEN', 'a.md', 'aliases', '/c']]);
  write('d.md', 'type: x');
  expect(await told()).toHaveLength(1);
  world.content.remove('c.md');
  written.delete('c.md');
  expect(await told()).toEqual([]);
});

test('an alias that two files have is told of, and names both', async () => {
  write('b.md', 'aliases: [/old/, /z]');
  write('c.md', 'redirect_from: [/z, /old]');
  write('a.md', 'aliases: /old\nlang: fr');
  const { problems } = await world.sync();
  expect(problems).toMatchObject([
    { code: 'DUPLICATE_ALIAS', path: 'c.md', field: 'aliases', value: '/old' },
  ]);
  expect(problems[0]?.message).toContain('an alias of b.md');
  write('d.md', 'permalink: /old');
  const codes = async () => (await told()).map(([code, path, , value]) => [code, path, value]);
  expect(await codes()).toEqual([
    ['ALIAS_TAKEN', 'b.md', '/old'],
    ['ALIAS_TAKEN', 'c.md', '/old'],
  ]);
  write('d.md', 'permalink: /z');
  expect(await codes()).toEqual([
    ['ALIAS_TAKEN', 'b.md', '/z'],
    ['DUPLICATE_ALIAS', 'c.md', '/old'],
  ]);
  write('d.md', 'type: x');
  write('b.md', 'type: x');
  expect(await codes()).toEqual([]);
});

test('a broken file keeps the path of its last good version, whoever wants it', async () => {
  write('b.md', 'permalink: /same');
  await world.sync();
  world.content.writeText('b.md', '---\ntitle: [\n---\n');
  write('a.md', 'permalink: /same');
  expect((await told()).map(([code, path]) => [code, path])).toEqual([
    ['DUPLICATE_PATH', 'a.md'],
    ['FRONT_MATTER_SYNTAX', 'b.md'],
  ]);
  expect([await slugAt('/same'), await slugAt('/a')]).toEqual(['b', 'a']);
});
