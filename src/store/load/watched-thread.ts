import type { Worker } from 'node:worker_threads';
import { type Harm, harmOf } from './quarantine.ts';
import { createMark, type MarkedFile, type ReadingMark, readMark, watchMark } from './reading-mark.ts';
import { endThread, startThread } from './start-thread.ts';

/** What reading and parsing one file may take, in milliseconds. */
export const MAX_FILE_MS = 10_000;

/** How a thread came to its end. */
export interface ThreadEnd {
  /** The file in which it ended; null when it was reading none. */
  file: MarkedFile | null;
  harm: Harm;
  /** What it threw, if anything. */
  error: unknown;
}

export interface WatchedThreadOptions<Message> {
  /** As of startThread. */
  name: string;
  heap: number;
  from: string;
  /** What the thread is started with; it notes the files that it reads in the mark. */
  makeData(mark: ReadingMark): unknown;
  /** What one file may take, in milliseconds. */
  maxFileMs: number;
  onMessage(message: Message): void;
  /** Called once, when it ends without having been asked to. */
  onEnd(end: ThreadEnd): void;
}

export interface WatchedThread {
  send(message: unknown): void;
  /** When it has ended by itself, however. */
  ended: Promise<void>;
  /** Ends it now. */
  end(): Promise<void>;
}

/** Starts a thread that reads files, ends it when one takes too long, and tells when it ends and in which file. */
export function startWatchedThread<Message>(options: WatchedThreadOptions<Message>): WatchedThread {
  const { name, heap, from, maxFileMs } = options;
  const mark = createMark();
  const thread: Worker = startThread(name, options.makeData(mark), heap, from);
  let error: unknown = null;
  let isStuck = false;
  let isOver = false;
  const marks = watchMark(mark, maxFileMs, () => {
    isStuck = true;
    void endThread(thread).then(conclude);
  });
  const ended = new Promise<void>((resolve) => {
    thread.once('exit', () => resolve());
  });

  function conclude(): void {
    marks.stop();
    if (isOver) return;
    isOver = true;
    options.onEnd({ file: readMark(mark), harm: harmOf(error, isStuck), error });
  }

  thread.on('message', (message: Message) => {
    if (!isOver) options.onMessage(message);
  });
  thread.once('error', (reason) => {
    error = reason;
  });
  thread.once('exit', conclude);
  return {
    send: (message) => thread.postMessage(message),
    ended,
    async end() {
      isOver = true;
      marks.stop();
      await endThread(thread);
    },
  };
}
