import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How to start one server under test. */
export interface ServerCommand {
  name: string;
  /** Arguments of Node, from the project's root. */
  args: readonly string[];
  env?: Record<string, string>;
  /** Where it will listen, when it does not print that as its first URL. */
  url?: string;
}

/** A server under test, in a process of its own. */
export interface ChildServer {
  name: string;
  /** Its GraphQL address, or the address under whose host it answers. */
  url: string;
  pid: number;
  /** SIGTERM, and SIGKILL after five seconds; null: it died by a signal. */
  stop(): Promise<number | null>;
}

export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** Starts a server and waits until it says where it listens. @throws Error with what it said, when that takes too long */
export async function startServer(command: ServerCommand, timeoutMs = 60_000): Promise<ChildServer> {
  const child = spawn(process.execPath, [...command.args], {
    cwd: projectRoot,
    env: { ...process.env, NODE_ENV: 'production', ...command.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const exited = once(child, 'exit').then(([code]: Array<number | null>) => {
    running.delete(child);
    return code ?? null;
  });

  const said: string[] = [];
  const address = new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('It did not say where it listens.')), timeoutMs);
    exited.then((code) => reject(new Error(`It ended with exit code ${code}.`)));
    const listen = (chunk: Buffer) => {
      said.push(chunk.toString());
      // A line that is not whole yet could hold half of a URL.
      const found = /https?:\/\/[^\s"]+\/graphql\b/u.exec(said.join('').replace(/[^\n]*$/u, ''));
      if (found) resolve(found[0]);
      if (found || said.length > 200) said.length = 0;
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    exited.finally(() => clearTimeout(timer));
    timer.unref();
  });

  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
    const code = await exited;
    clearTimeout(killer);
    return code;
  };
  try {
    const url = await address;
    if (child.pid === undefined) throw new Error('It has no process.');
    return {
      name: command.name,
      url: command.url ?? url.replace('localhost', '127.0.0.1'),
      pid: child.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`${command.name} did not start: ${(error as Error).message}\n${said.join('')}`);
  }
}

/** Runs a script to its end and gives the JSON that it prints as its last line. @throws Error when it fails */
export async function runScript<T>(args: readonly string[], env: Record<string, string> = {}): Promise<T> {
  const child = spawn(process.execPath, [...args], {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = await once(child, 'close');
  running.delete(child);
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with exit code ${code}.`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '');
}

/** Runs a script to its end and tells each line that it prints when it comes. @throws when it fails */
export async function runLines(args: readonly string[], onLine: (line: string) => void): Promise<void> {
  const child = spawn(process.execPath, [...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  createInterface(child.stdout).on('line', onLine);
  const [code] = await once(child, 'close');
  running.delete(child);
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with exit code ${code}.`);
}
