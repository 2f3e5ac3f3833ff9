import { availableParallelism } from 'node:os';
import { MIN_READ_CONNECTIONS } from '../../read/read-pool.ts';

/** Statements that may run beside the serving thread at the same time: one more than there are cores, for fairness. */
export const READ_CONNECTIONS = Math.min(Math.max(availableParallelism() + 1, MIN_READ_CONNECTIONS), 9);

/**
 * Gives the driver a thread for each read connection. It takes as many as there are cores when it first opens a database, and counts
 * them in another way: under a quota of one core a statement would wait inside of it, out of sight.
 * https://docs.rs/tokio/latest/tokio/runtime/struct.Builder.html#method.worker_threads
 */
export function reserveDriverThreads(): void {
  process.env.TOKIO_WORKER_THREADS = String(READ_CONNECTIONS);
}
