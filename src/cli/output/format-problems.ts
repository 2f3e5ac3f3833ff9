import { join, relative } from 'node:path';
import { escapeControls } from '../../content/problems/escape-controls.ts';
import type { Problem, Severity } from '../../content/problems/problem.ts';
import type { Terminal } from './terminal.ts';

const severities = ['error', 'warning', 'notice'] as const satisfies readonly Severity[];
const colours = { error: 'red', warning: 'yellow', notice: 'cyan' } as const satisfies Record<
  Severity,
  string
>;

export interface FormatOptions {
  /** The content folder, to which the problems' paths are relative. */
  folder: string;
  /** A line for each problem, in place of one for all that say the same of the same key. @default false */
  isEach?: boolean;
  /** Lines of problems shown at most. @default all */
  limit?: number;
  paint: Terminal['paint'];
}

/**
 * Problems by kind, the gravest first: a line for all that say the same of the same key, with the first place as
 * `path:line:column` from the working directory, which editors and terminals make a link of. Gives no line when there is none.
 */
export function formatProblems(problems: readonly Problem[], options: FormatOptions): string[] {
  const { limit = Number.POSITIVE_INFINITY, isEach = false, paint } = options;
  const lines: string[] = [];
  let [shown, told] = [0, 0];
  for (const [code, kind] of groupByKind(problems)) {
    const severity = kind[0]?.severity ?? 'notice';
    if (shown >= limit) break;
    lines.push(`${paint(colours[severity], severity)} ${paint('bold', code)} (${kind.length})`);
    const alike = isEach ? kind.map((problem) => [problem]) : groupAlike(kind);
    for (const group of alike.slice(0, limit - shown)) {
      lines.push(`  ${formatGroup(group, options)}`);
      shown += 1;
      told += group.length;
    }
  }
  const rest = problems.length - told;
  if (rest > 0) lines.push(`… and ${rest.toLocaleString('en')} more: npm run check -- --all shows each`);
  return lines;
}

/** `N problems in M files`, or that there are none. */
export function summariseProblems({ problems, files }: { problems: number; files: number }): string {
  return problems === 0 ? 'no problems' : `${count(problems, 'problem')} in ${count(files, 'file')}`;
}

/** `1 file`, `2 files`, `1,000 files`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? noun : plural}`;
}

/** Groups of one code and severity: the gravest first, then the largest, then by name. */
function groupByKind(problems: readonly Problem[]): [string, Problem[]][] {
  const groups = groupBy(problems, ({ severity, code }) => `${severities.indexOf(severity)} ${code}`);
  const rank = (key: string) => Number(key.slice(0, 1));
  return [...groups]
    .sort(([a, first], [b, second]) => rank(a) - rank(b) || second.length - first.length || (a < b ? -1 : 1))
    .map(([key, group]) => [key.slice(2), group]);
}

/** As Map.groupBy, which Node 20 has not. */
function groupBy(problems: readonly Problem[], keyOf: (problem: Problem) => string): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = keyOf(problem);
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return groups;
}

/** Groups that say the same of the same key, whatever its place in a list; the largest first. */
function groupAlike(problems: readonly Problem[]): Problem[][] {
  const groups = groupBy(problems, ({ field, message, fix }) =>
    JSON.stringify([anywhere(field), message, fix]),
  );
  return [...groups.values()].sort((a, b) => b.length - a.length);
}

/** `related[].webUrl` of `related[3].webUrl`. */
function anywhere(field: string | null): string | null {
  return field?.replace(/\[\d+\]/gu, '[]') ?? null;
}

function formatGroup(group: readonly Problem[], { folder, paint }: FormatOptions): string {
  const [first] = group as [Problem];
  const { line, column, field, value, message, fix } = first;
  const place = [join(relative('.', folder), first.path), line, column]
    .filter((part) => part !== null)
    .join(':');
  const found = value === null ? '' : ` (found: ${value})`;
  const remedy = paint('dim', escapeControls(fix === null ? '' : ` — ${fix}`));
  const shownPlace = paint('bold', escapeControls(place));
  if (group.length === 1) {
    const about = field === null ? '' : `${field}: `;
    return `${shownPlace}  ${escapeControls(`${about}${message}${found}`)}${remedy}`;
  }
  const about = `${field === null ? '' : `\`${anywhere(field)}\` `}in ${countFiles(group)}: ${message}`;
  return `${escapeControls(about)}${remedy} First: ${shownPlace}${escapeControls(found)}`;
}

function countFiles(group: readonly Problem[]): string {
  const files = new Set(group.map(({ path }) => path)).size;
  if (files === group.length) return count(files, 'file');
  return `${count(group.length, 'place')} of ${count(files, 'file')}`;
}
