import { execFile } from 'node:child_process';
import { median } from './statistics.ts';

/** Resident memory of a process, once a second. */
export interface MemoryWatch {
  /** Medians in bytes, of the third and of the last quarter of the time. */
  stop(): { thirdQuarter: number; lastQuarter: number; peak: number };
}

/** Watches a process by `ps`, so that it need not help. */
export function watchMemory(pid: number): MemoryWatch {
  const samples: number[] = [];
  const timer = setInterval(() => {
    execFile('ps', ['-o', 'rss=', '-p', String(pid)], (_error, output) => {
      const kibibytes = Number.parseInt(output, 10);
      if (kibibytes > 0) samples.push(kibibytes * 1024);
    });
  }, 1000);
  return {
    stop() {
      clearInterval(timer);
      const half = samples.slice(Math.floor(samples.length / 2));
      const middle = Math.floor(half.length / 2);
      return {
        thirdQuarter: median(half.slice(0, middle)),
        lastQuarter: median(half.slice(middle)),
        peak: Math.max(0, ...samples),
      };
    },
  };
}
