import { FairQueue } from '../../store/fair-queue.ts';
import {
  type RenderThread,
  type RenderThreadOptions,
  renderLimitExceeded,
  startRenderThread,
} from './render-thread.ts';
import type { ReadyText, RenderOrder } from './render-worker.ts';

export interface RenderThreadsOptions extends RenderThreadOptions {
  /** Threads at most. They start when they are needed. */
  threads: number;
  /** Milliseconds after which a thread with nothing to do ends. */
  idleMs: number;
  /** Texts that may wait. */
  maxWaiting: number;
}

/** Threads beside the serving one, in which texts are rendered: what an author wrote may take long. */
export interface RenderThreads {
  /** How many threads there are. */
  readonly size: number;
  /** Renders a text when the client's turn has come: clients have theirs one after another, however much each waits for. */
  render(order: RenderOrder, client: string): Rendering;
  /** Ends what runs and waits. */
  close(): Promise<void>;
}

/** A text that waits for its turn or is being rendered. */
export interface Rendering {
  /** @throws RENDER_LIMIT */
  readonly promise: Promise<ReadyText>;
  /**
   * Lets one more wait for it, and it come in this client's turn, too.
   * @throws RENDER_LIMIT when too many texts wait
   */
  join(client: string): void;
  /** For each who does not wait any more. True when nobody does and it had not begun: it never will. */
  leave(client: string): boolean;
}

// Texts of more characters never take all threads, so that the others go on meanwhile.
const LONG = 32 * 1024;

const defaults: RenderThreadsOptions = {
  threads: 2,
  deadlineMs: 10_000,
  heapMb: 512,
  embedHosts: [],
  idleMs: 60_000,
  maxWaiting: 1_000,
};

/** A client's wait for a text. */
interface Wait {
  client: string;
  job: Job;
}

interface Job {
  order: RenderOrder;
  isLong: boolean;
  /** False once it has begun or is given up. */
  isWaiting: boolean;
  /** How many of each client wait. */
  requesters: Map<string, number>;
  /** Its places in the queue, by client. */
  waits: Map<string, Wait>;
  resolve(text: ReadyText): void;
  reject(error: unknown): void;
}

/** Makes the threads' pool; no thread starts before there is a text. */
export function createRenderThreads(options: Partial<RenderThreadsOptions> = {}): RenderThreads {
  const { threads, idleMs, maxWaiting, ...limits } = { ...defaults, ...options };
  const queue = new FairQueue<Wait>();
  const idle = new Map<RenderThread, NodeJS.Timeout>();
  const busy = new Set<RenderThread>();
  let longOnes = 0;
  let isClosed = false;

  function take(): RenderThread {
    for (const [thread, timer] of idle) {
      clearTimeout(timer);
      idle.delete(thread);
      if (thread.isAlive) return thread;
    }
    return startRenderThread(limits);
  }

  function release(thread: RenderThread): void {
    if (!thread.isAlive || isClosed) return void thread.end();
    const timer = setTimeout(() => {
      idle.delete(thread);
      void thread.end();
    }, idleMs);
    timer.unref();
    idle.set(thread, timer);
  }

  async function work({ order, isLong, resolve, reject }: Job): Promise<void> {
    const thread = take();
    busy.add(thread);
    longOnes += isLong ? 1 : 0;
    try {
      resolve(await thread.render(order));
    } catch (error) {
      reject(error);
    } finally {
      busy.delete(thread);
      longOnes -= isLong ? 1 : 0;
      release(thread);
      begin();
    }
  }

  /** Begins what comes next and may begin, as long as there are threads. */
  function begin(): void {
    while (busy.size < threads) {
      const isReady = ({ job }: Wait) => !job.isLong || longOnes < Math.max(threads - 1, 1);
      const next = queue.next(() => true, isReady);
      if (!next) return;
      queue.delete(next, true);
      for (const other of next.job.waits.values()) queue.delete(other);
      next.job.isWaiting = false;
      void work(next.job);
    }
  }

  /** Puts the last text of the client that waits for most out of the queue, when that is not the newcomer. */
  function makeRoom(client: string): void {
    if (queue.size < maxWaiting) return;
    const last = queue.lastOfGreediest(queue.weightOf(client) + 1);
    if (!last) throw renderLimitExceeded('texts', maxWaiting);
    putOut(last);
  }

  function putOut(wait: Wait): void {
    const { job, client } = wait;
    queue.delete(wait);
    job.waits.delete(client);
    if (job.waits.size > 0) return;
    job.isWaiting = false;
    job.reject(
      job.requesters.size > 0
        ? renderLimitExceeded('texts', maxWaiting)
        : new Error('Nobody waits for the text.'),
    );
  }

  function join(job: Job, client: string): void {
    if (job.isWaiting && !job.waits.has(client)) {
      makeRoom(client);
      const wait = { client, job };
      job.waits.set(client, wait);
      queue.add(wait);
    }
    job.requesters.set(client, (job.requesters.get(client) ?? 0) + 1);
  }

  function leave(job: Job, client: string): boolean {
    const left = (job.requesters.get(client) ?? 0) - 1;
    if (left > 0) job.requesters.set(client, left);
    else job.requesters.delete(client);
    const wait = job.waits.get(client);
    if (left > 0 || !wait || !job.isWaiting) return false;
    putOut(wait);
    return !job.isWaiting;
  }

  return {
    get size() {
      return busy.size + idle.size;
    },
    render(order, client) {
      const { promise, resolve, reject } = withResolvers<ReadyText>();
      const isLong = order.body.length > LONG;
      const job: Job = {
        order,
        isLong,
        isWaiting: true,
        requesters: new Map(),
        waits: new Map(),
        resolve,
        reject,
      };
      try {
        if (isClosed) throw closed();
        join(job, client);
        begin();
      } catch (error) {
        job.isWaiting = false;
        reject(error);
      }
      return {
        promise,
        join: (other) => join(job, other),
        leave: (other) => leave(job, other),
      };
    },
    async close() {
      isClosed = true;
      for (let wait = queue.next(() => true); wait; wait = queue.next(() => true)) {
        queue.delete(wait);
        wait.job.isWaiting = false;
        wait.job.reject(closed());
      }
      for (const timer of idle.values()) clearTimeout(timer);
      const all = [...idle.keys(), ...busy];
      idle.clear();
      await Promise.all(all.map((thread) => thread.end()));
    },
  };
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((...given) => {
    [resolve, reject] = given;
  });
  return { promise, resolve, reject };
}

function closed(): Error {
  return new Error('The gateway was closed.');
}
