import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/config/load-config.ts';
import { SETTINGS, type Setting } from '../../src/config/settings.ts';
import { type RunningGateway, startTestGateway } from '../support/gateway.ts';
import { copiesOf, environmentOf, isSent, parseDockerfile } from './parse-dockerfile.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const manifest: { dependencies: Record<string, string>; engines: { node: string } } = JSON.parse(
  read('package.json'),
);
const settingNames = Object.values<Setting>(SETTINGS).map(({ env }) => env);

const stages = parseDockerfile(read('Dockerfile'));
const runtime = stages.at(-1) ?? { name: '', base: '', instructions: [] };
const textOf = (name: string) => runtime.instructions.findLast((each) => each.name === name)?.text ?? '';

describe('the Dockerfile', () => {
  it('begins with images of a version that package.json allows', () => {
    const images = stages.map(({ base }) => base).filter((base) => !stages.some(({ name }) => name === base));
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      const tagged = /^node:(\d+)(?:\.\d+)*-[\w-]+$/u;
      expect(image).toMatch(tagged);
      expect(manifest.engines.node).toMatch(new RegExp(`[\\^=]${tagged.exec(image)?.[1]}\\b`, 'u'));
    }
  });

  it('copies only what is there and sent', () => {
    const dockerignore = read('.dockerignore');
    const sources = stages.flatMap(copiesOf).filter(({ from }) => from === null);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources.flatMap((copy) => copy.sources)) {
      expect(existsSync(new URL(source, root)), source).toBe(true);
      expect(isSent(dockerignore, source), source).toBe(true);
    }
  });

  it('copies from earlier stages only what they have', () => {
    const copied = stages.flatMap((stage, index) =>
      copiesOf(stage)
        .filter(({ from }) => from !== null)
        .map((copy) => ({ ...copy, earlier: stages.slice(0, index) })),
    );
    expect(copied.length).toBeGreaterThan(0);
    for (const { from, sources, earlier } of copied) {
      const lineage = [];
      for (let name: string | null = from; name !== null; ) {
        const stage = earlier.find((each) => each.name === name);
        if (stage) lineage.push(stage);
        name = stage?.base ?? null;
      }
      const runs = lineage.flatMap(({ instructions }) => instructions).filter(({ name }) => name === 'RUN');
      const made = lineage.flatMap(copiesOf).flatMap((copy) => copy.sources);
      if (runs.some(({ text }) => text.startsWith('npm ci'))) made.push('node_modules');
      if (runs.some(({ text }) => text.startsWith('npm run build'))) made.push('dist');
      for (const source of sources) {
        const path = source.replace(/^\/app\//u, '');
        const isMade = made.some((each) => path === each || path.startsWith(`${each}/`));
        expect(isMade && (existsSync(new URL(path, root)) || path === 'dist'), `${from}: ${source}`).toBe(
          true,
        );
      }
    }
  });

  it('runs the program itself, as nobody special, with production dependencies', () => {
    expect(textOf('USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/u);
    const command: string[] = JSON.parse(textOf('CMD'));
    expect(command).toEqual(['node', 'dist/cli/main.js', 'serve']);
    expect(existsSync(new URL('src/cli/main.ts', root))).toBe(true);
    const modules = copiesOf(runtime).find(({ target }) => target === './node_modules');
    const origin = stages.find(({ name }) => name === modules?.from);
    expect(origin?.instructions.map(({ text }) => text)).toContain('npm ci --omit=dev --omit=optional');
    expect(runtime.instructions.some(({ name, text }) => name === 'RUN' && /npm|curl|apt/u.test(text))).toBe(
      false,
    );
  });

  it('sets what there is to be set, for production', () => {
    const environment = environmentOf(runtime);
    for (const name of Object.keys(environment))
      expect([...settingNames, 'CHECKPOINT_DISABLE']).toContain(name);
    expect(environment.CHECKPOINT_DISABLE).toBe('1');
    const config = loadConfig(environment);
    expect(config).toMatchObject({
      mode: 'production',
      host: '0.0.0.0',
      graphiql: false,
      introspection: false,
    });
    expect(textOf('EXPOSE')).toBe(String(config.port));
    expect(copiesOf(runtime).map(({ target }) => target)).toContain(config.contentDir);
    const [volume = '']: string[] = JSON.parse(textOf('VOLUME'));
    expect(config.databaseUrl).toMatch(new RegExp(`^file:${volume}/`, 'u'));
  });

  it('leaves out no package that the program imports', () => {
    const files = readdirSync(new URL('src/', root), { recursive: true, encoding: 'utf8' });
    const written = files.filter((path) => path.endsWith('.ts') && !path.startsWith('generated'));
    const sources = written.map((path) => read(`src/${path}`));
    const imported = new Set<string>();
    const imports =
      /(?:^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?|\bimport\(|import\.meta\.resolve\()'([^'.][^']*)'/gmu;
    for (const [, name = ''] of sources.flatMap((source) => [...source.matchAll(imports)])) {
      if (!name.startsWith('node:')) imported.add(/^(?:@[^/]+\/)?[^/]+/u.exec(name)?.[0] ?? name);
    }
    // Only sources are started with it, and dist/ has none.
    imported.delete('tsx');
    expect(imported.size).toBeGreaterThan(10);
    for (const name of imported) expect(Object.keys(manifest.dependencies)).toContain(name);
  });
});

describe('the health check', () => {
  const [, command = '[]'] = /CMD\s+(\[.*\])$/u.exec(textOf('HEALTHCHECK')) ?? [];
  const [file = '', ...args]: string[] = JSON.parse(command);
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(environmentOf(runtime));
  });
  afterAll(() => gateway?.close());

  async function check(port: number): Promise<number> {
    const env = { PATH: process.env.PATH, PORT: String(port) };
    const [code] = await once(spawn(file, args, { env, stdio: 'ignore' }), 'close');
    return code;
  }

  it('is node, and content with a gateway', async () => {
    expect(file).toBe('node');
    expect(await check(gateway.port)).toBe(0);
  });

  it('is not content with an error, or with nothing', async () => {
    const failing = createServer((_, response) => response.writeHead(503).end()).listen(0, '127.0.0.1');
    await once(failing, 'listening');
    const { port } = failing.address() as AddressInfo;
    expect(await check(port)).toBe(1);
    failing.close();
    await once(failing, 'close');
    expect(await check(port)).toBe(1);
  });
});

describe('.dockerignore', () => {
  const dockerignore = read('.dockerignore');

  it.each([
    ...['.git/config', '.env', 'content/.env.local', 'node_modules/graphql/index.js', 'dist/cli/main.js'],
    ...[
      'data/gateway.db',
      'src/generated/stamp',
      'test/config.test.ts',
      'scripts/bench/run-load.ts',
      'src/a.log',
    ],
  ])('keeps out %s', (path) => {
    expect(isSent(dockerignore, path)).toBe(false);
  });

  it.each(['src/cli/main.ts', 'scripts/build.ts', 'prisma/migrations/sqlite/migration_lock.toml'])(
    'lets in %s',
    (path) => {
      expect(isSent(dockerignore, path)).toBe(true);
    },
  );
});

describe('compose.yaml', () => {
  const { services, volumes } = parse(read('compose.yaml'));
  const { gateway } = services;

  it('gives settings that there are, secrets only from outside', () => {
    for (const [name, value] of Object.entries(gateway.environment)) {
      expect(settingNames).toContain(name);
      expect(value).toBe(`\${${name}:-}`);
    }
  });

  it('mounts the folder read-only and the index where the image has it', () => {
    const environment = environmentOf(runtime);
    expect(gateway.volumes).toEqual([
      { type: 'bind', source: expect.any(String), target: environment.CONTENT_DIR, read_only: true },
      `data:${JSON.parse(textOf('VOLUME'))[0]}`,
    ]);
    expect(volumes).toHaveProperty('data');
    expect(gateway.ports[0]).toMatch(new RegExp(`:${textOf('EXPOSE')}$`, 'u'));
  });

  it('waits longer for the end than the gateway takes', () => {
    const seconds = Number(/^(\d+)s$/u.exec(gateway.stop_grace_period)?.[1]);
    expect(seconds * 1000).toBeGreaterThan(loadConfig({}).shutdownGraceMs);
  });
});
