import { mkdirSync, writeFileSync } from 'node:fs';
import { type GraphQLObjectType, getNamedType, isLeafType, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { schema } from '../support/built-in-schema.ts';
import { type Engine, openEngine } from '../support/reference/engine.ts';
import { objectTypes } from '../support/reference/random-operation.ts';
import { type StringPosition, stringPositions } from '../support/reference/string-positions.ts';

const DROP = `'; DROP TABLE "Article"; --`;

/** Texts that a title may have and that would matter to SQL. */
const NASTY = [
  DROP,
  `' OR '1' = '1`,
  `") UNION SELECT name FROM sqlite_master --`,
  `'''`,
  '"',
  '`; --',
  '/* */ ; VACUUM; /*',
  '\\',
  "\\'; --",
  '?1',
  '$1 :name @name',
  '%',
  '_',
  '*',
  '\u200b\u{1f600}',
  '$[0]',
];

/** Texts that no stored text can be. */
const BROKEN = ['a\0b', '\ud800', 'x\udc00y'];

const LONG = [`${"'".repeat(1_000_000)}`, `${'é'.repeat(500_000)}; --`];

// What a client may be told; anything else would be a fault of ours.
const CODES = ['BAD_USER_INPUT', 'INVALID_CURSOR', 'FORBIDDEN'];

let engine: Engine;

beforeAll(async () => {
  engine = await openEngine((folder) => {
    mkdirSync(folder);
    for (const [index, title] of NASTY.entries()) {
      const keys = {
        title,
        provider: { name: title },
        topics: [title, 'Common'],
        publishedDateTime: '2024-01-01',
        related: [{ title, webUrl: 'https://own.example/0' }],
        images: [{ url: 'https://img.example/1.jpg' }],
        webUrl: `https://own.example/${index}`,
      };
      const head = Object.entries(keys).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
      writeFileSync(`${folder}/${index}.md`, `---\n${head.join('')}---\n`);
    }
  });
});
afterAll(() => engine?.close());

/** Everything that is in the database. */
async function readAll(): Promise<string> {
  const tables = await (await engine.reader.prisma()).$queryRawUnsafe<{ name: string; sql: string }[]>(
    'SELECT name, sql FROM sqlite_master ORDER BY name',
  );
  const contents = [];
  for (const { name } of tables.filter(({ sql }) => sql?.startsWith('CREATE TABLE'))) {
    contents.push(await (await engine.reader.prisma()).$queryRawUnsafe(`SELECT * FROM "${name}"`));
  }
  return JSON.stringify([tables, contents], (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

/** How an operation comes to a field of a type. */
const WAYS: Record<string, (field: string) => string> = {
  Query: (field) => field,
  Article: (field) => `articles(first: 1) { edges { node { ${field} } } }`,
  Provider: (field) => `providers(first: 1) { edges { node { ${field} } } }`,
  Topic: (field) => `topics(first: 1) { edges { node { ${field} } } }`,
  Category: (field) => `categories(first: 1) { edges { node { ${field} } } }`,
};

/** An operation that gives each of `count` variables to an argument of a field of its own. */
function operationOn({ type, field, argument, argumentType }: StringPosition, count: number): string {
  const definition = (schema.getType(type) as GraphQLObjectType).getFields()[field];
  if (!definition) throw new Error(`${type} has no field ${field}.`);
  const selection = isLeafType(getNamedType(definition.type)) ? '' : '{ __typename }';
  // A language is asked for beside what it is of.
  const beside = argument === 'locale' ? 'slug: "one", ' : '';
  const many = Array.from(
    { length: count },
    (_, at) => `f${at}: ${field}(${beside}${argument}: $v${at}) ${selection}`,
  );
  const declared = many.map((_, at) => `$v${at}: ${argumentType}`);
  return `query Q(${declared.join(', ')}) { ${WAYS[type]?.(many.join(' '))} }`;
}

async function ask(position: StringPosition, texts: readonly string[]) {
  const variables = Object.fromEntries(texts.map((text, at) => [`v${at}`, position.fill(text)]));
  const answer = await engine.ask(operationOn(position, texts.length), { variables });
  for (const { message } of answer.errors) {
    // The client's own words may be told back; nothing else that is SQL may.
    const [text = ''] = texts;
    const ours = message.replaceAll(JSON.stringify(text).slice(1, -1), '').replaceAll(text, '');
    expect(ours).not.toMatch(/sqlite|prisma|syntax|SELECT|near "/i);
  }
  return answer;
}

const positions = stringPositions(objectTypes(schema).filter(({ name }) => WAYS[name]));

describe('no text in any argument reaches the database as SQL', () => {
  let before: string;
  beforeAll(async () => {
    before = await readAll();
    expect(before.length).toBeGreaterThan(10_000);
  });

  test('every argument is looked into', () => {
    const fields = new Set(positions.map(({ type, field, argument }) => `${type}.${field}(${argument})`));
    const withArguments = objectTypes(schema).flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, args }) =>
        args
          .filter(({ type: input }) => !/^(?:Int|\[\w+OrderBy!\])!?$/.test(String(input)))
          .map((argument) => `${type.name}.${name}(${argument.name})`),
      ),
    );
    expect([...fields].sort()).toEqual(withArguments.sort());
    expect(positions.length).toBeGreaterThan(500);
  });

  test.each([...byArgument()])('%s', async (_, inGroup) => {
    for (const position of inGroup) {
      // A nested field's arguments are read as a root field's are: a few texts show it.
      const isRoot = position.type === 'Query';
      const [nasty, broken] = isRoot ? [NASTY, BROKEN] : [NASTY.slice(0, 3), BROKEN.slice(0, 1)];
      const isText =
        position.scalar === 'String' && position.argument !== 'after' && position.argument !== 'before';
      const isId = position.scalar === 'ID';
      if ((isText || isId) && !position.field.startsWith('problems')) {
        const { errors } = await ask(position, nasty);
        expect([position.path.join('.'), errors]).toEqual([position.path.join('.'), []]);
      } else for (const text of nasty) expect(CODES).toContain((await ask(position, [text])).code);
      for (const text of broken) {
        const { code, data } = await ask(position, [text]);
        // An id that begins like none of ours is nothing, whatever else it is.
        if (isId && code === undefined) expect(JSON.stringify(data)).toMatch(/null/);
        else expect(CODES).toContain(code);
      }
    }
  });

  const kinds = new Map(
    positions.map((position) => [
      `${position.argument} ${position.path.at(-1)} ${position.scalar}`,
      position,
    ]),
  );
  test.each([...kinds])('a megabyte: %s', async (_, position) => {
    for (const text of LONG) {
      const { code } = await ask(position, [text]);
      expect([undefined, ...CODES]).toContain(code);
    }
  });

  test('texts in the document are taken as literally', async () => {
    for (const title of NASTY) {
      const literal = JSON.stringify(title);
      const { data } = await engine.ask(
        `{ eq: articles(filter: {title: {eq: ${literal}}}) { edges { node { title } } } in: articles(filter: {title: {in: [${literal}]}}) { totalCount }
           begins: articles(filter: {title: {startsWith: ${literal}}, slug: {ne: ${literal}}}) { totalCount } topic(name: ${literal}) { name } }`,
      );
      expect(data.eq.edges).toEqual([{ node: { title } }]);
      expect([data.in.totalCount, data.topic]).toEqual([1, { name: title }]);
      expect(data.begins.totalCount).toBe(NASTY.filter((other) => other.startsWith(title)).length);
    }
  });

  test('% and _ stand for themselves', async () => {
    const count = async (contains: string) => {
      const { data } = await engine.ask(
        'query Q($contains: String) { articles(filter: {title: {contains: $contains}}) { totalCount } }',
        { variables: { contains } },
      );
      return data.articles.totalCount;
    };
    for (const sign of ['%', '_', '*', '?', "'"])
      expect(await count(sign)).toBe(NASTY.filter((title) => title.includes(sign)).length);
  });

  test('names of the document cannot be more than names', () => {
    for (const name of [`a"b`, `a'b`, 'a;b', 'é']) {
      const read = () => validate(schema, parse(`{ ${name}: __typename }`));
      expect(read).toThrow(/Syntax Error/);
    }
  });

  test('the content is as it was', async () => {
    expect(await readAll()).toBe(before);
  });
});

function byArgument(): Map<string, StringPosition[]> {
  const found = new Map<string, StringPosition[]>();
  for (const position of positions) {
    const name = `${position.type}.${position.field}(${position.argument})`;
    found.set(name, [...(found.get(name) ?? []), position]);
  }
  return found;
}
