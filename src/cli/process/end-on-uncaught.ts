import { writeSync } from 'node:fs';
import { escapeControls } from '../../content/problems/escape-controls.ts';
import { formatStack } from '../output/format-stack.ts';
import { exitCodes } from './exit-codes.ts';

const STDERR = 2;

/** Ends the process as Node does when nobody catches an error, which Node would show as it is: its message is anybody's. */
export function endOnUncaught(): void {
  process.on('uncaughtException', (error) => {
    const lines = ['Uncaught error', ...formatStack(error)].map((line) => `${escapeControls(line)}\n`);
    try {
      writeSync(STDERR, lines.join(''));
    } catch {
      // Nobody reads, or not now: what matters is the end.
    }
    process.exit(exitCodes.failed);
  });
}
