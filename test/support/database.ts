import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../src/store/sqlite/file/migrate.ts';

export interface TestDatabase {
  url: string;
  file: string;
  /** A folder of its own, in which the database is; for content or whatever else the test needs. */
  folder: string;
  remove(): void;
}

let template: Promise<string> | undefined;

/** A fresh, empty database with the committed migrations in a temporary folder of its own. */
export async function createTestDatabase(): Promise<TestDatabase> {
  template ??= makeTemplate();
  const source = await template;
  const folder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const file = join(folder, 'gateway.db');
  copyFileSync(source, file);
  return {
    url: `file:${file}`,
    file,
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Migrations take a hundred times as long as a copy. */
async function makeTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-template-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'template.db');
  await migrate(`file:${file}`);
  return file;
}
