import { existsSync } from 'node:fs';
import { parse, validate } from 'graphql';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleQueries } from '../../src/server/graphiql/example-queries.ts';
import { schema } from '../support/built-in-schema.ts';
import {
  createContentGateway,
  createTestGateway,
  post,
  type RunningGateway,
  startTestGateway,
} from '../support/gateway.ts';

const TOKEN = 'preview-token-0123456789';
const page = { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } };
const openPage = (url: string, headers: Record<string, string> = {}) =>
  new Request(url, { headers: { ...page.headers, ...headers } });

describe('the page', () => {
  const { gateway } = createTestGateway();

  it('is one document that names no other host to load from', async () => {
    const response = await gateway.fetch(openPage('http://test/graphql'));
    const html = await response.text();

    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const markup = html.replace(/<script>[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/g, '');
    expect(markup).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(html.match(/<script\s+src/)).toBeNull();
    expect(html.match(/<link(?![^>]*href="data:)/)).toBeNull();
    expect(html.match(/url\(\s*["']?(https?:)?\/\//)).toBeNull();
    expect(html.match(/@import/)).toBeNull();
  }, 30_000);

  it('may by its own policy load from, run and send to nothing but itself', async () => {
    const response = await gateway.fetch(openPage('http://test/graphql'));
    const policy = response.headers.get('content-security-policy') ?? '';

    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'sha256-[\w+/=]+' 'sha256-[\w+/=]+' blob:/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('is sent compressed and only once', async () => {
    const first = await gateway.fetch(openPage('http://test/graphql', { 'accept-encoding': 'gzip, br' }));
    const etag = first.headers.get('etag') ?? '';
    const second = await gateway.fetch(
      openPage('http://test/graphql', { 'accept-encoding': 'gzip, br', 'if-none-match': etag }),
    );

    expect(first.headers.get('content-encoding')).toBe('br');
    expect(Number(first.headers.get('content-length'))).toBeLessThan(3_500_000);
    expect(second.status).toBe(304);
  });

  it('is off in production unless asked for', async () => {
    const production = createTestGateway({ NODE_ENV: 'production' });
    const asked = createTestGateway({ NODE_ENV: 'production', GRAPHIQL: 'on' });

    const response = await production.gateway.fetch(openPage('http://test/graphql'));
    expect(response.status).toBe(200);
    expect(await response.text()).not.toMatch(/graphiql|<script/i);
    expect((await asked.gateway.fetch(openPage('http://test/graphql'))).status).toBe(200);
  });

  it('is where the root leads a browser', async () => {
    const response = await gateway.fetch(openPage('http://test/'));

    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/graphql');
  });
});

describe('the example queries', () => {
  it('are all in the page, whole and in their order, with their variables', async () => {
    const { gateway } = createTestGateway();
    const html = await (await gateway.fetch(openPage('http://test/graphql'))).text();
    const places = exampleQueries.map(({ query }) => html.indexOf(JSON.stringify(query)));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    for (const { variables } of exampleQueries) {
      if (variables) expect(html).toContain(JSON.stringify(JSON.stringify(variables, null, 2)));
    }
  }, 30_000);

  it('all find something in the sample articles', async () => {
    const content = await createContentGateway('content');
    const empty: string[] = [];
    for (const { query, variables } of exampleQueries) {
      const response = await post(content.gateway, { query, variables });
      const { data, errors } = (await response.json()) as { data?: object; errors?: unknown };
      expect([query, response.status, errors]).toEqual([query, 200, undefined]);
      if (!/"(title|number)":/.test(JSON.stringify(data))) empty.push(query);
    }
    await content.close();
    expect(empty).toEqual([]);
  }, 30_000);

  for (const { query } of exampleQueries) {
    const document = parse(query);
    const [operation] = document.definitions;
    const name = operation && 'name' in operation ? operation.name?.value : undefined;
    it(`${name} has a name and is valid`, () => {
      expect(name).toMatch(/^[A-Z]\w+$/);
      expect(validate(schema, document)).toEqual([]);
    });
  }
});

const executable = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (!executable)
  process.stderr.write('GraphiQL is not tried in a browser: there is no Chromium in /usr/bin.\n');

describe.runIf(executable)('in a browser', () => {
  let gateway: RunningGateway;
  let browser: Browser;

  beforeAll(async () => {
    gateway = await startTestGateway({ PREVIEW_TOKENS: `editor:${TOKEN}` });
    browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  it('asks its own host only, shows the tabs and runs a query', async () => {
    const tab = await browser.newPage();
    const hosts = new Set<string>();
    const violations: string[] = [];
    tab.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith('http') || protocol.startsWith('ws')) hosts.add(host);
    });
    tab.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) violations.push(message.text());
    });
    tab.on('pageerror', (error) => violations.push(error.message));

    await tab.goto(gateway.url);
    await tab.locator('.graphiql-tab').first().waitFor();
    const names = await tab.locator('.graphiql-tab').allInnerTexts();
    await tab.locator('.graphiql-execute-button').click();
    await tab.waitForFunction(() =>
      /"data"|"errors"/.test(document.querySelector('.result-window')?.textContent ?? ''),
    );

    expect(names.map((name) => name.trim())).toEqual(
      exampleQueries.map(({ query }) => /query (\w+)/.exec(query)?.[1] ?? ''),
    );
    expect([...hosts]).toEqual([new URL(gateway.url).host]);
    expect(violations).toEqual([]);
    await tab.close();
  }, 60_000);

  it('opens a tab at the first click on it', async () => {
    const tab = await browser.newPage();
    await tab.goto(gateway.url);
    const second = tab.locator('.graphiql-tab').nth(1);
    await second.waitFor();
    await second.click();
    await tab.waitForFunction(
      (query) => document.querySelector('.graphiql-query-editor')?.textContent?.includes(query),
      /query (\w+)/.exec(exampleQueries[1]?.query ?? '')?.[1] ?? 'no example',
      { timeout: 5_000 },
    );
    await tab.close();
  }, 60_000);

  it('sends the preview token of its link, and never in an address', async () => {
    const tab = await browser.newPage();
    const addresses: string[] = [];
    tab.on('request', (request) => addresses.push(request.url()));
    await tab.goto(`${gateway.url}?query=${encodeURIComponent('{ secret }')}#preview=${TOKEN}`);
    await tab.locator('.graphiql-execute-button').click();
    await tab.waitForFunction(() =>
      /hidden.thing/.test(document.querySelector('.result-window')?.textContent ?? ''),
    );

    expect(addresses.filter((address) => new URL(address).search.includes(TOKEN))).toEqual([]);
    await tab.close();
  }, 60_000);
});
