import matter from 'gray-matter';
import { YAMLException } from 'js-yaml';
import { findExcess, MAX_BLOCK_LENGTH } from './bound-front-matter.ts';
import { describeKind } from './collect-problems.ts';
import { loadYaml, MAX_YAML_NODES, YamlBoolean, YamlBudgetError } from './load-yaml.ts';
import { locateSyntaxError } from './locate-problem.ts';
import type { Problem } from './problem.ts';
import { createProblem, type ProblemCode, type ProblemDetails } from './problem-catalogue.ts';

/** A file's text taken apart. `block` is the YAML between the two lines `---`; its first line is the file's second. */
export type FrontMatter =
  | { kind: 'none'; body: string }
  | { kind: 'found'; data: Record<string, unknown>; block: string; body: string }
  | { kind: 'rejected'; problem: Problem };

const complexity = { limit: MAX_YAML_NODES.toLocaleString('en') };
const OPENER = /^---[ \t]*(?:ya?ml)?[ \t]*$/iu;

const refuse = (): never => {
  throw new YAMLException('front matter is YAML only');
};

/**
 * Handed over at every call: without options gray-matter caches by content, shares the object, and answers `{}` the second
 * time a broken file is asked for. A closing `---foo` would end its block early, so the delimiter holds the line's end.
 */
const OPTIONS = {
  language: 'yaml',
  delimiters: ['---', '---\n'] as [string, string],
  engines: {
    // What the engine returns is checked below; gray-matter's types know objects only.
    yaml: (block: string): object => ({ value: loadYaml(block) }),
    javascript: refuse,
    js: refuse,
    json: refuse,
    coffee: refuse,
    coffeescript: refuse,
    cson: refuse,
    toml: refuse,
  },
};

/**
 * Takes YAML front matter off a file's text (without BOM, line ends `\n`). A file whose first line is `---` either has
 * front matter that reads as a mapping, or is rejected: it is never taken for body text. Only YAML is read, whatever the
 * first line asks for, and nothing in it is ever run.
 */
export function parseFrontMatter(path: string, text: string): FrontMatter {
  if (!text.startsWith('---') || text[3] === '-') return { kind: 'none', body: text };
  const reject = (code: ProblemCode, details: ProblemDetails = {}): FrontMatter => ({
    kind: 'rejected',
    problem: createProblem(code, path, { line: 1, column: 1, ...details }),
  });

  const openerEnd = text.indexOf('\n');
  const opener = openerEnd === -1 ? text : text.slice(0, openerEnd);
  if (opener.length > 200 || !OPENER.test(opener)) return reject('FRONT_MATTER_LANGUAGE', { value: opener });
  const close = openerEnd === -1 ? null : findClose(text, openerEnd);
  if (close === null) return reject('FRONT_MATTER_UNCLOSED');

  const block = text.slice(openerEnd + 1, Math.max(close.start, openerEnd + 1));
  const excess = findExcess(block);
  if (excess === 'large') {
    return reject('FRONT_MATTER_TOO_LARGE', { words: { limit: MAX_BLOCK_LENGTH.toLocaleString('en') } });
  }
  if (excess === 'complex') return reject('FRONT_MATTER_TOO_COMPLEX', { words: complexity });
  try {
    // Without the body, which gray-matter would copy twice.
    const parsed = matter(`---\n${block}\n---\n`, OPTIONS);
    // gray-matter does not call the engine for a block of comments only.
    const data: unknown = 'value' in parsed.data ? (parsed.data.value ?? null) : {};
    if (!isMapping(data))
      return reject('FRONT_MATTER_NOT_MAPPING', { line: 2, words: { found: describeKind(data) } });
    return { kind: 'found', data, block, body: text.slice(close.end) };
  } catch (error) {
    if (error instanceof YamlBudgetError || error instanceof RangeError) {
      return reject('FRONT_MATTER_TOO_COMPLEX', { words: complexity });
    }
    if (!(error instanceof YAMLException)) throw error;
    return reject(...explain(block, error));
  }
}

/** The first line that is `---` and nothing more: where it begins (at the line break before it) and where the body does. */
function findClose(text: string, from: number): { start: number; end: number } | null {
  for (let start = text.indexOf('\n---', from); start !== -1; start = text.indexOf('\n---', start + 1)) {
    let end = start + 4;
    while (text[end] === ' ' || text[end] === '\t') end += 1;
    if (end === text.length || text[end] === '\n') return { start, end: Math.min(end + 1, text.length) };
  }
  return null;
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof YamlBoolean)
  );
}

function explain(block: string, error: YAMLException): [ProblemCode, ProblemDetails] {
  const { line, column } = locateSyntaxError(block, error.mark);
  const reason = error.reason ?? error.message;
  if (reason === 'duplicated mapping key') return ['FRONT_MATTER_DUPLICATE_KEY', { line, column }];
  if (reason.startsWith('nesting exceeded') || reason.startsWith('merge keys exceeded')) {
    return ['FRONT_MATTER_TOO_COMPLEX', { line, column, words: complexity }];
  }
  return ['FRONT_MATTER_SYNTAX', { line, column, words: { reason } }];
}
