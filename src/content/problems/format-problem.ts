import { escapeControls } from './escape-controls.ts';
import type { Problem } from './problem.ts';

/** One line for a terminal or a log: `path:line:col  severity CODE field: message — fix`, without what is not known. */
export function formatProblem(problem: Problem): string {
  const place = [problem.path, problem.line, problem.column].filter((part) => part !== null).join(':');
  const field = problem.field === null ? '' : `${problem.field}: `;
  const found = problem.value === null ? '' : ` (found: ${problem.value})`;
  const fix = problem.fix === null ? '' : ` — ${problem.fix}`;
  // A file name may hold anything a terminal acts on.
  return escapeControls(
    `${place}  ${problem.severity} ${problem.code} ${field}${problem.message}${found}${fix}`,
  );
}
