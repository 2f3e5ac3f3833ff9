import { createHash } from 'node:crypto';
import type { Problem } from '../../../content/problems/problem.ts';
import type { WrittenColumn } from '../../database/write-dialect.ts';
import type { Writer } from '../../database/writer.ts';
import type { ProblemCounts } from '../../sync-report.ts';
import { selectProblemCounts } from '../read/count-problems.ts';
import type { FileState } from './sync-state.ts';

/** Problems that are in memory at the same time, while they are written and while they are looked through. */
const CHUNK = 10_000;
/** Less than any position of a problem. */
const BEFORE_ALL = -1_000;
/** Problems that a report has. */
const MAX_REPORTED = 100_000;
/** And of those that are new. */
const MAX_NEW = 10;

/** What is wrong with files for what others have: at most one of each a file. */
export interface ProblemsAcrossFiles {
  slugs: readonly Problem[];
  paths: readonly Problem[];
  aliases: readonly Problem[];
}

/** What is wrong with the files that a sync reads: written in parts, however much it is. */
export interface ProblemStore {
  /** Takes the problems of a file that was read, also when it has none. */
  put(path: string, problems: readonly Problem[]): Promise<void>;
  /** Whether somebody was writing the file when it was read last. */
  isChanging(path: string): boolean;
  /** The first problems that were not there before. */
  news(): readonly Problem[];
  /**
   * Writes what is left, and takes away what was known of files that are gone.
   * @param files those that there are, by path
   * @param acrossFiles those of all files; null leaves them as they are
   * @returns whether any row was written or deleted
   */
  finish(files: ReadonlyMap<string, FileState>, acrossFiles: ProblemsAcrossFiles | null): Promise<boolean>;
}

type ProblemRow = [path: string, position: number, ...rest: (string | number | null)[]];

const integers = new Set(['position', 'line', '"column"', 'version']);
const columns = 'path, position, code, severity, line, "column", field, value, message, expected, fix';

const written = [...columns.split(', '), 'version'].map(
  (name): WrittenColumn => ({ name, type: integers.has(name) ? 'integer' : 'text' }),
);

/** @param known the files of the last sync */
export function openProblems(writer: Writer, known: ReadonlyMap<string, FileState>): ProblemStore {
  const pending = new Map<string, readonly Problem[]>();
  const changing = new Set<string>();
  const news: Problem[] = [];
  let held = 0;
  let hasWritten = false;

  async function replace(rows: ProblemRow[], inScope: string, scope: string): Promise<void> {
    const present = await readRows(writer, inScope, scope);
    rows.sort((a, b) => Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0])) || a[1] - b[1]);
    if (JSON.stringify(rows) === JSON.stringify(present)) return;
    const known = new Set(present.map(keyOf));
    for (const row of rows) {
      if (news.length === MAX_NEW) break;
      if (!known.has(keyOf(row))) news.push(problemOf(row));
    }
    await writeRows(writer, rows, inScope, scope);
    hasWritten = true;
  }

  async function flush(): Promise<void> {
    const rows = [...pending.values()].flatMap((problems) =>
      problems.map((problem, index) => problemRow(problem, index + 1)),
    );
    const paths = JSON.stringify([...pending.keys()]);
    pending.clear();
    held = 0;
    const inScope = `position > 0 AND path IN (SELECT value FROM ${writer.dialect.texts('?1')})`;
    await replace(rows, inScope, paths);
  }

  return {
    async put(path, problems) {
      const isChanging = problems.some(({ code }) => code === 'FILE_CHANGING');
      if (isChanging) changing.add(path);
      else changing.delete(path);
      pending.set(path, problems);
      held += problems.length + 1;
      if (held >= CHUNK) await flush();
    },
    isChanging: (path) => changing.has(path),
    news: () => news,
    async finish(files, acrossFiles) {
      await flush();
      const gone = [...known.keys()].filter((path) => !files.has(path));
      const scope = `path IN (SELECT value FROM ${writer.dialect.texts('?1')})${acrossFiles ? ' OR position <= 0' : ''}`;
      const { slugs, paths, aliases } = acrossFiles ?? { slugs: [], paths: [], aliases: [] };
      const rows = [slugs, paths, aliases].flatMap((problems, place) =>
        problems.map((problem) => problemRow(problem, 0 - place)),
      );
      await replace(rows, `(${scope})`, JSON.stringify(gone));
      return hasWritten;
    },
  };
}

function problemRow(problem: Problem, position: number): ProblemRow {
  const { path, code, severity, line, column, field, value, message, expected, fix } = problem;
  return [path, position, code, severity, line, column, field, value, message, expected, fix];
}

function problemOf([
  path,
  ,
  code,
  severity,
  line,
  column,
  field,
  value,
  message,
  expected,
  fix,
]: ProblemRow): Problem {
  // What was written is what was read.
  return { path, code, severity, line, column, field, value, message, expected, fix } as Problem;
}

/** A problem that moves among those of its file is no new one. */
function keyOf([path, , ...rest]: ProblemRow): string {
  return JSON.stringify([path, ...rest]);
}

async function readRows(writer: Writer, inScope: string, scope: string): Promise<ProblemRow[]> {
  const text = await writer.text(
    `SELECT json_group_array(json_array(${columns})) FROM (SELECT * FROM Problem WHERE ${inScope} ORDER BY path, position) AS known`,
    scope,
  );
  return JSON.parse(text ?? '[]');
}

/** Makes the rows in a scope these. They have version 0. */
async function writeRows(
  writer: Writer,
  rows: readonly ProblemRow[],
  inScope: string,
  scope: string,
): Promise<void> {
  await writer.run(`DELETE FROM Problem WHERE ${inScope}`, scope);
  await writer.run(
    writer.dialect.insertRows('Problem', written),
    JSON.stringify(rows.map((row) => [...row, 0])),
  );
}

/** What a report has of the problems. */
export interface KnownProblems {
  /** The first by path and position. */
  problems: Problem[];
  counts: ProblemCounts;
  /** The files that somebody was writing. */
  changing: string[];
  /** SHA-256 in hex of all. */
  digest: string;
}

/**
 * Goes through all problems by path and position.
 * @param most how many are given
 */
export async function readProblems(writer: Writer, most = MAX_REPORTED): Promise<KnownProblems> {
  const problems: Problem[] = [];
  const hash = createHash('sha256');
  let last: [path: string, position: number] = ['', BEFORE_ALL];
  for (let count = CHUNK; count === CHUNK; ) {
    const text = await writer.text(
      `SELECT json_group_array(json_array(position, json_object('code', code, 'severity', severity, 'path', path, 'line', line,
         'column', "column", 'field', field, 'value', value, 'message', message, 'expected', expected, 'fix', fix)))
       FROM (SELECT * FROM Problem WHERE (path, position) > (?, ?) ORDER BY path, position LIMIT ${CHUNK}) AS known`,
      ...last,
    );
    const chunk: [position: number, Problem][] = JSON.parse(text ?? '[]');
    hash.update(JSON.stringify(chunk));
    problems.push(...chunk.slice(0, most - problems.length).map(([, problem]) => problem));
    const [position = 0, problem] = chunk.at(-1) ?? [];
    last = [problem?.path ?? '', position];
    count = chunk.length;
  }
  return { problems, ...(await countProblems(writer)), digest: hash.digest('hex') };
}

/** What is known of the problems without going through them. */
export async function countProblems(writer: Writer): Promise<Pick<KnownProblems, 'counts' | 'changing'>> {
  const text = await writer.text(
    `SELECT json_object(
       'counts', (${selectProblemCounts}),
       'changing', (SELECT json_group_array(path) FROM Problem WHERE code = 'FILE_CHANGING'))`,
  );
  const { counts, changing } = JSON.parse(text ?? '{}');
  return { counts, changing: changing ?? [] };
}
