import {
  type RenderThread,
  type RenderThreadOptions,
  renderLimit,
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
  /** Renders a text when its turn has come. */
  render(order: RenderOrder): Rendering;
  /** Ends what runs and waits. */
  close(): Promise<void>;
}

/** A text that waits for its turn or is being rendered. */
export interface Rendering {
  /** Rejects with RENDER_LIMIT. */
  readonly promise: Promise<ReadyText>;
  /** Takes it out of the queue. False when it has begun: then it goes on. */
  cancel(): boolean;
}

// Texts of more characters never take all threads, so that the others go on meanwhile.
const LONG = 32 * 1024;

const defaults: RenderThreadsOptions = {
  threads: 2,
  deadlineMs: 10_000,
  heapMb: 512,
  idleMs: 60_000,
  maxWaiting: 1_000,
};

interface Job {
  order: RenderOrder;
  isLong: boolean;
  resolve(text: ReadyText): void;
  reject(error: unknown): void;
}

/** Makes the threads' pool; no thread starts before there is a text. */
export function createRenderThreads(options: Partial<RenderThreadsOptions> = {}): RenderThreads {
  const { threads, idleMs, maxWaiting, ...limits } = { ...defaults, ...options };
  const waiting: Job[] = [];
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

  /** Begins what has waited longest and may begin, as long as there are threads. */
  function begin(): void {
    while (busy.size < threads) {
      const at = waiting.findIndex(({ isLong }) => !isLong || longOnes < Math.max(threads - 1, 1));
      const [job] = at === -1 ? [] : waiting.splice(at, 1);
      if (!job) return;
      void work(job);
    }
  }

  return {
    get size() {
      return busy.size + idle.size;
    },
    render(order) {
      const { promise, resolve, reject } = withResolvers<ReadyText>();
      const job: Job = { order, isLong: order.body.length > LONG, resolve, reject };
      if (isClosed) reject(closed());
      else if (waiting.length >= maxWaiting) reject(renderLimit('texts', maxWaiting));
      else {
        waiting.push(job);
        begin();
      }
      return {
        promise,
        cancel() {
          const at = waiting.indexOf(job);
          if (at === -1) return false;
          waiting.splice(at, 1);
          reject(new Error('Nobody waits for the text.'));
          return true;
        },
      };
    },
    async close() {
      isClosed = true;
      for (const { reject } of waiting.splice(0)) reject(closed());
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
