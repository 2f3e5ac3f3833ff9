import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readPage } from './markdown.ts';

const src = fileURLToPath(new URL('../../src/', import.meta.url));
const { forbidden }: { forbidden: { name: string }[] } = createRequire(import.meta.url)(
  '../../.dependency-cruiser.cjs',
);
const rules = new Set(forbidden.map(({ name }) => name));

const folders = readdirSync(src, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => `${entry.parentPath}/${entry.name}`.slice(src.length).replace(/^\//u, ''))
  .filter((folder) => !folder.startsWith('generated'));
const filesOf = (folder: string) => readdirSync(`${src}${folder}`).filter((name) => name.endsWith('.ts'));

describe('the rooms of src', () => {
  it.each(folders)('%s: at most 16 files, and a rule of what they may import', (folder) => {
    const files = filesOf(folder);
    expect(files.length).toBeLessThanOrEqual(16);
    if (files.length > 0 && folder !== 'config') expect(rules).toContain(`${folder}-imports`);
  });

  it('have no rule for what is not there', () => {
    const named = [...rules].filter((name) => name.endsWith('-imports')).map((name) => name.slice(0, -8));
    for (const name of named) {
      expect(existsSync(`${src}${name}`) || existsSync(`${src}${name}.ts`), name).toBe(true);
    }
  });

  it('are those of docs/architecture.md', () => {
    const page = readPage('docs/architecture.md');
    // Of a layer's own folder and of config, which has no rooms, the table of layers tells; the doctor's room is the commands'.
    const rooms = folders.filter((folder) => folder.includes('/') && filesOf(folder).length > 0);
    expect(rooms.length).toBeGreaterThan(30);
    for (const folder of rooms) {
      if (folder === 'cli/commands/doctor') continue;
      expect(page, folder).toContain(`\`${folder.slice(folder.indexOf('/') + 1)}\``);
    }
  });
});
