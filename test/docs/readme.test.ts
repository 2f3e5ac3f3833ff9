import { existsSync, readFileSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';
import { SETTINGS, type Setting } from '../../src/config/settings.ts';
import { parseArticle } from '../../src/content/parse-article.ts';
import { parseModel } from '../../src/model/parse-model.ts';
import { createGateway, type Gateway } from '../../src/server/create-gateway.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { schema } from '../support/built-in-schema.ts';
import { createTestDatabase } from '../support/database.ts';
import { codeBlocks, codeRows, readPage, section } from './markdown.ts';

const readme = readPage('README.md');
const blocks = codeBlocks(readme);
const pages = [
  'docs/container.md',
  'README.md',
  'CHANGELOG.md',
  ...['architecture', 'configuration', 'decisions', 'dependencies', 'errors'].map(
    (name) => `docs/${name}.md`,
  ),
  ...['files', 'model', 'performance', 'reliability', 'security'].map((name) => `docs/${name}.md`),
];

describe('the examples', () => {
  let gateway: Gateway;
  let release: () => Promise<void>;

  beforeAll(async () => {
    const database = await createTestDatabase();
    await syncContent({ folder: 'content', databaseUrl: database.url });
    const reader = openReader(database.url);
    const versions = createVersionSource(reader, database.url);
    await versions.refresh();
    gateway = createGateway({ db: { reader, versions }, config: loadConfig({}) });
    release = async () => {
      await gateway.close();
      versions.close();
      await reader.close();
      database.remove();
    };
  });
  afterAll(() => release?.());

  const queries = blocks.filter(({ language }) => language === 'graphql').map(({ text }) => text);

  it('are there', () => {
    expect(queries.length).toBeGreaterThanOrEqual(3);
    expect(curls(readme).length).toBeGreaterThanOrEqual(3);
  });

  it.each(queries.map((query) => [query.split(/[({]/u, 1)[0]?.trim() || 'the first', query]))(
    'in GraphQL are valid and answered: %s',
    async (_, query) => {
      expect(validate(schema, parse(query))).toEqual([]);
      const response = await gateway.fetch(post(JSON.stringify({ query })));
      expect(await response.json()).toMatchObject({ data: expect.anything() });
      expect(response.status).toBe(200);
    },
  );

  it('beside their answer are answered like that', async () => {
    const [query, answer] = blocks.slice(blocks.findIndex(({ language }) => language === 'graphql'));
    expect(answer?.language).toBe('json');
    const response = await gateway.fetch(post(JSON.stringify({ query: query?.text })));
    expect(await response.json()).toEqual(JSON.parse(answer?.text ?? ''));
  });

  it.each(curls(readme).map((command, at) => [at + 1, command] as const))(
    'for curl are answered: %i',
    async (_, command) => {
      const response = await gateway.fetch(requestOf(command));
      expect(response.status).toBe(200);
      const reader = response.body?.getReader();
      let text = '';
      while (reader && !text.includes('"data":{')) {
        const { value, done } = await reader.read();
        if (done) break;
        text += Buffer.from(value).toString('utf8');
      }
      await reader?.cancel();
      expect(text).toContain('"data":{');
      expect(text).not.toContain('"errors"');
    },
  );

  it('for fetch are valid and answered', async () => {
    const [script] = blocks.filter(({ language }) => language === 'js');
    const query = /query: '([^']+)'/u.exec(script?.text ?? '')?.[1] ?? '';
    const slug = /slug: '([^']+)'/u.exec(script?.text ?? '')?.[1];
    const response = await gateway.fetch(post(JSON.stringify({ query, variables: { slug } })));
    expect(await response.json()).toMatchObject({ data: { article: { html: expect.any(String) } } });
  });

  it('of front matter is read without a problem', () => {
    const [file] = blocks.filter(({ language }) => language === 'yaml');
    const { article, problems } = parseArticle('example.md', file?.text ?? '');
    expect(problems).toEqual([]);
    expect(article).toMatchObject({ title: 'The ferry that sips', published: true });
  });
});

describe('the own keys', () => {
  it.each(['README.md', 'docs/model.md'])('of %s are a model', (path) => {
    const models = codeBlocks(readPage(path)).filter(({ text }) => text.startsWith('fields:'));
    expect(models.length).toBeGreaterThan(0);
    for (const { text } of models) expect(parseModel(text)).toHaveProperty('model');
  });
});

describe('the configuration', () => {
  it('stands in the README as it stands in the code', () => {
    const settings = new Map(Object.values<Setting>(SETTINGS).map((setting) => [setting.env, setting]));
    const rows = codeRows(section(readme, '## Configuration'));
    expect(rows.length).toBeGreaterThan(5);
    for (const [env = '', option, preset, meaning] of rows) {
      const setting = settings.get(env);
      expect(setting, env).toBeDefined();
      expect(option).toBe(setting?.flag ? `\`--${setting.flag}\`` : '–');
      expect(preset).toBe(setting?.default ? `\`${setting.default}\`` : '–');
      expect(meaning).toBe(setting?.text);
    }
  });

  it('is in docs/configuration.md with every variable', () => {
    const variables = codeRows(readPage('docs/configuration.md')).map(([name]) => name);
    expect(variables).toEqual(Object.values<Setting>(SETTINGS).map(({ env }) => env));
  });
});

describe('what the pages name', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    scripts: Record<string, string>;
  };

  it.each(pages)('%s: scripts and files that are there', (path) => {
    const page = readPage(path);
    for (const [, name = ''] of page.matchAll(/npm run (?:-s )?([\w:]+)/gu)) {
      expect(Object.keys(scripts), path).toContain(name);
    }
    const root = new URL('../../', import.meta.url);
    const base = new URL(path, root);
    for (const [, link = ''] of page.matchAll(/\]\((?!https?:)([^)#]+)/gu)) {
      expect(existsSync(new URL(link, base)), `${path} links to ${link}`).toBe(true);
    }
    for (const [, file = ''] of page.matchAll(/((?:src|test|scripts|prisma)\/[\w./-]+\.(?:ts|prisma))/gu)) {
      // What the reader is shown how to add.
      if (file.endsWith('/author.ts')) continue;
      expect(existsSync(new URL(file, root)), `${path} names ${file}`).toBe(true);
    }
  });
});

/** The `curl` commands of a page, each on one line. */
function curls(page: string): string[] {
  return codeBlocks(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.replaceAll('\\\n', ' ').split('\n'))
    .filter((line) => line.startsWith('curl '));
}

function requestOf(command: string): Request {
  const headers = Object.fromEntries(
    [...command.matchAll(/-H '([^:']+): ([^']+)'/gu)].map(([, name = '', value = '']) => [name, value]),
  );
  const body = / -d '([^']+)'/u.exec(command)?.[1];
  if (body !== undefined) return post(body, headers);
  const url = new URL('http://test/graphql');
  for (const [, name = '', value = ''] of command.matchAll(/--data-urlencode '(\w+)=([^']*)'/gu)) {
    url.searchParams.set(name, value);
  }
  return new Request(url, { headers });
}

function post(body: string, headers: Record<string, string> = {}): Request {
  return new Request('http://test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}
