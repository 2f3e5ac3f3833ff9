import { expect, test } from 'vitest';
import { formatProblems, summariseProblems } from '../../src/cli/output/format-problems.ts';
import { formatDatabase } from '../../src/cli/output/format-report.ts';
import type { Problem } from '../../src/content/problems/problem.ts';

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

test('problems that say the same of the same key are one line, unless each is asked for', () => {
  const alike = Array.from({ length: 1_200 }, (_, at) =>
    problem('UNKNOWN_KEY', `${at}.md`, { line: 4, column: 1, field: 'weight', message: 'Not a key.' }),
  );
  const links = [2, 5].map((at) =>
    problem('UNKNOWN_KEY', 'l.md', {
      line: at,
      column: 3,
      field: `related[${at}].rank`,
      message: 'Not a key.',
    }),
  );
  const all = [...links, ...alike, problem('UNKNOWN_KEY', 'x.md', { field: 'titel', message: 'Not a key.' })];
  expect(formatProblems(all, { folder: '.', paint: plain })).toEqual([
    'notice UNKNOWN_KEY (1203)',
    '  `weight` in 1,200 files: Not a key. First: 0.md:4:1',
    '  `related[].rank` in 2 places of 1 file: Not a key. First: l.md:2:3',
    '  x.md  titel: Not a key.',
  ]);
  expect(formatProblems(all, { folder: '.', isEach: true, paint: plain })).toHaveLength(1_204);
  expect(formatProblems(all, { folder: '.', limit: 2, paint: plain }).at(-1)).toMatch(/^… and 1 more/);
});

test('more than the limit are counted', () => {
  expect(formatProblems(problems, { folder: 'articles', limit: 3, paint: plain }).at(-1)).toBe(
    '… and 1 more: npm run check -- --all shows each',
  );
});

test('problems and files are counted', () => {
  expect(summariseProblems({ problems: 4_000, files: 3 })).toBe('4,000 problems in 3 files');
  expect(summariseProblems({ problems: 1, files: 1 })).toBe('1 problem in 1 file');
  expect(summariseProblems({ problems: 0, files: 0 })).toBe('no problems');
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
