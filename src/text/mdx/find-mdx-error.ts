import { parse, postprocess, preprocess } from 'micromark';
import { mdxExpression } from 'micromark-extension-mdx-expression';
import { mdxJsx } from 'micromark-extension-mdx-jsx';
import { NOT_IN_MDX } from './mdx-to-markdown.ts';
import { splitMdx } from './split-mdx.ts';

/** Why a text is no valid MDX, and where. */
export interface MdxError {
  reason: string;
  /** Counted from 1. */
  line: number;
  column: number;
}

// Lists and quotes are blanks here, since the parser takes time by the square in them, and emphasis is no matter.
const CONTAINERS = /^(?:[ \t]{0,200}(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){1,100}/gm;
const NOT_NEEDED = [
  ...NOT_IN_MDX,
  'list',
  'blockQuote',
  'attention',
  'characterReference',
  'setextUnderline',
];

/**
 * The first thing in MDX without imports and exports for which a parser gives up; null when there is none, or the text is too long
 * (splitMdx).
 */
export function findMdxError(mdx: string): MdxError | null {
  let linesBefore = 0;
  for (const part of splitMdx(mdx) ?? []) {
    const error = findErrorOf(part);
    if (error !== null) return { ...error, line: error.line + linesBefore };
    linesBefore += part.split('\n').length - 1;
  }
  return null;
}

function findErrorOf(mdx: string): MdxError | null {
  const flat = mdx.replace(CONTAINERS, (signs) => signs.replace(/[^\t]/g, ' '));
  const extensions = [{ disable: { null: NOT_NEEDED } }, mdxExpression(), mdxJsx()];
  try {
    postprocess(
      parse({ extensions })
        .document()
        .write(preprocess()(flat, undefined, true)),
    );
    return null;
  } catch (error) {
    const { reason, line, column } = error as Partial<MdxError>;
    if (reason === undefined) return null;
    return { reason: reason.replace(/\.$/, ''), line: line ?? 1, column: column ?? 1 };
  }
}
