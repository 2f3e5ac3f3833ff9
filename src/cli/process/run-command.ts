import type { Command } from 'commander';
import { type GatewayConfig, loadConfig } from '../../config/load-config.ts';
import { formatStack } from '../output/format-stack.ts';
import { createTerminal, type Terminal } from '../output/terminal.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { explainFailure, formatFailure } from './explain-failure.ts';

/**
 * Runs a command's action and turns how it ends into the exit code. What fails is told on standard error, and with
 * `--json` as `{ "error": … }` on standard output too.
 */
export async function runCommand(
  command: Command,
  action: (terminal: Terminal) => Promise<ExitCode>,
): Promise<void> {
  const terminal = createTerminal(command.opts<{ json?: boolean; quiet?: boolean }>());
  leaveWhenNobodyReads();
  try {
    process.exitCode = await action(terminal);
  } catch (error) {
    const failure = explainFailure(error);
    const { code, message, fix, exitCode, mistakes } = failure;
    terminal.json({ error: { code, message, fix, ...(mistakes && { mistakes }) }, exitCode });
    terminal.warn(...formatFailure(failure));
    if (failure.isBug && isDebugging()) terminal.warn(...formatStack(error));
    process.exitCode = exitCode;
  }
}

/** `npm run check | head` closes the pipe early: that is no failure. */
function leaveWhenNobodyReads(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.ok);
    throw error;
  });
}

function isDebugging(): boolean {
  const levels: readonly GatewayConfig['logLevel'][] = ['trace', 'debug'];
  try {
    return levels.includes(loadConfig().logLevel);
  } catch {
    return false;
  }
}
