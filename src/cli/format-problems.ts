import { join, relative } from 'node:path';
import { escapeControls } from '../content/escape-controls.ts';
import type { Problem, Severity } from '../content/problem.ts';
import type { Terminal } from './terminal.ts';

const severities = ['error', 'warning', 'notice'] as const satisfies readonly Severity[];
const colours = { error: 'red', warning: 'yellow', notice: 'cyan' } as const satisfies Record<
  Severity,
  string
>;

export interface FormatOptions {
  /** The content folder, to which the problems' paths are relative. */
  folder: string;
  /** Lines of problems shown at most. @default all */
  limit?: number;
  paint: Terminal['paint'];
}

/**
 * Problems by kind, the gravest first, each as `path:line:column` from the working directory, which editors and
 * terminals make a link of. Gives no line when there is none.
 */
export function formatProblems(problems: readonly Problem[], options: FormatOptions): string[] {
  const { limit = Number.POSITIVE_INFINITY, paint } = options;
  const lines: string[] = [];
  let shown = 0;
  for (const [code, group] of groupByKind(problems)) {
    const severity = group[0]?.severity ?? 'notice';
    if (shown >= limit) break;
    lines.push(`${paint(colours[severity], severity)} ${paint('bold', code)} (${group.length})`);
    for (const problem of group.slice(0, limit - shown)) lines.push(`  ${formatLine(problem, options)}`);
    shown += Math.min(group.length, limit - shown);
  }
  const rest = problems.length - shown;
  if (rest > 0) lines.push(`… and ${rest} more: npm run check shows all`);
  return lines;
}

/** `N problems in M files`, or that there are none. */
export function summariseProblems(problems: readonly Problem[]): string {
  const files = new Set(problems.map(({ path }) => path)).size;
  if (files === 0) return 'no problems';
  return `${count(problems.length, 'problem')} in ${count(files, 'file')}`;
}

/** How many problems there are of each severity. */
export function countSeverities(problems: readonly Problem[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, notice: 0 };
  for (const { severity } of problems) counts[severity] += 1;
  return counts;
}

/** `1 file`, `2 files`, `1,000 files`. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Groups of one code and severity: the gravest first, then the largest, then by name. */
function groupByKind(problems: readonly Problem[]): [string, Problem[]][] {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = `${severities.indexOf(problem.severity)} ${problem.code}`;
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  const rank = (key: string) => Number(key.slice(0, 1));
  return [...groups]
    .sort(([a, first], [b, second]) => rank(a) - rank(b) || second.length - first.length || (a < b ? -1 : 1))
    .map(([key, group]) => [key.slice(2), group]);
}

function formatLine(problem: Problem, { folder, paint }: FormatOptions): string {
  const { line, column, field, value, message, fix } = problem;
  const place = [join(relative('.', folder), problem.path), line, column]
    .filter((part) => part !== null)
    .join(':');
  const about = field === null ? '' : `${field}: `;
  const found = value === null ? '' : ` (found: ${value})`;
  const remedy = fix === null ? '' : ` — ${fix}`;
  return `${paint('bold', escapeControls(place))}  ${escapeControls(`${about}${message}${found}`)}${paint('dim', escapeControls(remedy))}`;
}
