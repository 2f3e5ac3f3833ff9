import { LRUCache } from 'lru-cache';
import { measureText, type TextMeasure } from '../text/reading-time.ts';
import { type RenderedText, renderText } from '../text/render-text.ts';

// Bytes of rendered text that are kept; a page of 5 KB takes some 25 KB here.
const KEPT_BYTES = 64 * 1024 * 1024;

/** The body of an article with the digest by which its rendering is kept. */
export interface Body {
  digest: string;
  format: string;
  body: string;
}

/** Renders bodies at the first ask and keeps them by the article's digest, the least recently used going first. */
export class RenderedTexts {
  readonly #texts = new LRUCache<string, RenderedText>({ maxSize: KEPT_BYTES, sizeCalculation: sizeOf });
  readonly #measures = new LRUCache<string, TextMeasure>({ max: 50_000 });

  text({ digest, format, body }: Body): RenderedText {
    const kept = this.#texts.get(digest);
    if (kept) return kept;
    const text = renderText(body, format);
    this.#texts.set(digest, text);
    return text;
  }

  measure(body: Body): TextMeasure {
    const kept = this.#measures.get(body.digest);
    if (kept) return kept;
    const measure = measureText(this.text(body).plainText);
    this.#measures.set(body.digest, measure);
    return measure;
  }
}

function sizeOf({ html, plainText, headings }: RenderedText): number {
  return 2 * (html.length + plainText.length) + 200 * (headings.length + 1);
}
