import { expect, test } from 'vitest';
import { formatProblems, summariseProblems } from '../../src/cli/format-problems.ts';
import { formatDatabase } from '../../src/cli/format-report.ts';
import type { Problem } from '../../src/content/problem.ts';

const plain = (_: string, text: string) => text;

function problem(code: string, path: string, more: Partial<Problem> = {}): Problem {
  const nothing = { line: null, column: null, field: null, value: null, expected: null, fix: null };
  return { code, severity: 'notice', path, message: `About ${path}.`, ...nothing, ...more };
}

const problems = [
  problem('KEY_UNKNOWN', 'a.md', { line: 3, column: 1, field: 'titel', fix: 'Did you mean title?' }),
  problem('BAD_VALUE', 'a.md', { severity: 'warning', line: 4, column: 9, field: 'heat', value: 'warm' }),
  problem('KEY_UNKNOWN', 'b.md', { line: 2, column: 1 }),
  problem('NOT_UTF8', 'c.md', { severity: 'error' }),
];

test('problems come by kind, the gravest first, at places that editors can open', () => {
  expect(formatProblems(problems, { folder: 'articles', paint: plain })).toEqual([
    'error NOT_UTF8 (1)',
    '  articles/c.md  About c.md.',
    'warning BAD_VALUE (1)',
    '  articles/a.md:4:9  heat: About a.md. (found: warm)',
    'notice KEY_UNKNOWN (2)',
    '  articles/a.md:3:1  titel: About a.md. — Did you mean title?',
    '  articles/b.md:2:1  About b.md.',
  ]);
});

test('more than the limit are counted', () => {
  expect(formatProblems(problems, { folder: 'articles', limit: 3, paint: plain }).at(-1)).toBe(
    '… and 1 more: npm run check shows all',
  );
});

test('problems and files are counted', () => {
  expect(summariseProblems(problems)).toBe('4 problems in 3 files');
  expect(summariseProblems(problems.slice(3))).toBe('1 problem in 1 file');
  expect(summariseProblems([])).toBe('no problems');
});

test('a file name cannot command the terminal', () => {
  const lines = formatProblems([problem('X', 'a\u001b]0;owned\u0007.md')], { folder: '.', paint: plain });
  expect(lines.join('')).not.toContain('\u001b');
  expect(lines.join('')).not.toContain('\u0007');
});

test('a database is shown without its password', () => {
  expect(formatDatabase('postgresql://press:hunter2@db.example/gateway')).toBe(
    'postgresql://press:…@db.example/gateway',
  );
});
