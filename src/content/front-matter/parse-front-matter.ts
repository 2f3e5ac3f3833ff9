import matter from 'gray-matter';
import { YAMLException } from 'js-yaml';
import type { Problem } from '../problems/problem.ts';
import { createProblem, type ProblemCode, type ProblemDetails } from '../problems/problem-catalogue.ts';
import { describeKind, YamlBoolean } from '../values/yaml-boolean.ts';
import { findHidingLine } from '../visibility/find-visibility.ts';
import { findExcess, MAX_BLOCK_LENGTH } from './bound-front-matter.ts';
import { FrontMatterSyntaxError } from './front-matter-syntax-error.ts';
import { loadJson } from './load-json.ts';
import { loadToml } from './load-toml.ts';
import { loadYaml, MAX_YAML_NODES, YamlBudgetError } from './load-yaml.ts';
import { locateSyntaxError } from './locate-problem.ts';
import { type FrontMatterLanguage, type SplitText, splitFrontMatter } from './split-front-matter.ts';
import { loadHeader, splitHeader } from './split-header.ts';

/** A file's text taken apart. `linesBefore` is how many lines of the file stand before the block. */
export type FrontMatter =
  | { kind: 'none'; body: string }
  | {
      kind: 'found';
      data: Record<string, unknown>;
      language: FrontMatterLanguage;
      block: string;
      linesBefore: number;
      body: string;
    }
  /** `hidingKey`: one that says that the article is hidden, readable although the whole is not. */
  | { kind: 'rejected'; problem: Problem; hidingKey: string | null };

const complexity = { limit: MAX_YAML_NODES.toLocaleString('en') };
const refuse = (): never => {
  throw new FrontMatterSyntaxError('Only YAML, TOML and JSON are read.', { line: 1, column: 1 });
};

/**
 * Handed over at every call: without options gray-matter caches by content, shares the object, and answers `{}` the second
 * time a broken file is asked for. A closing `---foo` would end its block early, so the delimiter holds the line's end.
 */
const OPTIONS = {
  delimiters: ['---', '---\n'] as [string, string],
  engines: {
    // What an engine returns is checked below; gray-matter's types know objects only.
    yaml: (block: string): object => ({ value: loadYaml(block) }),
    toml: (block: string): object => ({ value: loadToml(withoutFirstBreak(block)) }),
    json: (block: string): object => ({ value: loadJson(withoutFirstBreak(block)) }),
    javascript: refuse,
    js: refuse,
    coffee: refuse,
    coffeescript: refuse,
    cson: refuse,
  },
};

/**
 * Takes front matter off a file's text (without BOM, line ends `\n`). A file that begins as one with front matter does either
 * has front matter that reads as a mapping, or is rejected: it is never taken for body text. YAML, TOML and JSON are read, and in
 * Markdown headers without delimiters; nothing in them is ever run.
 */
export function parseFrontMatter(path: string, text: string): FrontMatter {
  const split = splitText(path, text);
  if (split.kind === 'none') return { kind: 'none', body: text };
  const reject = (code: ProblemCode, details: ProblemDetails = {}): FrontMatter => ({
    kind: 'rejected',
    problem: createProblem(code, path, { line: 1, column: 1, ...details }),
    hidingKey: findHidingLine(split.kind === 'block' ? split.block : text),
  });
  if (split.kind === 'language') return reject('FRONT_MATTER_LANGUAGE', { value: split.opener });
  if (split.kind === 'unclosed') return reject('FRONT_MATTER_UNCLOSED');

  const { language, block, linesBefore, body } = split;
  const excess = findExcess(block, language);
  if (excess === 'large') {
    return reject('FRONT_MATTER_TOO_LARGE', { words: { limit: MAX_BLOCK_LENGTH.toLocaleString('en') } });
  }
  if (excess === 'complex') return reject('FRONT_MATTER_TOO_COMPLEX', { words: complexity });
  try {
    const data = language === 'header' ? loadHeader(block) : load(block, language);
    if (!isMapping(data)) {
      return reject('FRONT_MATTER_NOT_MAPPING', {
        line: 1 + linesBefore,
        words: { found: describeKind(data) },
      });
    }
    return { kind: 'found', data, language, block, linesBefore, body };
  } catch (error) {
    if (error instanceof YamlBudgetError || error instanceof RangeError) {
      return reject('FRONT_MATTER_TOO_COMPLEX', { words: complexity });
    }
    if (error instanceof FrontMatterSyntaxError) {
      const { reason, place, isDuplicateKey } = error;
      const at = { line: place.line + linesBefore, column: place.column };
      if (isDuplicateKey) return reject('FRONT_MATTER_DUPLICATE_KEY', at);
      return reject('FRONT_MATTER_SYNTAX', { ...at, words: { reason, language: language.toUpperCase() } });
    }
    if (!(error instanceof YAMLException)) throw error;
    return reject(...explain(block, error));
  }
}

function splitText(path: string, text: string): SplitText {
  const split = splitFrontMatter(text);
  const header = split.kind === 'none' && /\.(?:md|markdown)$/iu.test(path) ? splitHeader(text) : null;
  return header === null ? split : { kind: 'block', language: 'header', ...header, linesBefore: 0 };
}

function load(block: string, language: string): unknown {
  // Without the body, which gray-matter would copy twice.
  const { data } = matter(`---\n${block}\n---\n`, { ...OPTIONS, language });
  // gray-matter does not call the engine for a block of comments only.
  return 'value' in data ? (data.value ?? null) : {};
}

/** gray-matter hands over the line break of the opening line, too, and errors are counted from the block. */
function withoutFirstBreak(block: string): string {
  return block.startsWith('\n') ? block.slice(1) : block;
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
  return ['FRONT_MATTER_SYNTAX', { line, column, words: { reason, language: 'YAML' } }];
}
