import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Lines of all sources that a pattern meets, as `file: line`. */
function linesWith(pattern: RegExp): string[] {
  return ['src', 'scripts', 'test'].flatMap((folder) => {
    const root = new URL(`../../${folder}/`, import.meta.url);
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('.ts') && !name.startsWith('generated/'))
      .flatMap((name) => {
        const lines = readFileSync(new URL(name, root), 'utf8').split('\n');
        return lines.filter((line) => pattern.test(line)).map((line) => `${folder}/${name}: ${line.trim()}`);
      });
  });
}

test('a docstring says what is thrown after @throws', () => {
  expect(linesWith(/^\s*(?:\/\*)?\*.*(?:[.;] |^\s*\* )(?:Throws|Rejects with)\b/u)).toEqual([]);
});

test('a fixed bound is called MAX_X or MIN_X; what is called a limit is a setting', () => {
  expect(linesWith(/\bconst [A-Z_]*(?:LIMIT|_MAX|_MIN)(?:_[A-Z_]*)? = [\d(]/u)).toEqual([]);
  expect(linesWith(/\bconst [a-z]\w*Limit(?:Ms|Bytes)? = [\d(]/u)).toEqual([]);
});
