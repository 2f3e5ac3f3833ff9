import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

export interface SyncChild {
  /** When the sync is about to begin. */
  ready: Promise<void>;
  /** What it said last; null when it was killed before it said anything. */
  ended: Promise<Record<string, unknown> | null>;
  kill(): void;
}

/** Starts a sync in another process. @param shell commands to run before, in the same shell */
export function startSyncChild(
  folder: string,
  url: string,
  options: { shell?: string; uid?: number; mode?: 'start' } = {},
): SyncChild {
  const script = fileURLToPath(new URL('./sync-child.ts', import.meta.url));
  const command = `${options.shell ?? ':'}; exec "$0" --import tsx "$@"`;
  const child: ChildProcessByStdio<null, Readable, null> = spawn(
    'sh',
    ['-c', command, process.execPath, script, folder, url, ...(options.mode ? [options.mode] : [])],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
    },
  );
  let last: Record<string, unknown> | null = null;
  let begin = () => {};
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });
  createInterface(child.stdout).on('line', (line) => {
    if (line === 'ready') begin();
    else last = JSON.parse(line);
  });
  const ended = new Promise<Record<string, unknown> | null>((resolve) => {
    child.once('close', () => {
      begin();
      resolve(last);
    });
  });
  return { ready, ended, kill: () => child.kill('SIGKILL') };
}
