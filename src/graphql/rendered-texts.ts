import { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { TextMeasure } from '../text/reading-time.ts';
import type { RenderedText } from '../text/render-text.ts';
import { orAbort } from './or-abort.ts';
import type { Rendering, RenderThreads } from './render-threads.ts';
import type { ReadyText } from './render-worker.ts';

// Bytes of rendered text that are kept, and how many; a page of 5 KB takes some 25 KB here.
const KEPT_BYTES = 64 * 1024 * 1024;
const KEPT_TEXTS = 20_000;
const KEPT_MEASURES = 50_000;
// A text that cannot be rendered is not tried again for so many milliseconds: it would take the threads from the others.
const FAILURE_MS = 60_000;
const KEPT_FAILURES = 1_000;

/** The body of an article with the digest by which its rendering is kept. */
export interface Body {
  digest: string;
  format: string;
  body: string;
}

interface SharedRendering extends Rendering {
  /** How many wait for it. */
  waiting: number;
}

/**
 * Renders bodies at the first ask, in threads, once for all that ask at one moment, and keeps them by the article's digest,
 * the least recently used going first.
 */
export class RenderedTexts {
  readonly #threads: RenderThreads;
  readonly #texts = new LRUCache<string, RenderedText>({
    max: KEPT_TEXTS,
    maxSize: KEPT_BYTES,
    sizeCalculation: sizeOf,
  });
  readonly #measures = new LRUCache<string, TextMeasure>({ max: KEPT_MEASURES });
  readonly #failures = new LRUCache<string, GraphQLError>({ max: KEPT_FAILURES, ttl: FAILURE_MS });
  readonly #renderings = new Map<string, SharedRendering>();

  constructor(threads: RenderThreads) {
    this.#threads = threads;
  }

  /** @throws RENDER_LIMIT, or the signal's reason */
  async text(body: Body, signal?: AbortSignal): Promise<RenderedText> {
    return this.#texts.get(body.digest) ?? this.#ready(body, signal);
  }

  /** @throws RENDER_LIMIT, or the signal's reason */
  async measure(body: Body, signal?: AbortSignal): Promise<TextMeasure> {
    return this.#measures.get(body.digest) ?? this.#ready(body, signal);
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.#threads.close();
  }

  async #ready(body: Body, signal?: AbortSignal): Promise<ReadyText> {
    const failure = this.#failures.get(body.digest);
    if (failure) throw failure;
    const rendering = this.#renderings.get(body.digest) ?? this.#begin(body);
    rendering.waiting += 1;
    try {
      return await orAbort(rendering.promise, signal);
    } finally {
      rendering.waiting -= 1;
      if (rendering.waiting === 0 && rendering.cancel()) this.#renderings.delete(body.digest);
    }
  }

  #begin({ digest, body, format }: Body): SharedRendering {
    const rendering = { ...this.#threads.render({ body, format }), waiting: 0 };
    this.#renderings.set(digest, rendering);
    rendering.promise.then(
      ({ words, minutes, ...text }) => {
        this.#texts.set(digest, text);
        this.#measures.set(digest, { words, minutes });
        this.#renderings.delete(digest);
      },
      (error) => {
        if (error instanceof GraphQLError) this.#failures.set(digest, error);
        if (this.#renderings.get(digest) === rendering) this.#renderings.delete(digest);
      },
    );
    return rendering;
  }
}

function sizeOf({ html, plainText, headings }: RenderedText): number {
  const names = headings.reduce((sum, { text, anchor }) => sum + text.length + anchor.length, 0);
  return 2 * (html.length + plainText.length + names) + 200 * (headings.length + 1);
}
