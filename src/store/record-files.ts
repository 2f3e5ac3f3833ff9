import { createHash } from 'node:crypto';
import type { Problem } from '../content/problem.ts';
import type { Ledger } from './ledger.ts';
import type { FileState } from './sync-state.ts';
import type { Writer } from './writer.ts';

const chunk = 5_000;

/** All but the path. */
const fileColumns = [
  ...(['size', 'mtimeMs', 'digest', 'state', 'slug', 'articleId', 'wanted', 'locale'] as const),
  ...(['isDisplaced', 'isSettled'] as const),
];

/** Writes the rows of SourceFile that differ from the last sync's. Gives how many rows it wrote or deleted. */
export async function recordFiles(
  writer: Writer,
  known: ReadonlyMap<string, FileState>,
  next: ReadonlyMap<string, FileState>,
): Promise<number> {
  const changed = [...next.values()].filter((row) => !isSameRow(known.get(row.path), row));
  const gone = [...known.keys()].filter((path) => !next.has(path));
  for (let start = 0; start < changed.length; start += chunk) {
    const rows = changed
      .slice(start, start + chunk)
      .map((row) => [row.path, ...fileColumns.map((name) => toCell(row[name]))]);
    await writer.run(
      `INSERT INTO SourceFile (path, ${fileColumns.join(', ')})
       SELECT value ->> 0, ${fileColumns.map((_, index) => `value ->> ${index + 1}`).join(', ')}
       FROM json_each(?) WHERE true
       ON CONFLICT (path) DO UPDATE SET ${fileColumns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      JSON.stringify(rows),
    );
  }
  if (gone.length > 0) {
    await writer.run(
      'DELETE FROM SourceFile WHERE path IN (SELECT value FROM json_each(?))',
      JSON.stringify(gone),
    );
  }
  return changed.length + gone.length;
}

function toCell(value: string | number | boolean | null): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

function isSameRow(a: FileState | undefined, b: FileState): boolean {
  return a === b || (a !== undefined && fileColumns.every((name) => a[name] === b[name]));
}

type ProblemRow = [path: string, position: number, ...rest: (string | number | null)[]];

const columns = 'path, position, code, severity, line, "column", field, value, message, expected, fix';

function problemRow(problem: Problem, position: number): ProblemRow {
  const { path, code, severity, line, column, field, value, message, expected, fix } = problem;
  return [path, position, code, severity, line, column, field, value, message, expected, fix];
}

/**
 * Writes the problems that differ from the last sync's.
 * @param found the problems of every file that was read, also when it has none
 * @param displaced those of all files whose slug is another's
 * @returns whether a row was written or deleted
 */
export async function recordProblems(
  writer: Writer,
  ledger: Ledger,
  known: ReadonlyMap<string, FileState>,
  found: ReadonlyMap<string, readonly Problem[]>,
  displaced: readonly Problem[],
): Promise<boolean> {
  const rows: ProblemRow[] = displaced.map((problem) => problemRow(problem, 0));
  for (const problems of found.values())
    rows.push(...problems.map((problem, index) => problemRow(problem, index + 1)));
  const gone = [...known.keys()].filter((path) => !ledger.files.has(path));
  // Of files that were not read only what hangs on other files can have changed.
  const wereDisplaced = [...known.values()].filter(({ isDisplaced }) => isDisplaced).map(({ path }) => path);
  const elsewhere = [...wereDisplaced, ...displaced.map(({ path }) => path)];
  const scope = JSON.stringify([[...found.keys(), ...gone], elsewhere]);
  const inScope = `(path IN (SELECT value FROM json_each(?1, '$[0]'))
    OR position = 0 AND path IN (SELECT value FROM json_each(?1, '$[1]')))`;
  const present = await writer.text(
    `SELECT json_group_array(json_array(${columns})) FROM (SELECT * FROM Problem WHERE ${inScope} ORDER BY path, position)`,
    scope,
  );
  rows.sort((a, b) => Buffer.compare(Buffer.from(a[0]), Buffer.from(b[0])) || a[1] - b[1]);
  const wanted = JSON.stringify(rows);
  if (wanted === JSON.stringify(JSON.parse(present ?? '[]'))) return false;
  await writer.run(`DELETE FROM Problem WHERE ${inScope}`, scope);
  const values = columns.split(', ').map((_, index) => `value ->> ${index}`);
  await writer.run(
    `INSERT INTO Problem (${columns}, version) SELECT ${values.join(', ')}, 0 FROM json_each(?)`,
    wanted,
  );
  return true;
}

/** All problems by path and position. */
export async function readProblems(writer: Writer): Promise<Problem[]> {
  const text = await writer.text(`
    SELECT json_group_array(json_object('code', code, 'severity', severity, 'path', path, 'line', line, 'column', "column",
      'field', field, 'value', value, 'message', message, 'expected', expected, 'fix', fix))
    FROM (SELECT * FROM Problem ORDER BY path, position)`);
  return JSON.parse(text ?? '[]');
}

/** SHA-256 in hex of all problems. */
export function digestProblems(problems: readonly Problem[]): string {
  return createHash('sha256').update(JSON.stringify(problems)).digest('hex');
}
