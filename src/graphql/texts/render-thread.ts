import { GraphQLError } from 'graphql';
import { codedError } from '../../engine/mapping/errors.ts';
import { startThread } from '../../store/load/start-thread.ts';
import { MAX_HTML } from '../../text/html/html-limit.ts';
import type { FromRenderThread, ReadyText, RenderOrder, RenderSettings } from './render-worker.ts';

/** A thread that renders one text at a time. */
export interface RenderThread {
  /** False once it has ended or is about to. */
  readonly isAlive: boolean;
  /**
   * Renders a text. One that takes too long or too much memory ends the thread.
   * @throws RENDER_LIMIT
   */
  render(order: RenderOrder): Promise<ReadyText>;
  end(): Promise<void>;
}

export interface RenderThreadOptions extends RenderSettings {
  /** Milliseconds that one text may take. */
  deadlineMs: number;
  /** MB of memory that it may take. */
  heapMb: number;
}

// Until a thread has started: reading the modules takes some 100 ms, and far longer where many processes start.
const START_MS = 60_000;

/** RENDER_LIMIT with the figure: what a text may come to, in milliseconds, megabytes or characters; or how many may wait. */
export function renderLimitExceeded(
  name: 'milliseconds' | 'megabytes' | 'characters' | 'texts',
  max: number,
) {
  const message =
    name === 'texts'
      ? `More than ${max} texts are waiting to be rendered.`
      : `Rendering this text comes to more than ${max.toLocaleString('en')} ${name}.`;
  return codedError('RENDER_LIMIT', message, { limit: { name, max, found: null } });
}

/** Whether an error is a limit that the text itself breaks, and will again. */
export function isLimitOfText(error: unknown): error is GraphQLError {
  if (!(error instanceof GraphQLError)) return false;
  return limitOf(error) !== 'texts';
}

/** Whether such a limit is one of time, which a busy machine breaks as well. */
export function isLimitOfTime(error: GraphQLError): boolean {
  return limitOf(error) === 'milliseconds';
}

function limitOf({ extensions }: GraphQLError): unknown {
  return (extensions.limit as { name?: unknown } | undefined)?.name;
}

/** Starts a thread. It keeps the process alive only while it renders. */
export function startRenderThread({ deadlineMs, heapMb, embedHosts }: RenderThreadOptions): RenderThread {
  const worker = startThread(
    'render-worker',
    { embedHosts } satisfies RenderSettings,
    heapMb,
    import.meta.url,
  );
  let failure: Error | null = null;
  let pending: { resolve(message: FromRenderThread): void; reject(error: Error): void } | null = null;

  function fail(error: Error): void {
    failure ??= error;
    pending?.reject(failure);
    void worker.terminate();
  }

  /** What the thread says next. */
  function next(ms: number, late: () => Error): Promise<FromRenderThread> {
    if (failure) return Promise.reject(failure);
    const timer = setTimeout(() => fail(late()), ms);
    return new Promise<FromRenderThread>((resolve, reject) => {
      pending = { resolve, reject };
    }).finally(() => {
      clearTimeout(timer);
      pending = null;
    });
  }

  worker.on('message', (message: FromRenderThread) => pending?.resolve(message));
  worker.on('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? renderLimitExceeded('megabytes', heapMb) : error),
  );
  worker.once('exit', () => fail(new Error('A rendering thread has ended.')));
  const started = next(START_MS, () => new Error('A rendering thread did not start.'));
  // Whoever renders is told.
  started.catch(() => undefined);

  return {
    get isAlive() {
      return failure === null;
    },
    async render(order) {
      worker.ref();
      try {
        await started;
        worker.postMessage(order);
        const answer = await next(deadlineMs, () => renderLimitExceeded('milliseconds', deadlineMs));
        if (answer.kind !== 'ready') throw renderLimitExceeded('characters', MAX_HTML);
        return answer.text;
      } finally {
        worker.unref();
      }
    },
    async end() {
      failure ??= new Error('The rendering thread was ended.');
      pending?.reject(failure);
      await worker.terminate();
    },
  };
}
