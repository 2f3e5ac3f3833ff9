import { Marked } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { boundedParsing } from './bounded-parsing.ts';
import { nestsTooDeep, opensTooManyTags } from './nests-too-deep.ts';

export interface Heading {
  /** 1 to 6. */
  depth: number;
  text: string;
  /** The `id` of the heading in the HTML. */
  anchor: string;
}

/** A body made ready for readers. */
export interface RenderedText {
  html: string;
  /** Paragraphs apart by a blank line, no marks. */
  plainText: string;
  headings: Heading[];
}

/**
 * Renders a body: Markdown (GitHub's dialect) with its HTML made safe, or plain text in which a line is a paragraph.
 * Markdown that nests deeper than people write is rendered as plain text, and long runs of marks as the marks
 * themselves (bounded-parsing.ts), so that time grows with the text and not with its square.
 */
export function renderText(body: string, format: string): RenderedText {
  if (format !== 'markdown' || nestsTooDeep(body)) return renderLines(body);
  try {
    return renderMarkdown(body);
  } catch {
    // The parser recurses, so that some text can exhaust its stack in ways that a scan of lines does not foresee.
    return renderLines(body);
  }
}

function renderLines(body: string): RenderedText {
  const paragraphs = body.split('\n').filter((line) => line.trim() !== '');
  return {
    html: paragraphs.map((line) => `<p>${escapeHtml(line.trim())}</p>`).join('\n'),
    plainText: paragraphs.map((line) => line.trim()).join('\n\n'),
    headings: [],
  };
}

function renderMarkdown(body: string): RenderedText {
  const anchors = new Anchors();
  const headings: Heading[] = [];
  const marked = new Marked({
    gfm: true,
    ...boundedParsing,
    renderer: {
      heading({ tokens, depth }) {
        const inner = this.parser.parseInline(tokens);
        const text = plainText(sanitizeHtml(inner, ALLOWED));
        const anchor = anchors.next(text);
        headings.push({ depth, text, anchor });
        return `<h${depth} id="${OWN}${escapeHtml(anchor)}">${inner}</h${depth}>\n`;
      },
    },
  });
  const unsafe = marked.parse(body, { async: false });
  if (opensTooManyTags(unsafe)) return renderLines(body);
  const html = sanitizeHtml(unsafe, ALLOWED).trim();
  return { html, plainText: plainText(html), headings };
}

// Stands before the anchors of ours until the HTML is sanitised: an author who cannot guess it cannot give an id.
const OWN = `${crypto.randomUUID()}:`;

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const keepOwnId: sanitizeHtml.Transformer = (tagName, { id, ...attribs }) => ({
  tagName,
  attribs: id?.startsWith(OWN) ? { id: id.slice(OWN.length), ...attribs } : attribs,
});

// What Markdown makes, and the harmless HTML that people write in it. No script, style, form, frame or event handler.
const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...sanitizeHtml.defaults.allowedTags,
    ...['img', 'del', 'ins', 'input', 'details', 'summary', 'picture', 'source'],
  ],
  allowedAttributes: {
    a: ['href', 'title'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    source: ['srcset', 'media', 'type'],
    code: [{ name: 'class', values: [] }],
    input: [{ name: 'type', values: ['checkbox'] }, 'checked', 'disabled'],
    ol: ['start'],
    td: ['align', 'colspan', 'rowspan'],
    th: ['align', 'colspan', 'rowspan', 'scope'],
    details: ['open'],
    '*': ['lang', 'dir'],
    ...Object.fromEntries(HEADINGS.map((tag) => [tag, ['id', 'lang', 'dir']])),
  },
  transformTags: Object.fromEntries(HEADINGS.map((tag) => [tag, keepOwnId])),
  allowedClasses: { code: ['language-*'] },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  // An `input` is there for task lists only.
  exclusiveFilter: ({ tag, attribs }) => tag === 'input' && attribs.type !== 'checkbox',
};

/** Anchors of one document, no two alike (GitHub's way: lower case, spaces as hyphens, other signs left out). */
class Anchors {
  readonly #used = new Map<string, number>();

  next(text: string): string {
    const bare = text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '');
    const base = bare.trim().replace(/\s/gu, '-') || 'section';
    const seen = this.#used.get(base);
    this.#used.set(base, (seen ?? 0) + 1);
    return seen === undefined ? base : this.next(`${base}-${seen}`);
  }
}

// All that the sanitiser lets through and browsers lay out as a block. An item of a list, a row or a term ends its line.
const BLOCK =
  /<\/?(?:address|article|aside|blockquote|caption|details|div|fig(?:caption|ure)|footer|h[1-6]|header|hgroup|hr|main|nav|p|pre|section|table)\b[^>]*>|<\/(?:dl|menu|ol|ul)>/g;
const LINE = /<(?:br|dl|menu|ol|ul|\/dd|\/dt|\/li|\/summary|\/tr)\b[^>]*>\n?/g;

// Sanitised HTML is well-formed: tags are all that has angle brackets, and a few entities are all it escapes.
function plainText(html: string): string {
  return unescapeHtml(
    html
      .replace(LINE, '\n')
      .replace(/<\/td>\s*|<\/th>\s*/g, ' ')
      .replace(BLOCK, '\n\n')
      .replace(/<[^>]*>/g, ''),
  )
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .replace(/\n[ \t]*\n\s*/g, '\n\n')
    .trim();
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescapeHtml(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => {
    const name = Object.keys(ENTITIES).find((entity) => ENTITIES[entity] === sign);
    return `&${name};`;
  });
}
