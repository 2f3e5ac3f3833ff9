import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What a test puts into a file's front matter. */
export type FrontMatter = Record<string, unknown>;

/** A content folder of a test's own. */
export interface ContentFolder {
  path: string;
  write(path: string, front: FrontMatter, body?: string): void;
  writeText(path: string, text: string): void;
  rename(from: string, to: string): void;
  remove(...paths: string[]): void;
  delete(): void;
}

export function createContentFolder(): ContentFolder {
  const path = mkdtempSync(join(tmpdir(), 'content-'));
  const place = (name: string) => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  };
  return {
    path,
    write(name, front, body = 'A line.\n') {
      // JSON is YAML.
      const keys = Object.entries(front).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
      writeFileSync(place(name), `---\n${keys.join('')}---\n${body}`);
    },
    writeText: (name, text) => writeFileSync(place(name), text),
    rename: (from, to) => renameSync(join(path, from), place(to)),
    remove: (...names) => {
      for (const name of names) rmSync(join(path, name));
    },
    delete: () => rmSync(path, { recursive: true, force: true }),
  };
}
