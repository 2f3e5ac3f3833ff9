import type { WrittenColumn } from '../../database/write-dialect.ts';
import type { Writer } from '../../database/writer.ts';
import type { FileState } from './sync-state.ts';

const CHUNK = 5_000;

/** All but the path. */
const fileColumns = [
  ...(['size', 'mtimeMs', 'digest', 'state', 'slug', 'articleId', 'wanted', 'locale'] as const),
  ...(['wantedPath', 'sitePath', 'isDisplaced', 'isSettled'] as const),
];

const types: Partial<Record<(typeof fileColumns)[number], WrittenColumn['type']>> = {
  ...{ size: 'integer', mtimeMs: 'real', isDisplaced: 'integer', isSettled: 'integer' },
};

const written: readonly WrittenColumn[] = [
  { name: 'path', type: 'text' },
  ...fileColumns.map((name) => ({ name, type: types[name] ?? ('text' as const) })),
];

/** Writes the rows of SourceFile that differ from the last sync's. Gives how many rows it wrote or deleted. */
export async function recordFiles(
  writer: Writer,
  known: ReadonlyMap<string, FileState>,
  next: ReadonlyMap<string, FileState>,
): Promise<number> {
  const changed = [...next.values()].filter((row) => !isSameRow(known.get(row.path), row));
  const gone = [...known.keys()].filter((path) => !next.has(path));
  for (let start = 0; start < changed.length; start += CHUNK) {
    const rows = changed
      .slice(start, start + CHUNK)
      .map((row) => [row.path, ...fileColumns.map((name) => toCell(row[name]))]);
    await writer.run(
      `${writer.dialect.insertRows('SourceFile', written)}
       ON CONFLICT (path) DO UPDATE SET ${fileColumns.map((name) => `${name} = excluded.${name}`).join(', ')}`,
      JSON.stringify(rows),
    );
  }
  if (gone.length > 0) {
    await writer.run(
      `DELETE FROM SourceFile WHERE path IN (SELECT value FROM ${writer.dialect.texts('?')})`,
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
