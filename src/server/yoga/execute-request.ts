import type { GraphQLSchema } from 'graphql';
import { orAbort } from '../../graphql/or-abort.ts';
import type { Reader } from '../access/readers.ts';
import { type GatewayRequest, type GatewayResponse, header } from '../http/exchange.ts';
import type { Accepted } from '../http/negotiate-accept.ts';
import { deadlineExceeded, notAcceptable, SCHEMA_CHANGED, tooManyStreams } from '../http/refusals.ts';
import { createSemaphore, type Semaphore } from '../limits/limit-concurrency.ts';
import { createStreamSlots } from '../limits/limit-streams.ts';
import { createStartQueue } from '../limits/start-queue.ts';
import { ENDPOINT } from './create-yoga.ts';
import { createRequestState, type RequestState } from './request-state.ts';
import type { ServedSchema } from './serve-schema.ts';

/** An operation's answer before HTTP has been done to it, and what is known of the operation. */
export interface Executed {
  status: number;
  contentType: string;
  /** Headers that GraphQL itself asks for, such as `Allow`. */
  headers: string[];
  body: GatewayResponse['body'];
  state: RequestState;
  /** By which it was answered. */
  schema: GraphQLSchema;
}

export interface RequestExecutorOptions {
  /** The schema to answer a reader by now, with what hangs on it. @throws a coded error when there is none for the index as it is */
  served: (reader: Reader) => ServedSchema;
  semaphore: Semaphore;
  /** For whom a request is asked; see client-key.ts. */
  clientOf: (request: GatewayRequest, reader: Reader) => string;
  /** Milliseconds for the whole, waiting included. */
  deadlineMs: number;
  /** Subscriptions that may be open at the same time. */
  maxSubscriptions: number;
  /** And of one client. */
  maxClientSubscriptions: number;
  readAccept: (accept: string | undefined) => Accepted;
}

/**
 * Executes one request. `abort` ends it from outside, when nobody waits any more; the deadline ends it from inside.
 * `begun` is called when it has its place among the operations and waits no more.
 * @throws a coded error when a limit is hit, or the reason of `abort`
 */
export type Execute = (
  request: GatewayRequest,
  reader: Reader,
  requestId: string,
  abort: AbortController,
  begun?: () => void,
) => Promise<Executed>;

/** How often an operation is begun whose schema is replaced while it runs. */
const MAX_TRIES = 3;

export function createRequestExecutor(options: RequestExecutorOptions): Execute {
  const { served, semaphore, clientOf, readAccept, deadlineMs, maxSubscriptions, maxClientSubscriptions } =
    options;
  // Only what Yoga looks at: the method, and what the client accepts. The body is read by our own parser.
  const url = `http://gateway.invalid${ENDPOINT}`;

  const createSlot = createStreamSlots(maxSubscriptions, maxClientSubscriptions);
  const starts = createStartQueue();
  const eventSemaphore = createSemaphore({
    maxConcurrency: eventPermits(semaphore.permits),
    maxQueue: maxSubscriptions,
  });

  return async (...asked) => {
    for (let tries = 1; ; tries += 1) {
      const executed = await execute(...asked);
      // The next is answered by the schema that the index is of by now.
      if (tries === MAX_TRIES || !executed.state.errorCodes.includes(SCHEMA_CHANGED)) return executed;
    }
  };

  async function execute(...[request, reader, requestId, abort, begun = () => {}]: Parameters<Execute>) {
    const { signal } = abort;
    starts.noteRequest();
    const deadline = setTimeout(() => abort.abort(deadlineExceeded(deadlineMs)), deadlineMs);
    try {
      const client = clientOf(request, reader);
      const trace = { requestId, signal, client };
      const state = createRequestState(request, reader, trace, createSlot(client), (work) =>
        runLater(client, signal, work),
      );
      const running = withPermit(semaphore, client, signal, async () => {
        begun();
        const { yoga, schema } = served(reader);
        const yogaRequest = new yoga.fetchAPI.Request(url, {
          method: request.method,
          headers: { accept: acceptFor(readAccept(header(request, 'accept'))) },
        });
        return { schema, response: await yoga.handleRequest(yogaRequest, { state }) };
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

  async function withPermit<T>(
    semaphore: Semaphore,
    client: string,
    signal: AbortSignal,
    work: () => Promise<T>,
  ): Promise<T> {
    const waiting = semaphore.acquire(client, signal);
    if (waiting) await waiting;
    try {
      await starts.waitToStart();
      // Nobody may be waiting by now.
      signal.throwIfAborted();
      return await work();
    } finally {
      // At the true end of the work: a deadline answers the client, but the place is still taken.
      semaphore.release(client);
    }
  }

  /**
   * What a stream goes on with, whose client is answered already. A new version wakes all streams at once: they wait for places of
   * their own, as long as it takes, so that none is refused and none takes a place from a request. The deadline begins with the work.
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
    starts.noteRequest();
    const begin = () => {
      deadline = setTimeout(() => abort.abort(deadlineExceeded(deadlineMs)), deadlineMs);
      return work(signal);
    };
    try {
      return await orAbort(withPermit(eventSemaphore, client, signal, begin), signal);
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

/** Of the places there are for requests, so many more are for what streams go on with. */
function eventPermits(permits: number): number {
  return Math.max(1, Math.floor(permits / 4));
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
