import { describe, expect, it } from 'vitest';
import { codeRows, readPage, section } from './markdown.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  overrides: Record<string, string>;
}

describe('docs/dependencies.md', () => {
  const manifest: Manifest = JSON.parse(readPage('package.json'));
  const page = readPage('docs/dependencies.md');

  it.each([
    ['## At run time', manifest.dependencies],
    ['## For development', manifest.devDependencies],
    ['## Overrides', manifest.overrides],
  ])('%s: a reason for each package', (heading, packages) => {
    const rows = codeRows(section(page, heading));
    expect(rows.map(([name]) => name).sort()).toEqual(Object.keys(packages).sort());
    for (const [name, reason] of rows) expect(reason, name).not.toBe('');
  });
});
