import type { Asker } from '../http/exchange.ts';

/** Nobody waits for the answer any more. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

interface Flight<T> {
  result: Promise<T>;
  abort: AbortController;
  waiting: number;
  client: string;
}

/** Begins work. @param begun to be called when it has its place and waits no more */
export type StartFlight<T> = (abort: AbortController, begun: () => void) => Promise<T>;

/** Work in progress that later askers of the same question join. */
export interface Flights<T> {
  /**
   * Joins the work under that key, or starts it. Work that has not begun is joined by its own client alone: others do not wait in
   * that client's queue. It is aborted when all who wait for it are gone.
   * @returns isOwn false when another client started it, whose deadline it has
   */
  join(
    key: string,
    client: string,
    asker: Asker,
    start: StartFlight<T>,
  ): { result: Promise<T>; started: boolean; isOwn: boolean };
  /** Lets nobody join what is under way; those who wait still get it. */
  forget(): void;
}

export function createFlights<T>(): Flights<T> {
  // Those that have begun by their question; those that wait by their question and client, too.
  const flights = new Map<string, Flight<T>>();

  return {
    join(key, client, asker, start) {
      const waitingKey = `${client}\n${key}`;
      const known = flights.get(key) ?? flights.get(waitingKey);
      const flight = known ?? begin(key, waitingKey, client, start);
      flight.waiting += 1;
      asker.onGone(() => {
        flight.waiting -= 1;
        if (flight.waiting > 0) return;
        remove(flight, key, waitingKey);
        flight.abort.abort(new ClientGoneError());
      });
      return { result: flight.result, started: !known, isOwn: flight.client === client };
    },
    forget: () => flights.clear(),
  };

  function begin(key: string, waitingKey: string, client: string, start: StartFlight<T>): Flight<T> {
    const abort = new AbortController();
    const begun = () => {
      if (flights.get(waitingKey) === flight && !flights.has(key)) flights.set(key, flight);
    };
    const flight: Flight<T> = { result: Promise.reject(), abort, waiting: 0, client };
    flight.result.catch(() => {});
    flights.set(waitingKey, flight);
    flight.result = start(abort, begun);
    const end = () => remove(flight, key, waitingKey);
    flight.result.then(end, end);
    return flight;
  }

  function remove(flight: Flight<T>, ...keys: string[]): void {
    for (const key of keys) if (flights.get(key) === flight) flights.delete(key);
  }
}
