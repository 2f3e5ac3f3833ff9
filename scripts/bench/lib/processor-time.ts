import { readFileSync } from 'node:fs';

/** Clock ticks a second in which Linux tells processor time to programs, on every architecture that Node runs on. */
const TICKS = 100;

/** Seconds of processor time that a process and its threads have taken; NaN where the system does not tell. */
export function processorSeconds(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; user and system time are the 12th and 13th fields behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch {
    return Number.NaN;
  }
}
