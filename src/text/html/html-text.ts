import { decodeXML } from 'entities';

// All that the sanitiser lets through and browsers lay out as a block. An item of a list, a row or a term ends its line.
const BLOCK =
  /<\/?(?:address|article|aside|blockquote|caption|details|div|fig(?:caption|ure)|footer|h[1-6]|header|hgroup|hr|main|nav|p|pre|section|table)\b[^>]*>|<\/(?:dl|menu|ol|ul)>/g;
// A footnote's number in the text, and the way back from it.
const NOTE_SIGN = /<sup[^>]*><a href="#fn:\d+">\d+<\/a><\/sup>| ?<a href="#fnref:\d+">[^<]{0,3}<\/a>/g;
const LINE = /<(?:br|dl|menu|ol|ul|\/dd|\/dt|\/li|\/summary|\/tr)\b[^>]*>\n?/g;

/**
 * The text of sanitised HTML, blocks apart by a blank line. Such HTML is well-formed: tags are all that has angle brackets,
 * and a few entities are all it escapes.
 */
export function plainText(html: string): string {
  return decodeXML(
    html
      .replace(NOTE_SIGN, '')
      .replace(LINE, '\n')
      .replace(/<\/td>\s*|<\/th>\s*/g, ' ')
      .replace(BLOCK, '\n\n')
      .replace(/<[^>]*>/g, ''),
  )
    .replace(/(?<![ \t])[ \t]+\n/g, '\n')
    .replace(/\n[ \t]*\n\s*/g, '\n\n')
    .trim();
}

const ENTITIES: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };

/** A text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&${ENTITIES[sign]};`);
}
