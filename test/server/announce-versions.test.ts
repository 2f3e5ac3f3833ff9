import { Registry } from 'prom-client';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  type Announcer,
  announceVersions,
  type OwnSync,
} from '../../src/server/operations/announce-versions.ts';
import { createContentLag } from '../../src/server/operations/content-lag.ts';
import { createSyncMetrics, type SyncOutcome } from '../../src/server/operations/sync-metrics.ts';
import type { ContentChange } from '../../src/server/operations/webhook.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { type KnownVersion, readChanges } from '../../src/store/sqlite/read/read-changes.ts';
import { createVersionSource } from '../../src/store/sqlite/read/version-source.ts';
import { noKeys } from '../../src/store/sqlite/write/report-sync.ts';
import { rebuildIndex } from '../../src/store/sync/rebuild-index.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import { createContentFolder } from '../store/content-folder.ts';
import { createTestDatabase } from '../support/database.ts';
import { createHandVersions, type HandVersions } from '../support/gateway.ts';

const SETTLE_MS = 60;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const silent = { warn: () => undefined };
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const keysOf = (...articles: string[]) => ({ ...noKeys, articles });
const syncedAt = '2024-01-01T00:00:00.000Z';
const problemCounts = { problems: 1, files: 1, error: 1, warning: 0, notice: 0 };
const own = (number: number, changed = true): OwnSync => ({
  ms: 5,
  changed,
  refusal: null,
  problemCounts: { error: 0, warning: 0, notice: 0 },
  version: { number, digest: `digest-${number}`, syncedAt },
  changedKeys: keysOf(`own-${number}`),
  public: {
    version: { number, digest: `public-digest-${number}`, syncedAt },
    changed,
    changedKeys: keysOf(`public-${number}`),
  },
});

async function createHarness() {
  const versions = createHandVersions();
  await versions.refresh();
  const told: ContentChange[] = [];
  const recorded: SyncOutcome[] = [];
  const asked: (KnownVersion | null)[] = [];
  let onRead: () => void | Promise<void> = () => undefined;
  const announcer = announceVersions({
    versions,
    async readChanges(since) {
      asked.push(since);
      await onRead();
      return {
        changedKeys: { ...keysOf('read'), isCut: true },
        publicKeys: { ...keysOf('read-public'), isCut: true },
        problemCounts,
      };
    },
    announce: (change) => told.push(change),
    record: (outcome) => recorded.push(outcome),
    logger: silent,
    pollMs: 5,
    settleMs: SETTLE_MS,
  });
  closing.push(() => announcer.close());
  return {
    ...{ versions, told, recorded, asked, announcer },
    whenRead(act: () => void | Promise<void>) {
      onRead = act;
    },
    numbers: () => told.map(({ preview }) => preview.version.number),
    keys: () => told.flatMap(({ preview }) => preview.changedKeys.articles),
  };
}

const commitOwn = (versions: HandVersions, announcer: Announcer, number: number) => {
  versions.commit();
  announcer.noteSync(own(number));
};

describe('a version', () => {
  it('of this process is told at once, with what its report knows, and once', async () => {
    const { versions, announcer, numbers, keys, recorded, asked } = await createHarness();
    commitOwn(versions, announcer, 2);
    expect(numbers()).toEqual([2]);
    announcer.noteSync(own(2, false));
    await wait(3 * SETTLE_MS);
    expect(numbers()).toEqual([2]);
    expect(keys()).toEqual(['own-2']);
    expect(asked).toEqual([]);
    expect(recorded.map(({ ms }) => ms)).toEqual([5, 5]);
  });

  it('of this process is told once when the database shows it before its report comes', async () => {
    const { versions, announcer, numbers, asked } = await createHarness();
    versions.commit();
    await versions.refresh();
    await wait(SETTLE_MS / 3);
    announcer.noteSync(own(2));
    await wait(3 * SETTLE_MS);
    expect(numbers()).toEqual([2]);
    expect(asked).toEqual([]);
  });

  it('of another process is told once it has been seen, with what the database knows', async () => {
    const { versions, told, recorded, asked } = await createHarness();
    versions.commit();
    await vi.waitFor(() => expect(told).toHaveLength(1));
    await wait(3 * SETTLE_MS);
    expect(told).toEqual([
      {
        preview: {
          version: { number: 2, digest: 'digest-2', syncedAt },
          changedKeys: { ...keysOf('read'), isCut: true },
        },
        public: {
          version: { number: 2, digest: 'public-digest-2', syncedAt },
          changedKeys: { ...keysOf('read-public'), isCut: true },
        },
      },
    ]);
    expect(asked).toEqual([{ number: 1, publicNumber: 1 }]);
    expect(recorded).toEqual([{ ms: null, changed: true, refusal: null, problemCounts }]);
  });

  it('of hidden articles alone is told as nothing new to the public, whoever made it', async () => {
    const { versions, announcer, told, asked } = await createHarness();
    versions.commit('hidden');
    announcer.noteSync({ ...own(2), public: { ...own(1, false).public, changedKeys: keysOf() } });
    expect(told.map(({ public: open }) => open)).toEqual([null]);
    versions.commit('hidden');
    await vi.waitFor(() => expect(told.map(({ public: open }) => open)).toEqual([null, null]));
    versions.commit();
    await vi.waitFor(() => expect(told).toHaveLength(3));
    expect(told[2]?.public?.version.number).toBe(2);
    expect(asked.at(-1)).toEqual({ number: 3, publicNumber: 1 });
  });

  it('of another process is told while that goes on making more', async () => {
    const { versions, numbers } = await createHarness();
    for (let count = 0; count < 20 && numbers().length < 2; count += 1) {
      versions.commit();
      await wait(SETTLE_MS / 3);
    }
    expect(numbers().length).toBe(2);
  });

  it('of another process just before one of this process is told with it', async () => {
    const { versions, announcer, numbers, asked } = await createHarness();
    versions.commit();
    commitOwn(versions, announcer, 3);
    await vi.waitFor(() => expect(numbers()).toEqual([3]));
    await wait(3 * SETTLE_MS);
    expect(numbers()).toEqual([3]);
    expect(asked).toEqual([{ number: 1, publicNumber: 1 }]);
  });

  it('is told in its turn when a report comes while the database is asked', async () => {
    const { versions, announcer, whenRead, numbers } = await createHarness();
    whenRead(() => {
      whenRead(() => undefined);
      announcer.noteSync(own(2));
      versions.commit();
    });
    versions.commit();
    await vi.waitFor(() => expect(numbers()).toEqual([2, 3]));
    await wait(3 * SETTLE_MS);
    expect(numbers()).toEqual([2, 3]);
  });

  it('is told again until the database could be asked', async () => {
    const { versions, whenRead, numbers, asked } = await createHarness();
    whenRead(() => {
      whenRead(() => undefined);
      throw new Error('busy');
    });
    versions.commit();
    await vi.waitFor(() => expect(numbers()).toEqual([2]));
    expect(asked).toEqual([
      { number: 1, publicNumber: 1 },
      { number: 1, publicNumber: 1 },
    ]);
  });

  it('is not told after the end', async () => {
    const { versions, announcer, numbers } = await createHarness();
    versions.commit();
    await versions.refresh();
    announcer.close();
    await wait(3 * SETTLE_MS);
    expect(numbers()).toEqual([]);
  });
});

describe('on a database', () => {
  async function open() {
    const folder = createContentFolder();
    closing.push(() => folder.delete());
    folder.write('a.md', {
      title: 'A',
      topics: ['one'],
      provider: { name: 'Example', domain: 'example.org' },
    });
    folder.write('b.md', { title: 'B' });
    const database = await createTestDatabase();
    closing.push(() => database.remove());
    const place = { folder: folder.path, databaseUrl: database.url };
    await syncContent(place);
    const reader = openReader(database.url);
    closing.push(() => reader.close());
    const versions = createVersionSource(reader, database.url);
    closing.push(() => versions.close());
    await versions.refresh();
    const told: ContentChange[] = [];
    const registry = new Registry();
    const announcer = announceVersions({
      versions,
      readChanges: (since) => readChanges(reader, since),
      announce: (change) => told.push(change),
      record: createSyncMetrics(registry, createContentLag(0)).record,
      logger: silent,
      pollMs: 10,
      settleMs: 20,
    });
    closing.push(() => announcer.close());
    return { folder, place, told, registry };
  }

  it('a sync by somebody else is told with the articles that it changed', async () => {
    const { folder, place, told, registry } = await open();
    folder.write('a.md', {
      title: 'A2',
      topics: ['two'],
      categories: ['News'],
      provider: { name: 'Example', domain: 'example.org' },
    });
    folder.write('c.md', {
      title: 'C',
      published: false,
      topics: ['takeover'],
      categories: ['Deals'],
      provider: { name: 'Merger', domain: 'merger.example' },
    });
    await syncContent(place);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]).toMatchObject({
      preview: {
        version: { number: 2 },
        changedKeys: {
          articles: ['a', 'c'],
          providers: ['example.org', 'merger.example'],
          topics: ['takeover', 'two'],
          categories: ['deals', 'news'],
          isCut: true,
        },
      },
      public: {
        version: { number: 2 },
        changedKeys: {
          articles: ['a'],
          providers: ['example.org'],
          topics: ['two'],
          categories: ['news'],
          isCut: true,
        },
      },
    });
    await vi.waitFor(async () =>
      expect(await registry.metrics()).toContain('gateway_syncs_total{result="elsewhere"} 1'),
    );
  });

  it('its problems are counted by severity, however many there are', async () => {
    const { folder, place, registry } = await open();
    folder.writeText('odd.md', '---\ntitle: Odd\nheat: warm\npublishedDateTime: soon\n---\nText.\n');
    const { problemCounts } = await syncContent(place);
    expect(problemCounts).toMatchObject({ problems: 2, files: 1, warning: 2 });
    await vi.waitFor(async () => {
      const text = await registry.metrics();
      for (const severity of ['error', 'warning', 'notice'] as const)
        expect(text).toContain(`gateway_content_problems{severity="${severity}"} ${problemCounts[severity]}`);
    });
  });

  it('a rebuild by somebody else is told too, to the public where it changed something', async () => {
    const { folder, place, told } = await open();
    folder.write('b.md', { title: 'B2' });
    await rebuildIndex(place);
    await vi.waitFor(() => expect(told).toHaveLength(1));
    expect(told[0]?.preview.version.number).toBe(2);
    expect(told[0]?.preview.changedKeys.isCut).toBe(true);
    expect(told[0]?.public?.version.number).toBe(2);
    await rebuildIndex(place);
    await vi.waitFor(() => expect(told).toHaveLength(2));
    expect(told[1]?.preview.version.number).toBe(3);
    expect(told[1]?.public).toBeNull();
  });
});
