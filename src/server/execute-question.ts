import type { YogaServerInstance } from 'graphql-yoga';
import { ENDPOINT } from './create-yoga.ts';
import { type Answer, header, type Question } from './exchange.ts';
import type { Gate } from './limit-concurrency.ts';
import type { Reader } from './readers.ts';
import { deadlineExceeded, tooManyStreams } from './refusals.ts';
import { createRequestState, type RequestState, type ServerContext } from './request-state.ts';

/** An operation's answer before HTTP has been done to it, and what is known of the operation. */
export interface Executed {
  status: number;
  contentType: string;
  /** Headers that GraphQL itself asks for, such as `Allow`. */
  headers: string[];
  body: Answer['body'];
  state: RequestState;
}

export interface ExecutorOptions {
  yoga: YogaServerInstance<ServerContext, object>;
  gate: Gate;
  /** Milliseconds for the whole, waiting included. */
  deadlineMs: number;
  /** Subscriptions that may be open at the same time. */
  maxSubscriptions: number;
}

/**
 * Executes one question. `abort` ends it from outside, when nobody waits any more; the deadline ends it from inside.
 * Rejects with a coded error when a limit is hit, or with the reason of `abort`.
 */
export type Execute = (
  question: Question,
  reader: Reader,
  requestId: string,
  abort: AbortController,
) => Promise<Executed>;

export function createExecutor({ yoga, gate, deadlineMs, maxSubscriptions }: ExecutorOptions): Execute {
  const { Request } = yoga.fetchAPI;
  // Only what Yoga looks at: the method, and what the client accepts. The body is read by our own parser.
  const url = `http://gateway.invalid${ENDPOINT}`;

  let streams = 0;

  return async (question, reader, requestId, abort) => {
    const { signal } = abort;
    const deadline = setTimeout(() => abort.abort(deadlineExceeded(deadlineMs)), deadlineMs);
    try {
      const waiting = gate.enter(signal);
      if (waiting) await waiting;
      const state = createRequestState(question, reader, { requestId, signal });
      const request = new Request(url, {
        method: question.method,
        headers: { accept: header(question, 'accept') ?? '*/*' },
      });
      const running = (async () => {
        try {
          return await yoga.handleRequest(request, { state });
        } finally {
          // At the true end of the work: a deadline answers the client, but the place is still taken.
          gate.leave();
        }
      })();
      const response = await orAbort(running, signal);
      return await readResponse(response, state);
    } finally {
      clearTimeout(deadline);
    }
  };

  async function readResponse(response: Response, state: RequestState): Promise<Executed> {
    const contentType = response.headers.get('content-type') ?? 'application/json; charset=utf-8';
    const headers: string[] = [];
    for (const name of ['allow', 'retry-after', 'www-authenticate', 'accept']) {
      const value = response.headers.get(name);
      if (value !== null) headers.push(name, value);
    }
    const isStream = STREAMS.test(contentType) && response.body !== null;
    const body = isStream ? openStream(response) : Buffer.from(await response.text());
    return { status: response.status, contentType, headers, body, state };
  }

  /** The parts of a stream, which counts as open until it ends or its reader leaves. */
  function openStream(response: Response): AsyncIterable<Uint8Array> {
    // Yoga's own ReadableStream, which is no instance of Node's; all that both are is iterable.
    const parts = response.body as unknown as AsyncIterable<Uint8Array> & { cancel(): Promise<void> };
    if (streams >= maxSubscriptions) {
      void parts.cancel();
      throw tooManyStreams(maxSubscriptions);
    }
    return (async function* () {
      streams += 1;
      try {
        yield* parts;
      } finally {
        streams -= 1;
      }
    })();
  }
}

const STREAMS = /^(text\/event-stream|multipart\/mixed)/;

function orAbort<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
