import { Worker } from 'node:worker_threads';

/**
 * Starts a module as a worker thread, from src/ as well as from dist/. What the thread prints goes nowhere: it may hold
 * what somebody wrote into a file.
 * @param heap MB that it may keep; the nearer a thread is to that, the sooner it collects what it no longer needs
 * @param from the URL of the module in whose folder the thread's module is
 */
export function startThread(name: string, workerData: unknown, heap: number, from: string): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 48 };
  const options = { workerData, resourceLimits, execArgv: [], stdout: true, stderr: true };
  const worker = new Worker(entryOf(name, from), options);
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

function entryOf(name: string, from: string): URL {
  if (!from.endsWith('.ts')) return new URL(`./${name}.js`, from);
  // On Node 20 a thread does not inherit the loader of `--import tsx`, and registers it itself.
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const entry = JSON.stringify(new URL(`./${name}.ts`, from).href);
  const code = `import { register } from ${loader}; register(); await import(${entry});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

/** What a thread may take to end once it was told to, in milliseconds. */
const MAX_END_MS = 5_000;

/** Ends a thread. One that does not hear, in a call to the system, is left behind and keeps the process from nothing. */
export async function endThread(thread: Worker): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, MAX_END_MS);
  });
  await Promise.race([thread.terminate(), limit]);
  clearTimeout(timer);
  thread.unref();
}
