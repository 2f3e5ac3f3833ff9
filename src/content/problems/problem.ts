/**
 * `error`: the file was rejected. `warning`: it was loaded without the value in question, or hidden.
 * `notice`: it was loaded whole, and something in it was not used.
 */
export type Severity = 'error' | 'warning' | 'notice';

/** Something in one file that its author should know. Data, never thrown. */
export interface Problem {
  code: string;
  severity: Severity;
  /** Relative to the content folder, with `/`. */
  path: string;
  /** Counted from 1; null when the problem is the file's, not a place's. */
  line: number | null;
  /** Counted from 1. */
  column: number | null;
  /** The key as the author wrote it, with a dotted path for nested ones: `related[0].webUrl`. */
  field: string | null;
  /** What was found, cut to 80 characters. */
  value: string | null;
  message: string;
  expected: string | null;
  /** What to do about it. */
  fix: string | null;
}
