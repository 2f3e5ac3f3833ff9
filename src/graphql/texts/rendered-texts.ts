import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { RenderedText } from '../../text/html/render-text.ts';
import type { TextMeasure } from '../../text/reading-time.ts';
import { orAbort } from '../or-abort.ts';
import { isLimitOfText, isLimitOfTime } from './render-thread.ts';
import type { Rendering, RenderThreads } from './render-threads.ts';
import type { ReadyText } from './render-worker.ts';

// Bytes of rendered text that are kept, and how many; a page of 5 KB takes some 25 KB here.
const MAX_TEXT_BYTES = 64 * 1024 * 1024;
const MAX_TEXTS = 20_000;
const MAX_MEASURES = 50_000;
// A text that cannot be rendered is not tried again for so many milliseconds: it would take the threads from the others.
const FAILURE_MS = 60_000;
const MAX_FAILURES = 1_000;

/** The body of an article with the digest by which its rendering is kept. */
export interface Body {
  digest: string;
  format: string;
  body: string;
}

/** Who asks for a text. */
export interface TextRequester {
  /** Its texts have their turns among those of others. @default the gateway itself */
  client?: string | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Renders bodies at the first ask, in threads, once for all that ask at one moment, and keeps them by the article's digest,
 * the least recently used going first.
 */
export class RenderedTexts {
  readonly #threads: RenderThreads;
  readonly #texts = new LRUCache<string, RenderedText>({
    max: MAX_TEXTS,
    maxSize: MAX_TEXT_BYTES,
    sizeCalculation: sizeOf,
  });
  readonly #measures = new LRUCache<string, TextMeasure>({ max: MAX_MEASURES });
  readonly #failures = new LRUCache<string, GraphQLError>({ max: MAX_FAILURES, ttl: FAILURE_MS });
  /** Digests of texts that took too long, once: it may have been the machine. */
  readonly #slow = new LRUCache<string, true>({ max: MAX_FAILURES, ttl: FAILURE_MS });
  readonly #renderings = new Map<string, Rendering>();

  constructor(threads: RenderThreads) {
    this.#threads = threads;
  }

  /** @throws RENDER_LIMIT, or the signal's reason */
  async text(body: Body, requester: TextRequester = {}): Promise<RenderedText> {
    return this.#texts.get(body.digest) ?? this.#ready(body, requester);
  }

  /** @throws RENDER_LIMIT, or the signal's reason */
  async measure(body: Body, requester: TextRequester = {}): Promise<TextMeasure> {
    return this.#measures.get(body.digest) ?? this.#ready(body, requester);
  }

  /** Ends the threads. */
  close(): Promise<void> {
    return this.#threads.close();
  }

  async #ready(body: Body, { client = '', signal }: TextRequester): Promise<ReadyText> {
    const { digest } = body;
    const failure = this.#failures.get(digest);
    if (failure) throw failure;
    const known = this.#renderings.get(digest);
    known?.join(client);
    const rendering = known ?? this.#begin(body, client);
    try {
      return await orAbort(rendering.promise, signal);
    } finally {
      const isGivenUp = rendering.leave(client);
      if (isGivenUp && this.#renderings.get(digest) === rendering) this.#renderings.delete(digest);
    }
  }

  #begin({ digest, body, format }: Body, client: string): Rendering {
    const rendering = this.#threads.render({ body, format }, client);
    this.#renderings.set(digest, rendering);
    rendering.promise.then(
      ({ words, minutes, ...text }) => {
        this.#texts.set(digest, text);
        this.#measures.set(digest, { words, minutes });
        this.#renderings.delete(digest);
      },
      (error) => {
        if (isLimitOfText(error)) this.#noteFailure(digest, error);
        if (this.#renderings.get(digest) === rendering) this.#renderings.delete(digest);
      },
    );
    return rendering;
  }

  #noteFailure(digest: string, error: GraphQLError): void {
    if (isLimitOfTime(error) && !this.#slow.has(digest)) this.#slow.set(digest, true);
    else this.#failures.set(digest, error);
  }
}

function sizeOf({ html, plainText, headings }: RenderedText): number {
  const names = headings.reduce((sum, { text, anchor }) => sum + text.length + anchor.length, 0);
  return 2 * (html.length + plainText.length + names) + 200 * (headings.length + 1);
}
