import { squashKey } from '../../text/keys/suggest-key.ts';
import { findHidingKey } from '../visibility/find-visibility.ts';
import { isFrontMatterObject } from './is-front-matter-object.ts';

const MAX_LINES = 40;
const OPENER = /^(?:-{2,}|\+{3,}|;{3,}|={3,}|\*{3,}|_{3,}|<!-{2,})[ \t]*(?:[a-z]{2,12})?[ \t]*$/iu;
/** What Hugo's and Jekyll's authors write around code: `{{< highlight yaml >}}`, `{% raw %}`. */
const CODE_TAG = /^ {0,3}\{(?:\{[<%]|%-?)[ \t]*(\/|end|)(?:code|highlight|raw)[\w-]*\b/u;
const FENCE = /^ {0,3}(`{3,}|~{3,})/u;
/** A first line that asks for front matter in this language, whatever follows. */
const LANGUAGE = /^-{2,}[ \t]*(?:ya?ml|json5?|toml|js|javascript|ts|coffee|cson)[ \t]*$/iu;
const KEY_LINE = /^["']?([A-Za-z_$][\w.$-]{0,40})["']?[ \t]*[:=](?:[ \t"'[{\d]|$)/u;
/** A single line of these at the very top is taken for front matter: to be wrong would publish what must not be. */
const TELLING = new Set(['published', 'draft', 'secured']);
/** Soft hyphens, zero-width and bidirectional marks, a BOM that is not first. */
const INVISIBLE = /\p{Cf}/gu;
/** What stands for a hyphen in texts that went through a word processor. */
const DASHES = /[\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63\uff0d]/gu;

/**
 * Looks for front matter that was not read, at the beginning of a body: after a blank line or a space, a heading, a comment or
 * some text, between `+++`, `----`, other dashes or `;;;`, as JSON, without its first delimiter, or a second time. A rule followed
 * by ordinary text is none, and neither is what stands in a fence of code.
 *
 * @param body line ends `\n`.
 * @param known the known keys in lower case.
 * @returns the line, counted from 0, at which it begins; null when there is none.
 */
export function findLeakedFrontMatter(body: string, known: ReadonlySet<string>): number | null {
  const start = body.search(/[^\s\p{Cf}]/u);
  if (start === -1) return null;
  const head = body.slice(start, start + 8000);
  const lines = head
    .split('\n', MAX_LINES)
    .map((line) => line.slice(0, 200).normalize('NFKC').replace(INVISIBLE, '').replace(DASHES, '-'));
  const [first = '', ...rest] = lines;
  const firstLine = countBreaks(body, start);
  if (FENCE.test(first)) return findLaterBlock(lines, firstLine, known);
  if (
    isFrontMatterObject(body.slice(start), known) ||
    isBlock(first.trimEnd(), rest, known) ||
    isUndelimited(lines, known)
  ) {
    return firstLine;
  }
  return findLaterBlock(lines, firstLine, known);
}

/** A block between two rules, all of its lines keys and one of them known, below something else. */
function findLaterBlock(
  lines: readonly string[],
  firstLine: number,
  known: ReadonlySet<string>,
): number | null {
  let fence: string | null = null;
  let isInCodeTag = false;
  let isInObject = false;
  for (const [index, line] of lines.entries()) {
    const tag = CODE_TAG.exec(line);
    if (tag !== null && fence === null) isInCodeTag = tag[1] === '';
    if (isInCodeTag) continue;
    const mark = FENCE.exec(line)?.[1] ?? null;
    if (fence !== null) {
      if (mark?.startsWith(fence)) fence = null;
      continue;
    }
    fence = mark;
    if (fence !== null) continue;
    if (line.startsWith('{')) isInObject = true;
    if (isHidingLine(isInObject ? line.replace(INDENT_AND_CLOSE, '') : line)) return firstLine + index;
    if (line.trimEnd().endsWith('}')) isInObject = false;
    if (OPENER.test(line.trim()) && isClosedBlock(lines.slice(index + 1), known)) return firstLine + index;
  }
  return null;
}

/** A line that says nothing but that the article is hidden, also as Logseq (`::`), Org (`#+`) and AsciiDoc (`:draft:`) write it: nobody writes such a line for readers. */
const FLAG_LINE =
  /^ {0,3}(?:<!--[ \t]*|#\+|:)?["']?(published|draft)["']?[ \t]*(?:::?|=)[ \t]*["']?(\w{1,5})["']?,?[ \t]*(?:-->)?[ \t]*$/iu;
/** What surrounds a flag in an object, where no indent makes code. */
const INDENT_AND_CLOSE = /^[\s{]+|[\s}]+$/gu;

function isHidingLine(line: string): boolean {
  const [, key, word] = FLAG_LINE.exec(line) ?? [];
  return key !== undefined && findHidingKey(key, word) !== null;
}

function isClosedBlock(lines: readonly string[], known: ReadonlySet<string>): boolean {
  const close = lines.findIndex(isCloser);
  const block = lines.slice(0, close).filter((line) => line.trim() !== '');
  return (
    close > 0 &&
    block.some((line) => known.has(keyOf(line) ?? '')) &&
    block.every((line) => keyOf(line) !== null || isContinuation(line))
  );
}

function isCloser(line: string): boolean {
  return OPENER.test(line.trim()) || /^-->/u.test(line.trim());
}

/** A delimiter, then lines of keys: one of them known, or all of them keys up to a closing delimiter. */
function isBlock(opener: string, rest: readonly string[], known: ReadonlySet<string>): boolean {
  if (!OPENER.test(opener)) return false;
  const lines = rest.filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const [inner = '', ...others] = lines;
  // A fence around the whole block.
  if (OPENER.test(inner.trim())) return isBlock(inner.trim(), others, known);
  if (!/^\s*\{/u.test(inner) && keyOf(inner) === null && !LANGUAGE.test(opener)) return false;
  const contiguous = until(rest.slice(rest.findIndex((line) => line.trim() !== '')), isBlank);
  if (contiguous.some((line) => known.has(keyOf(line) ?? ''))) return true;
  const close = contiguous.findIndex(isCloser);
  return (
    close > 0 && contiguous.slice(0, close).every((line) => keyOf(line) !== null || isContinuation(line))
  );
}

/** A known key on the first line, and on the next one that is not part of its value; or a closing `---` there. */
function isUndelimited(lines: readonly string[], known: ReadonlySet<string>): boolean {
  if (isHeader(lines, known) || hides(lines[0])) return true;
  const first = keyOf(lines[0]);
  if (first === null || !known.has(first)) return false;
  if (TELLING.has(first) || until(lines, isBlank).some((line) => hides(line.trim()))) return true;
  const next = lines.slice(1).find((line) => line.trim() !== '' && !isContinuation(line));
  return next !== undefined && (/^(?:-{3}|\+{3})\s*$/u.test(next) || known.has(keyOf(next) ?? ''));
}

/** Keys in several words are those of headers that have no delimiters at all. */
const HEADER_LINE = /^[ \t]*(\w[\w.-]{0,40}(?:[ \t][\w.-]{1,40}){0,3})[ \t]*:(?!\/\/)/u;

/** Two lines of keys or more at the very top, one of them known, as Pelican's and MultiMarkdown's authors write; or one that hides. */
function isHeader(lines: readonly string[], known: ReadonlySet<string>): boolean {
  // An address in a line of its own is a key to Python-Markdown.
  const header = until(lines, (line) => !HEADER_LINE.test(line) && !/^(?:[ \t]+\S|\w{1,20}:)/u.test(line));
  const keys = header.flatMap((line) => HEADER_LINE.exec(line)?.[1] ?? []);
  return (
    header.some((line) => hides(line.trim())) ||
    (keys.length > 1 && keys.some((key) => known.has(squashKey(key))))
  );
}

/** A line that is no more than a key which hides, in any of the words for it: nobody begins a text so. */
function hides(line: string | undefined): boolean {
  const [, key, word] =
    /^(?:#\+|:)?["']?(\p{L}[\p{L}\w -]{0,40}?)["']?[ \t]*(?:::?|=)[ \t]*["']?([\w -]{1,20}?)["']?,?[ \t]*$/u.exec(
      line ?? '',
    ) ?? [];
  return key !== undefined && findHidingKey(key, word) !== null;
}

function keyOf(line: string | undefined): string | null {
  return KEY_LINE.exec((line ?? '').trim().replace(/^\{\s*/u, ''))?.[1]?.toLowerCase() ?? null;
}

function isContinuation(line: string): boolean {
  return /^(?:\s|- |-$|#|[\]}])/u.test(line);
}

function isBlank(line: string): boolean {
  return line.trim() === '';
}

function until(lines: readonly string[], stop: (line: string) => boolean): readonly string[] {
  const end = lines.findIndex(stop);
  return end === -1 ? lines : lines.slice(0, end);
}

function countBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
