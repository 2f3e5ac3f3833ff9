/** Rows that a statement may go through beside those of a page: to sort them, to filter them or to count what is left. */
export interface Scan {
  table: string;
  /** The table from whose rows they are reached; null at the root. */
  parent: string | null;
  /** How often that may be, in one answer. */
  times: number;
  /** Response path of the field. */
  field: string;
}

/** How many rows one scan goes through at most; Infinity where that is not known. */
export type RowsOf = (scan: Pick<Scan, 'table' | 'parent'>) => number;

// A row that is gone through and not given takes about a tenth of the time of one that is.
const ROWS_A_CHARGE = 10;
const MAX_CHARGE = 5_000;

/** What a scan is charged, in rows of an answer. */
export function chargeOf(scan: Scan, rowsOf: RowsOf): number {
  return scan.times * Math.min(MAX_CHARGE, Math.ceil(rowsOf(scan) / ROWS_A_CHARGE));
}

/** The scan that is charged most; undefined when there is none. */
export function dearestOf(scans: readonly Scan[], rowsOf: RowsOf): Scan | undefined {
  return scans.reduce<Scan | undefined>(
    (dearest, scan) => (dearest && chargeOf(dearest, rowsOf) >= chargeOf(scan, rowsOf) ? dearest : scan),
    undefined,
  );
}
