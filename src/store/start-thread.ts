import { Worker } from 'node:worker_threads';

/**
 * Starts a module of this folder as a worker thread, from src/ as well as from dist/.
 * @param heap MB that it may keep; the nearer a thread is to that, the sooner it collects what it no longer needs
 */
export function startThread(name: string, workerData: unknown, heap: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: heap, maxYoungGenerationSizeMb: 48 };
  const options = { workerData, resourceLimits, execArgv: [] };
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL(`./${name}.js`, import.meta.url), options);
  }
  // On Node 20 a thread does not inherit the loader of `--import tsx`, and registers it itself.
  const loader = JSON.stringify(import.meta.resolve('tsx/esm/api'));
  const entry = JSON.stringify(new URL(`./${name}.ts`, import.meta.url).href);
  const code = `import { register } from ${loader}; register(); await import(${entry});`;
  return new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`), options);
}
