import type { Severity } from './problem.ts';

/** What is said of every problem with one code. `{word}` is filled in from what was found. */
export interface ProblemTemplate {
  readonly severity: Severity;
  readonly message: string;
  readonly expected: string | null;
  readonly fix: string;
}

type MakeTemplate = (message: string, expected: string | null, fix: string) => ProblemTemplate;

/** The file is rejected. */
export const error: MakeTemplate = (message, expected, fix) => ({
  severity: 'error',
  message,
  expected,
  fix,
});
/** The file is loaded without the value, or hidden. */
export const warning: MakeTemplate = (message, expected, fix) => ({
  severity: 'warning',
  message,
  expected,
  fix,
});
/** The file is loaded whole. */
export const notice: MakeTemplate = (message, expected, fix) => ({
  severity: 'notice',
  message,
  expected,
  fix,
});
