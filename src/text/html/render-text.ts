import { Marked, Parser } from 'marked';
import { mdxToMarkdown } from '../mdx/mdx-to-markdown.ts';
import { takeMarks } from '../syntax/attribute-lists.ts';
import { dropTemplates } from '../syntax/drop-templates.ts';
import { hasTooManyTags, nestsTooDeep } from '../syntax/nests-too-deep.ts';
import { lexWithinBounds } from './bounded-parsing.ts';
import { createFootnotes } from './footnotes.ts';
import { MAX_HTML } from './html-limit.ts';
import { escapeHtml, plainText } from './html-text.ts';
import { makeSafe } from './make-safe.ts';
import { highlights, math, mathBlock, readCallout, wikilinks } from './markdown-extensions.ts';
import { type Heading, nameHeadings } from './name-headings.ts';

/** A body made ready for readers. */
export interface RenderedText {
  html: string;
  /** Paragraphs apart by a blank line, no marks. */
  plainText: string;
  headings: Heading[];
}

/** Thrown when the HTML of a text would be larger than `MAX_HTML`. */
export class HtmlTooLarge extends Error {}

/**
 * Renders a body: Markdown (GitHub's dialect) with its HTML made safe, the Markdown that is in MDX, or plain text in which a line is a paragraph.
 * Markdown that nests deeper or comes to more than people write is rendered as plain text, and long runs of marks as the
 * marks themselves (bounded-parsing.ts), so that time and memory grow with the text and not with its square. A text is
 * rendered alike on any machine. What another tool would have replaced is left out (drop-templates.ts).
 * @param embedHosts as of embedRules
 * @throws HtmlTooLarge
 */
export function renderText(body: string, format: string, embedHosts: readonly string[] = []): RenderedText {
  const markdown = format === 'text' ? body : readMarkdown(body, format);
  const rendered = format !== 'text' && !nestsTooDeep(markdown) ? renderMarkdown(markdown, embedHosts) : null;
  return rendered ?? renderLines(takeMarks(markdown).text);
}

function readMarkdown(body: string, format: string): string {
  const isMdx = format === 'mdx';
  return dropTemplates(isMdx ? mdxToMarkdown(body) : body, isMdx ? 'mdx' : 'markdown', true).text;
}

function renderLines(body: string): RenderedText {
  const lines: string[] = [];
  const paragraphs: string[] = [];
  let length = 0;
  for (const line of body.split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    const paragraph = `<p>${escapeHtml(text)}</p>`;
    length += paragraph.length + 1;
    if (length > MAX_HTML) throw new HtmlTooLarge();
    lines.push(text);
    paragraphs.push(paragraph);
  }
  return { html: paragraphs.join('\n'), plainText: lines.join('\n\n'), headings: [] };
}

/** Null when the text comes to more than people write. */
function renderMarkdown(body: string, embedHosts: readonly string[]): RenderedText | null {
  // Begins the id of a heading or footnote until the HTML is safe. Nobody can know it before, and nothing of it is left after.
  const mark = crypto.randomUUID();
  const unsafe = parseMarkdown(body, mark);
  if (unsafe === null || unsafe.length > MAX_HTML || hasTooManyTags(unsafe)) return null;
  const { html, headings } = nameHeadings(makeSafe(unsafe, mark, embedHosts).trim(), mark);
  return html.length > MAX_HTML ? null : { html, plainText: plainText(html), headings };
}

function parseMarkdown(body: string, mark: string): string | null {
  const footnotes = body.includes('[^') ? createFootnotes(mark) : null;
  const marked = new Marked({
    gfm: true,
    extensions: [
      ...(body.includes('[[') ? [wikilinks] : []),
      ...(body.includes('==') ? [highlights] : []),
      ...(body.includes('$') ? [math, mathBlock] : []),
      ...(footnotes?.extensions ?? []),
    ],
    renderer: {
      heading({ tokens, depth }) {
        const { text, digits } = takeMarks(this.parser.parseInline(tokens));
        const id = digits === null ? mark : `${mark}-${digits}`;
        return `<h${depth} id="${id}">${text}</h${depth}>\n`;
      },
      blockquote(quote) {
        const callout = readCallout(quote);
        if (callout === null) return false;
        const title = this.parser.parseInline(callout.title);
        const text = this.parser.parse(callout.body);
        return `<blockquote class="callout callout-${callout.kind}">\n<p><strong>${title}</strong></p>\n${text}</blockquote>\n`;
      },
    },
  });
  try {
    const parser = new Parser(marked.defaults);
    const html = parser.parse(lexWithinBounds(body, marked.defaults));
    return takeMarks(html + (footnotes?.render(parser) ?? '')).text;
  } catch {
    // Too much to parse; or the parser, which recurses, has exhausted its stack in a way that a scan of lines does not foresee.
    return null;
  }
}
