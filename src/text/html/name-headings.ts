import { idOf } from '../syntax/attribute-lists.ts';
import { escapeHtml, plainText } from './html-text.ts';

export interface Heading {
  /** 1 to 6. */
  depth: number;
  text: string;
  /** The `id` of the heading in the HTML. */
  anchor: string;
}

const MAX_ANCHOR = 200;

/**
 * Gives each heading that has `mark` as its `id` an anchor in its place, its author's own where the digits of one follow (markId), and
 * lists them. What else holds the mark, since an
 * author's quotes swallowed the heading, loses it.
 * @param html sanitised; only Markdown's own headings have the mark
 */
export function nameHeadings(html: string, mark: string): { html: string; headings: Heading[] } {
  const [before = '', ...parts] = html.split(new RegExp(`<h([1-6]) id="${mark}(?:-([0-9a-f]{0,800}))?">`));
  const ownIds = parts.map((digits, at) => (at % 3 === 1 ? idOf(digits) : null));
  const anchors = new Anchors(ownIds);
  const headings: Heading[] = [];
  let named = before;
  for (let at = 0; at < parts.length; at += 3) {
    const depth = parts[at] ?? '';
    const rest = parts[at + 2] ?? '';
    const end = rest.search(/<\/h[1-6]>/);
    const text = plainText(end === -1 ? rest : rest.slice(0, end)).replace(/\s+/gu, ' ');
    const anchor = anchors.next(text, ownIds[at + 1] ?? null);
    headings.push({ depth: Number(depth), text, anchor });
    named += `<h${depth} id="${escapeHtml(anchor)}">${rest}`;
  }
  return { html: named.replaceAll(mark, ''), headings };
}

/** Anchors of one document, no two alike (GitHub's way: lower case, spaces as hyphens, other signs left out). */
class Anchors {
  readonly #used = new Map<string, number>();
  /** Those that authors gave, which no other heading gets before. */
  readonly #own: Set<string>;

  constructor(own: readonly (string | null)[]) {
    this.#own = new Set(own.filter((id) => id !== null));
  }

  next(text: string, own: string | null): string {
    if (own !== null && this.#own.delete(own)) {
      this.#used.set(own, (this.#used.get(own) ?? 0) + 1);
      return own;
    }
    const bare = text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '');
    const base =
      bare
        .trim()
        .replace(/\s/gu, '-')
        .slice(0, MAX_ANCHOR)
        .replace(/\p{Cs}$/u, '') || 'section';
    for (let anchor = base; ; ) {
      const seen = this.#used.get(anchor);
      this.#used.set(anchor, (seen ?? 0) + 1);
      if (seen === undefined && !this.#own.has(anchor)) return anchor;
      anchor = `${anchor}-${seen ?? 1}`;
    }
  }
}
