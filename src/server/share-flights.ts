/** Nobody waits for the answer any more. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

/** Somebody who waits for an answer. */
export interface Asker {
  readonly requestId: string;
  /** Calls the listener once when the client goes away before it has its answer. */
  onGone(listener: () => void): void;
}

interface Flight<T> {
  result: Promise<T>;
  abort: AbortController;
  waiting: number;
}

/** Work in progress that later askers of the same question join. */
export interface Flights<T> {
  /** Joins the work under that key, or starts it. It is aborted when all who wait for it are gone. */
  join(
    key: string,
    asker: Asker,
    start: (abort: AbortController) => Promise<T>,
  ): { result: Promise<T>; started: boolean };
  /** Lets nobody join what is under way; those who wait still get it. */
  forget(): void;
}

export function createFlights<T>(): Flights<T> {
  const flights = new Map<string, Flight<T>>();

  return {
    join(key, asker, start) {
      const known = flights.get(key);
      const flight = known ?? begin(key, start);
      flight.waiting += 1;
      asker.onGone(() => {
        flight.waiting -= 1;
        if (flight.waiting > 0) return;
        if (flights.get(key) === flight) flights.delete(key);
        flight.abort.abort(new ClientGoneError());
      });
      return { result: flight.result, started: !known };
    },
    forget: () => flights.clear(),
  };

  function begin(key: string, start: (abort: AbortController) => Promise<T>): Flight<T> {
    const abort = new AbortController();
    const flight: Flight<T> = { result: start(abort), abort, waiting: 0 };
    flights.set(key, flight);
    const end = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.result.then(end, end);
    return flight;
  }
}
