import type { GraphQLSchema } from 'graphql';
import { orAbort } from '../../graphql/or-abort.ts';
import type { Reader } from '../access/readers.ts';
import type { DocumentFinder } from '../documents/persisted-documents.ts';
import { RequestedOperation } from '../documents/requested-operation.ts';
import { type GatewayRequest, header } from '../http/exchange.ts';
import type { Accepted } from '../http/negotiate-accept.ts';
import { deadlineExceeded, SCHEMA_CHANGED } from '../http/refusals.ts';
import { createSemaphore, type Semaphore } from '../limits/limit-concurrency.ts';
import { createStreamSlots } from '../limits/limit-streams.ts';
import { createStartQueue } from '../limits/start-queue.ts';
import { endOperation } from './answer-by-yoga.ts';
import { type Answered, type AskedRequest, emptyOutcome, type Outcome } from './asked-request.ts';
import type { ServedSchema } from './serve-schema.ts';

/** An operation's answer, and what is known of the operation. */
export interface Executed extends Answered {
  outcome: Outcome;
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
  /** What clients have registered outlives a schema. */
  findDocument: DocumentFinder;
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
  const { served, semaphore, clientOf, readAccept, findDocument } = options;
  const { deadlineMs, maxSubscriptions, maxClientSubscriptions } = options;
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
      if (tries === MAX_TRIES || !executed.outcome.errorCodes.includes(SCHEMA_CHANGED)) return executed;
    }
  };

  async function execute(...[request, reader, requestId, abort, begun = () => {}]: Parameters<Execute>) {
    const { signal } = abort;
    starts.noteRequest();
    const deadline = setTimeout(() => abort.abort(deadlineExceeded(deadlineMs)), deadlineMs);
    try {
      const client = clientOf(request, reader);
      const asked: AskedRequest = {
        request,
        reader,
        trace: { requestId, signal, client },
        requested: new RequestedOperation(request, findDocument),
        slot: createSlot(client),
        runLater: (work) => runLater(client, signal, work),
      };
      const outcome = emptyOutcome();
      const running = withPermit(semaphore, client, signal, async () => {
        begun();
        const { answer, schema } = served(reader);
        const answered = await answer(asked, outcome, readAccept(header(request, 'accept')));
        return { ...answered, outcome, schema };
      });
      try {
        return await orAbort(running, signal);
      } catch (error) {
        // When the work ends after all, nobody reads what it has opened.
        const end = () => endOperation(asked, outcome);
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
}

/** Of the places there are for requests, so many more are for what streams go on with. */
function eventPermits(permits: number): number {
  return Math.max(1, Math.floor(permits / 4));
}
