import type { ClientConnection } from '../http/exchange.ts';

/** Nobody waits for the answer any more. */
export class ClientDisconnectedError extends Error {
  override readonly name = 'ClientDisconnectedError';
}

interface InFlightRequest<T> {
  result: Promise<T>;
  abort: AbortController;
  waiting: number;
  client: string;
}

/** Begins work. @param begun to be called when it has its place and waits no more */
export type StartRequest<T> = (abort: AbortController, begun: () => void) => Promise<T>;

/** Work in progress that later clients of the same request join. */
export interface InFlightRequests<T> {
  /**
   * Joins the work under that key, or starts it. Work that has not begun is joined by its own client alone: others do not wait in
   * that client's queue. It is aborted when all who wait for it are gone.
   * @returns isOwn false when another client started it, whose deadline it has
   */
  join(
    key: string,
    client: string,
    connection: ClientConnection,
    start: StartRequest<T>,
  ): { result: Promise<T>; started: boolean; isOwn: boolean };
  /** Lets nobody join what is under way; those who wait still get it. */
  forget(): void;
}

export function createInFlightRequests<T>(): InFlightRequests<T> {
  // Those that have begun by their request; those that wait by their request and client, too.
  const inFlight = new Map<string, InFlightRequest<T>>();

  return {
    join(key, client, connection, start) {
      const waitingKey = `${client}\n${key}`;
      const known = inFlight.get(key) ?? inFlight.get(waitingKey);
      const entry = known ?? begin(key, waitingKey, client, start);
      entry.waiting += 1;
      connection.onDisconnect(() => {
        entry.waiting -= 1;
        if (entry.waiting > 0) return;
        remove(entry, key, waitingKey);
        entry.abort.abort(new ClientDisconnectedError());
      });
      return { result: entry.result, started: !known, isOwn: entry.client === client };
    },
    forget: () => inFlight.clear(),
  };

  function begin(
    key: string,
    waitingKey: string,
    client: string,
    start: StartRequest<T>,
  ): InFlightRequest<T> {
    const abort = new AbortController();
    const begun = () => {
      if (inFlight.get(waitingKey) === entry && !inFlight.has(key)) inFlight.set(key, entry);
    };
    const entry: InFlightRequest<T> = { result: Promise.reject(), abort, waiting: 0, client };
    entry.result.catch(() => {});
    inFlight.set(waitingKey, entry);
    entry.result = start(abort, begun);
    const end = () => remove(entry, key, waitingKey);
    entry.result.then(end, end);
    return entry;
  }

  function remove(entry: InFlightRequest<T>, ...keys: string[]): void {
    for (const key of keys) if (inFlight.get(key) === entry) inFlight.delete(key);
  }
}
