import type { ArticleRecord, BodyFormat } from './article/article.ts';
import { type DerivedText, deriveText } from './article/derive-text.ts';
import { readShownText } from './article/shown-text.ts';
import { KNOWN_KEYS } from './fields/known-keys.ts';
import { buildArticle, validateArticle } from './fields/validate-article.ts';
import { findLeakedFrontMatter } from './front-matter/find-leaked-front-matter.ts';
import { createJsonLocator } from './front-matter/locate-in-json.ts';
import { createTomlLocator } from './front-matter/locate-in-toml.ts';
import { createYamlLocator, type Locate } from './front-matter/locate-problem.ts';
import { type FrontMatter, parseFrontMatter } from './front-matter/parse-front-matter.ts';
import { createHeaderLocator } from './front-matter/split-header.ts';
import { prepareOwnKeys } from './own/prepare-own-keys.ts';
import { readOwnKeys } from './own/read-own-keys.ts';
import { dateFromPath } from './paths/date-from-path.ts';
import { withoutLocale } from './paths/locale-from-path.ts';
import { placeOf } from './paths/path-place.ts';
import { isPathShortEnough } from './paths/slug-choices.ts';
import { titleFromPath } from './paths/title-from-path.ts';
import { formatPath, type ProblemDraft, startPlace } from './problems/collect-problems.ts';
import type { Problem } from './problems/problem.ts';
import { createProblem, problemCatalogue } from './problems/problem-catalogue.ts';
import { defaultReading, prepareReading, type Reading } from './reading.ts';
import { isHiddenPlace } from './visibility/hidden-reason.ts';

/** One file's article and what its author should know. A null article was rejected, and one of the problems is an error. */
export interface ParsedArticle {
  article: ArticleRecord | null;
  problems: Problem[];
  /** The file was rejected, and says that its article is hidden: no earlier version of it may be served. */
  isTakenDown?: true;
  /** Nothing is in the file: an earlier version of it is served rather. */
  isEmpty?: true;
  /** MDX without its statements that may be no valid MDX, and the line of the file that its first is. */
  suspectMdx?: { text: string; line: number };
}

/** What an article gets where another has what it asks for; null gives it that. */
export interface Granted {
  slug: string | null;
  /** The path within the site. */
  sitePath: string | null;
}

/**
 * Reads one article file. Pure: the same path, text and settings give the same answer anywhere.
 *
 * @param path relative to the content folder, with `/`; the slug when the front matter gives none.
 * @param text the file's text; a BOM and any line ends are fine.
 * @param reading settings under which it is read.
 * @param granted what it gets where what it asks for is another's.
 */
export function parseArticle(
  path: string,
  text: string,
  reading: Reading = prepareReading(defaultReading),
  granted: Granted = { slug: null, sitePath: null },
): ParsedArticle {
  const reject = (problem: Problem): ParsedArticle => ({ article: null, problems: [problem] });
  const source = normaliseLineEnds(text);
  if (!isPathShortEnough(path)) return reject(createProblem('PATH_TOO_LONG', path));

  const parsed = parseFrontMatter(path, source);
  if (parsed.kind === 'rejected') {
    const { problem, hidingKey: key } = parsed;
    if (key === null) return reject(problem);
    const hides = createProblem('FRONT_MATTER_HIDES', path, { line: 1, column: 1, words: { key } });
    return { article: null, problems: [problem, hides], isTakenDown: true };
  }
  const hasFrontMatter = parsed.kind === 'found';
  const drafts: ProblemDraft[] = [];
  const data = hasFrontMatter ? parsed.data : {};
  const place = startPlace(drafts, reading);
  const { model } = reading.settings;
  const ownKeys = prepareOwnKeys(model)(path);
  const values = validateArticle(data, place, ownKeys);
  const own = readOwnKeys(data, place, path, model, ownKeys);
  const isEmpty = source.trim() === '';
  const locate = () => (hasFrontMatter ? createLocator(parsed) : nowhere);
  const problems = drafts.length > 0 && !isEmpty ? placeProblems(path, locate(), drafts) : [];

  if (isEmpty) problems.push(createProblem('EMPTY_FILE', path));

  const format = formatOf(path);
  const body = trimBlankLines(parsed.body);
  const leakedLine = findLeakedFrontMatter(parsed.body, KNOWN_KEYS);
  const linesTo = (end: number) => source.slice(0, end).split('\n').length;
  if (leakedLine !== null) {
    const line = linesTo(source.length - parsed.body.length) + leakedLine;
    problems.push(createProblem('FRONT_MATTER_IN_BODY', path, { line, column: 1 }));
  }
  const shown = readShownText(path, body, format, reading.settings.embedHosts);
  problems.push(...shown.problems);
  const derived: DerivedText =
    values.title !== null && values.excerpt !== null
      ? { title: null, excerpt: null }
      : deriveText(shown.text, format);
  if (!isEmpty && values.title === null && derived.title === null && format === 'text') {
    problems.push(createProblem('TITLE_FROM_FILE_NAME', path, { field: 'title' }));
  }
  const article = buildArticle(values, reading, {
    grantedSlug: granted.slug,
    grantedPath: granted.sitePath,
    filePath: path,
    ...placeOf(path, reading.locales),
    dateFromPath: () => dateFromPath(path, reading.offsetAt),
    title: () => derived.title ?? titleFromPath(withoutLocale(path)),
    excerpt: derived.excerpt,
    body,
    format,
    own,
    hiddenBecause: [
      ...(isHiddenPlace(path) ? (['FOLDER'] as const) : []),
      ...(leakedLine === null ? [] : (['UNREADABLE'] as const)),
    ],
  });
  const { suspectMdx } = shown;
  if (suspectMdx === null) return { article, problems, ...(isEmpty && { isEmpty }) };
  return { article, problems, suspectMdx: { text: suspectMdx, line: linesTo(source.lastIndexOf(body)) } };
}

function formatOf(path: string): BodyFormat {
  if (/\.txt$/iu.test(path)) return 'text';
  return /\.mdx$/iu.test(path) ? 'mdx' : 'markdown';
}

/** Where a key is missing that no front matter has. */
const nowhere: Locate = () => ({ line: null, column: null });

/** Of one file. What is more is told of as a number. */
const MAX_PROBLEMS = 100;

function createLocator({ language, block, linesBefore }: Extract<FrontMatter, { kind: 'found' }>): Locate {
  if (language === 'toml') return createTomlLocator(block, linesBefore);
  if (language === 'header') return createHeaderLocator(block);
  return language === 'json' ? createJsonLocator(block, linesBefore) : createYamlLocator(block);
}

function placeProblems(path: string, locate: Locate, drafts: readonly ProblemDraft[]): Problem[] {
  const cut = drafts.length - MAX_PROBLEMS;
  const told = cut > 0 ? pickGravest(drafts) : drafts;
  const problems = told
    .map((draft) =>
      createProblem(draft.code, path, {
        ...locate(draft.path, draft.on),
        field: formatPath(draft.path),
        value: draft.value,
        words: draft.words,
      }),
    )
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (cut > 0) problems.push(createProblem('PROBLEMS_LEFT_OUT', path, { words: { count: String(cut) } }));
  return problems;
}

function pickGravest(drafts: readonly ProblemDraft[]): ProblemDraft[] {
  const isNotice = ({ code }: ProblemDraft) => problemCatalogue[code].severity === 'notice';
  return [...drafts.filter((draft) => !isNotice(draft)), ...drafts.filter(isNotice)].slice(0, MAX_PROBLEMS);
}

function normaliseLineEnds(text: string): string {
  // Tools that add a BOM without looking add a second one.
  const plain = text.startsWith('\ufeff') ? text.replace(/^\ufeff+/u, '') : text;
  return plain.includes('\r') ? plain.replace(/\r\n?/gu, '\n') : plain;
}

/** A body without blank lines around it; the first line keeps its indent, which Markdown reads. */
function trimBlankLines(body: string): string {
  const first = body.search(/\S/u);
  return first === -1 ? '' : body.slice(body.lastIndexOf('\n', first) + 1).trimEnd();
}
