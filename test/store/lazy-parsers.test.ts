import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What a module imports whenever it is loaded: packages, and files with what they import. */
function importsOf(entry: URL): Set<string> {
  const packages = new Set<string>();
  const seen = new Set([entry.href]);
  for (const href of seen) {
    const code = readFileSync(new URL(href), 'utf8');
    for (const [, from = ''] of code.matchAll(/^(?:import|\}) (?!type )[^;'"]*'([^']+)';$/gmu)) {
      if (from.startsWith('.')) seen.add(new URL(from, href).href);
      else packages.add(from);
    }
  }
  return packages;
}

test('a sync that finds nothing to read loads no parser', () => {
  const packages = importsOf(new URL('../../src/store/sync/sync-content.ts', import.meta.url));
  expect([...packages]).toContain('libsql');
  for (const name of ['gray-matter', 'js-yaml', 'smol-toml', 'entities'])
    expect([...packages]).not.toContain(name);
});
