import { fileProblems } from './file-problems.ts';
import type { Problem } from './problem.ts';
import type { ProblemTemplate } from './problem-template.ts';
import { valueProblems } from './value-problems.ts';

/** Every problem a content folder can have, by its code. */
export const problemCatalogue = { ...fileProblems, ...valueProblems };

/** A code of the catalogue. */
export type ProblemCode = keyof typeof problemCatalogue;

/** What a problem says beyond its template. */
export interface ProblemDetails {
  line?: number | null;
  column?: number | null;
  field?: string | null;
  value?: string | null;
  /** The words for the template's `{holes}`. */
  words?: Readonly<Record<string, string>>;
}

/** Makes a problem of the catalogue's template for `code` and what was found in the file at `path`. */
export function createProblem(code: ProblemCode, path: string, details: ProblemDetails = {}): Problem {
  const template: ProblemTemplate = problemCatalogue[code];
  const words = details.words ?? {};
  return {
    code,
    severity: template.severity,
    path,
    line: details.line ?? null,
    column: details.column ?? null,
    field: details.field ?? null,
    value: details.value == null ? null : shorten(details.value),
    message: fill(template.message, words),
    expected: template.expected === null ? null : fill(template.expected, words),
    fix: fill(template.fix, words),
  };
}

function fill(template: string, words: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/gu, (hole, name: string) => words[name] ?? hole);
}

function shorten(value: string): string {
  const line = value
    .slice(0, 400)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd');
  const characters = Array.from(line);
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : line;
}
