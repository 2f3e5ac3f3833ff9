import type { GraphQLSchema } from 'graphql';
import { orAbort } from '../../graphql/or-abort.ts';
import type { Reader } from '../access/readers.ts';
import { type Answer, header, type Question } from '../http/exchange.ts';
import type { Accepted } from '../http/negotiate-accept.ts';
import { deadlineExceeded, notAcceptable, SCHEMA_CHANGED, tooManyStreams } from '../http/refusals.ts';
import { createTurns } from '../limits/begin-in-turns.ts';
import { createGate, type Gate } from '../limits/limit-concurrency.ts';
import { createStreamSlots } from '../limits/limit-streams.ts';
import { ENDPOINT } from './create-yoga.ts';
import { createRequestState, type RequestState } from './request-state.ts';
import type { ServedSchema } from './serve-schema.ts';

/** An operation's answer before HTTP has been done to it, and what is known of the operation. */
export interface Executed {
  status: number;
  contentType: string;
  /** Headers that GraphQL itself asks for, such as `Allow`. */
  headers: string[];
  body: Answer['body'];
  state: RequestState;
  /** By which it was answered. */
  schema: GraphQLSchema;
}

export interface ExecutorOptions {
  /** The schema to answer by now, with what hangs on it. @throws a coded error when there is none for the index as it is */
  served: () => ServedSchema;
  gate: Gate;
  /** For whom a question is asked; see client-key.ts. */
  clientOf: (question: Question, reader: Reader) => string;
  /** Milliseconds for the whole, waiting included. */
  deadlineMs: number;
  /** Subscriptions that may be open at the same time. */
  maxSubscriptions: number;
  /** And of one client. */
  maxClientSubscriptions: number;
  readAccept: (accept: string | undefined) => Accepted;
}

/**
 * Executes one question. `abort` ends it from outside, when nobody waits any more; the deadline ends it from inside.
 * Rejects with a coded error when a limit is hit, or with the reason of `abort`. `begun` is called when it has its place among the
 * operations and waits no more.
 */
export type Execute = (
  question: Question,
  reader: Reader,
  requestId: string,
  abort: AbortController,
  begun?: () => void,
) => Promise<Executed>;

/** How often an operation is begun whose schema is replaced while it runs. */
const MAX_TRIES = 3;

export function createExecutor(options: ExecutorOptions): Execute {
  const { served, gate, clientOf, readAccept, deadlineMs, maxSubscriptions, maxClientSubscriptions } =
    options;
  // Only what Yoga looks at: the method, and what the client accepts. The body is read by our own parser.
  const url = `http://gateway.invalid${ENDPOINT}`;

  const createSlot = createStreamSlots(maxSubscriptions, maxClientSubscriptions);
  const turns = createTurns();
  const events = createGate({ maxConcurrency: eventPlaces(gate.places), maxQueue: maxSubscriptions });

  return async (...asked) => {
    for (let tries = 1; ; tries += 1) {
      const executed = await execute(...asked);
      // The next is answered by the schema that the index is of by now.
      if (tries === MAX_TRIES || !executed.state.errorCodes.includes(SCHEMA_CHANGED)) return executed;
    }
  };

  async function execute(...[question, reader, requestId, abort, begun = () => {}]: Parameters<Execute>) {
    const { signal } = abort;
    turns.note();
    const deadline = setTimeout(() => abort.abort(deadlineExceeded(deadlineMs)), deadlineMs);
    try {
      const client = clientOf(question, reader);
      const trace = { requestId, signal, client };
      const state = createRequestState(question, reader, trace, createSlot(client), (work) =>
        runLater(client, signal, work),
      );
      const running = inPlace(gate, client, signal, async () => {
        begun();
        const { yoga, schema } = served();
        const request = new yoga.fetchAPI.Request(url, {
          method: question.method,
          headers: { accept: acceptFor(readAccept(header(question, 'accept'))) },
        });
        return { schema, response: await yoga.handleRequest(request, { state }) };
      });
      try {
        const { schema, response } = await orAbort(running, signal);
        return { ...(await readResponse(response, state)), schema };
      } catch (error) {
        // When the work ends after all, nobody reads what it has opened.
        const end = () => release(state);
        void running.then(end, end);
        throw error;
      }
    } finally {
      clearTimeout(deadline);
    }
  }

  async function inPlace<T>(
    gate: Gate,
    client: string,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    const waiting = gate.enter(client, signal);
    if (waiting) await waiting;
    try {
      await turns.next();
      // Nobody may be waiting by now.
      signal.throwIfAborted();
      return await work();
    } finally {
      // At the true end of the work: a deadline answers the client, but the place is still taken.
      gate.leave(client);
    }
  }

  /**
   * What a stream goes on with, whose client is answered already. A new version wakes all streams at once: they wait for places of
   * their own, as long as it takes, so that none is refused and none takes a place from a question. The deadline begins with the work.
   */
  async function runLater<T>(
    client: string,
    outer: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const abort = new AbortController();
    const { signal } = abort;
    const onAbort = () => abort.abort(outer.reason);
    if (outer.aborted) onAbort();
    outer.addEventListener('abort', onAbort, { once: true });
    let deadline: NodeJS.Timeout | undefined;
    turns.note();
    const begin = () => {
      deadline = setTimeout(() => abort.abort(deadlineExceeded(deadlineMs)), deadlineMs);
      return work(signal);
    };
    try {
      return await orAbort(inPlace(events, client, signal, begin), signal);
    } finally {
      clearTimeout(deadline);
      outer.removeEventListener('abort', onAbort);
    }
  }

  async function readResponse(response: Response, state: RequestState): Promise<Omit<Executed, 'schema'>> {
    if (state.slot.refused) throw tooManyStreams(state.slot.refused);
    // Not Yoga's own 406: its header repeats our media types for each one that the client names.
    if (response.status === 406) throw notAcceptable();
    const contentType = response.headers.get('content-type') ?? 'application/json; charset=utf-8';
    const headers: string[] = [];
    for (const name of ['allow', 'retry-after', 'www-authenticate']) {
      const value = response.headers.get(name);
      if (value !== null) headers.push(name, value);
    }
    const isStream = STREAMS.test(contentType) && response.body !== null;
    if (isStream && !state.slot.take() && state.slot.refused) throw tooManyStreams(state.slot.refused);
    const body = isStream ? openStream(response, state) : Buffer.from(await response.text());
    if (!isStream) release(state);
    return { status: response.status, contentType, headers, body, state };
  }
}

/** Of the places there are for questions, so many more are for what streams go on with. */
function eventPlaces(places: number): number {
  return Math.max(1, Math.floor(places / 4));
}

/** Results are JSON wherever JSON is accepted: what else is named is for streams. */
function acceptFor({ json, stream }: Accepted): string {
  return [json, stream].filter((type) => type !== null).join(', ');
}

const STREAMS = /^(text\/event-stream|multipart\/mixed)/;

/** The parts of a stream, which counts as open until it ends or its reader leaves. */
function openStream(response: Response, state: RequestState): AsyncIterableIterator<Uint8Array> {
  // Yoga's own ReadableStream, which is no instance of Node's; all that both are is iterable.
  const body = response.body as unknown as AsyncIterable<Uint8Array>;
  let parts: AsyncIterator<Uint8Array> | null = null;
  // No generator: its return() waits for the part under way, which may never come.
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      parts ??= body[Symbol.asyncIterator]();
      try {
        const part = await parts.next();
        if (part.done) release(state);
        return part;
      } catch (error) {
        release(state);
        throw error;
      }
    },
    async return() {
      release(state);
      // A stream of Yoga that nobody has read yet cannot be cancelled without an error, and need not be.
      parts?.return?.().catch(() => undefined);
      return { done: true, value: undefined };
    },
  };
}

/** Ends what the operation still has open. Can be called again. */
function release({ slot, results }: RequestState): void {
  slot.release();
  results?.return?.().catch(() => undefined);
}
