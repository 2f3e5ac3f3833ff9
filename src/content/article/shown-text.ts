import { findLinkedFrames } from '../../text/html/find-frames.ts';
import { lookAtMdx } from '../../text/mdx/look-at-mdx.ts';
import { blankStatements } from '../../text/mdx/mdx-statements.ts';
import { splitMdx } from '../../text/mdx/split-mdx.ts';
import { dropTemplates } from '../../text/syntax/drop-templates.ts';
import type { Problem } from '../problems/problem.ts';
import { createProblem } from '../problems/problem-catalogue.ts';
import type { BodyFormat } from './article.ts';

/** A body as readers are shown it, in Markdown or plain text, and what its author should know of the rest. */
export interface ShownText {
  text: string;
  problems: Problem[];
  /** MDX without its statements that may be none; null when it is sound. */
  suspectMdx: string | null;
}

/**
 * Leaves out of a body what belongs to the tool that it was written for. Of MDX this is near enough for an excerpt; it is parsed when
 * readers ask for it.
 * @param embedHosts as of embedRules
 */
export function readShownText(
  path: string,
  body: string,
  format: BodyFormat,
  embedHosts: readonly string[] = [],
): ShownText {
  if (format === 'text') return { text: body, problems: [], suspectMdx: null };
  const mdx = format === 'mdx' ? blankStatements(body) : null;
  const look = mdx === null ? null : lookAtMdx(mdx);
  const { text, names } = dropTemplates(look?.text ?? body, format);
  const problems = [...(look?.components ?? []), ...names].map((tag) =>
    createProblem('TEMPLATE_LEFT_OUT', path, { words: { tag } }),
  );
  if (mdx !== null && /[<{]/.test(mdx) && splitMdx(mdx) === null)
    problems.push(createProblem('MDX_TOO_LONG', path));
  for (const words of findLinkedFrames(body, embedHosts))
    problems.push(createProblem('FRAME_LINKED', path, { words: { ...words } }));
  return { text, problems, suspectMdx: look?.isSuspect === true ? mdx : null };
}
