import { parse, postprocess, preprocess } from 'micromark';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { isInHeading, markId, readAttributes } from '../syntax/attribute-lists.ts';
import { nestsTooDeep } from '../syntax/nests-too-deep.ts';
import { dropStatements } from './mdx-statements.ts';
import { splitMdx } from './split-mdx.ts';

/** What MDX has no HTML, no indented code and no autolinks for: https://mdxjs.com/docs/what-is-mdx/#markdown */
export const NOT_IN_MDX = ['autolink', 'codeIndented', 'htmlFlow', 'htmlText'];
const DROPPED: ReadonlySet<string> = new Set([
  'mdxFlowExpression',
  'mdxTextExpression',
  'mdxJsxFlowTag',
  'mdxJsxTextTag',
]);

/**
 * The Markdown that is left of MDX without its imports, exports, expressions and tags, but those of HTML that stand within a line; what
 * stands between two tags stays. Nothing is evaluated: expressions end where their braces do. Of what is no valid MDX, or too long
 * (splitMdx), only imports and exports are dropped.
 */
export function mdxToMarkdown(mdx: string): string {
  const text = dropStatements(mdx);
  if (!/[<{]/.test(text) || nestsTooDeep(text)) return text;
  return splitMdx(text)?.map(dropMdx).join('') ?? text;
}

function dropMdx(part: string): string {
  if (!/[<{]/.test(part)) return part;
  try {
    return without(part, findDropped(part));
  } catch {
    // The parser throws for a brace or a tag that does not end.
    return part;
  }
}

type Range = [start: number, end: number];

function findDropped(text: string): Range[] {
  const extensions = [{ disable: { null: NOT_IN_MDX } }, mdxExpression(), mdxJsx()];
  const chunks = preprocess()(text, undefined, true);
  const events = postprocess(parse({ extensions }).document().write(chunks));
  return events.flatMap(([kind, { type, start, end }]): Range[] =>
    kind === 'enter' && DROPPED.has(type) ? [[start.offset, end.offset]] : [],
  );
}

function without(text: string, ranges: readonly Range[]): string {
  let rest = '';
  let from = 0;
  for (const [start, end] of ranges) {
    if (start < from) continue;
    rest += text.slice(from, start) + (headingId(text, start, end) ?? plainTag(text.slice(start, end)));
    from = end;
  }
  return rest + text.slice(from);
}

/** An expression that is the id of a heading, as Docusaurus has it, as markId has it; null of any other. */
function headingId(text: string, start: number, end: number): string | null {
  if (!text.startsWith('{#', start)) return null;
  const list = readAttributes(text, start);
  const isLast = /^[ \t]{0,100}(?:\n|$)/.test(text.slice(end, end + 101));
  return list?.id && list.end === end && isLast && isInHeading(text, start) ? markId(list.id) : null;
}

const INLINE_TAG =
  /^<(\/?)(a|abbr|b|bdi|bdo|br|cite|code|del|dfn|em|i|iframe|img|ins|kbd|mark|q|s|samp|small|source|span|strong|sub|sup|time|u|var|video)(?=[\s/>])/;
const ATTRIBUTE = /\s([A-Za-z]{1,20})=(?:"([^"{}<>]{0,2000})"|'([^'"{}<>]{0,2000})')/g;
const VOID = /^(?:br|img|source)$/;

/** A tag of HTML with those of its attributes that are plain text or whole numbers; empty of any other. */
function plainTag(tag: string): string {
  const [, slash, name] = INLINE_TAG.exec(tag) ?? [];
  if (name === undefined) return '';
  // HTML would take for the frame's own what stands before the tag that closes it.
  const isFrame = name === 'iframe';
  if (slash === '/') return isFrame ? '' : `</${name}>`;
  const bare = withoutExpressions(tag.replace(/=\{[ \t]*(\d{1,5})[ \t]*\}/g, '="$1"'));
  const attributes = [...bare.matchAll(ATTRIBUTE)].map(
    ([, key = '', double, single]) => [key.toLowerCase(), double ?? single ?? ''] as const,
  );
  if ((isFrame || name === 'img') && !attributes.some(([key]) => key === 'src')) return '';
  if (isFrame && /\sallowfullscreen(?=[\s/=>])/i.test(bare)) attributes.push(['allowfullscreen', '']);
  const shown = attributes.map(([key, value]) => ` ${key}="${value}"`).join('');
  // HTML knows no tag that closes itself.
  const isEmpty = !VOID.test(name) && (isFrame || /\/\s*>$/.test(tag));
  return `<${name}${shown}>${isEmpty ? `</${name}>` : ''}`;
}

/** An attribute within an expression is the expression's own. Empty when one does not end. */
function withoutExpressions(tag: string): string {
  let rest = '';
  let depth = 0;
  for (const [part] of tag.matchAll(/[{}]|[^{}]+/g)) {
    if (part === '{') depth += 1;
    else if (part === '}') depth -= 1;
    else if (depth === 0) rest += part;
  }
  return depth === 0 ? rest : '';
}
