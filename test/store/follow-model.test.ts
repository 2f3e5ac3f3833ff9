import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noOwnKeys } from '../../src/model/own-model.ts';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';
import { openReader } from '../../src/store/sqlite/read/clients.ts';
import { readContentVersion } from '../../src/store/sqlite/read/read-content-version.ts';
import { syncContent } from '../../src/store/sync/sync-content.ts';
import type { SyncReport } from '../../src/store/sync-report.ts';
import { type SyncThread, startSyncThread } from '../../src/store/watch/sync-thread.ts';

vi.setConfig({ testTimeout: 60_000 });

let root: string;
let folder: string;
let databaseUrl: string;
let thread: SyncThread;
const reports: { report: SyncReport; failure: unknown }[] = [];
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'follow-model-'));
  folder = join(root, 'articles');
  databaseUrl = `file:${join(root, 'index.db')}`;
  mkdirSync(folder);
  for (const name of ['a', 'b', 'c']) write(`${name}.md`, `---\nweight: 3\nmood: ${name}\n---\nText.\n`);
  await migrate(databaseUrl);
  reports.length = 0;
  thread = startSyncThread();
  thread.watch(
    { folder, databaseUrl },
    { model: { folder, file: null } },
    {
      onReport: (report, failure) => reports.push({ report, failure }),
    },
  );
  await vi.waitFor(() => expect(reports.length).toBeGreaterThan(0), { timeout: 20_000 });
});
afterEach(async () => {
  await thread.close();
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  writeFileSync(join(folder, path), text);
}

async function keysOfIndex(): Promise<string[]> {
  const reader = openReader(databaseUrl);
  try {
    const version = readContentVersion(reader);
    return JSON.parse(version?.model ?? JSON.stringify(noOwnKeys)).fields.map(
      ({ name }: { name: string }) => name,
    );
  } finally {
    await reader.close();
  }
}

const untilKeys = (...keys: string[]) =>
  vi.waitFor(async () => expect(await keysOfIndex()).toEqual(keys), { timeout: 20_000, interval: 100 });
const untilFailure = (expected: unknown) =>
  vi.waitFor(() => expect(reports.at(-1)?.failure ?? null).toEqual(expected), { timeout: 20_000 });

test('a model that comes, changes, is wrong, is mended and goes is followed', async () => {
  expect(await keysOfIndex()).toEqual([]);
  write('gateway.yaml', 'fields: { weight: int }\n');
  await untilKeys('weight');
  write('gateway.yaml', 'fields: { weight: int, mood: text }\n');
  await untilKeys('weight', 'mood');
  write('gateway.yaml', 'fields: { weight: itn, mood: txet }\n');
  await untilFailure(
    expect.objectContaining({ name: 'ModelError', mistakes: [expect.anything(), expect.anything()] }),
  );
  expect(await keysOfIndex()).toEqual(['weight', 'mood']);
  // What is hidden meanwhile is hidden, by the keys that were good.
  write('a.md', '---\ndraft: true\nweight: 3\n---\nText.\n');
  await vi.waitFor(() => expect(reports.at(-1)?.report.totals.publicArticles).toBe(2), { timeout: 20_000 });
  expect(await keysOfIndex()).toEqual(['weight', 'mood']);
  write('gateway.yaml', 'fields: { mood: text }\n');
  await untilKeys('mood');
  await untilFailure(null);
  rmSync(join(folder, 'gateway.yaml'));
  await untilKeys();
});

test('while a mass removal waits for its word, the keys of what is kept stay', async () => {
  write('gateway.yaml', 'fields: { weight: int }\n');
  await untilKeys('weight');
  await thread.close();
  for (const name of ['a', 'b', 'gateway'])
    rmSync(join(folder, name === 'gateway' ? 'gateway.yaml' : `${name}.md`));
  const report = await syncContent({ folder, databaseUrl });
  expect(report.refusal?.reason).toBe('mass-removal');
  expect(await keysOfIndex()).toEqual(['weight']);
  write(`${randomUUID()}.md`, 'New.\n');
  await syncContent({ folder, databaseUrl, allowMassRemoval: true });
  expect(await keysOfIndex()).toEqual([]);
});
