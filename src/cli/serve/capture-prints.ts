import { format } from 'node:util';
import type { GatewayLogger } from '../../server/operations/create-logger.ts';

/**
 * From now on what any module prints by `console`, and what Node warns of, goes to the log, which escapes it: a dependency may
 * print what somebody wrote into a file or a request.
 */
export function capturePrints(logger: Pick<GatewayLogger, 'warn'>): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
    console[method] = (...values: unknown[]) => logger.warn({ printed: method }, cut(format(...values)));
  }
  // Node's own printing of warnings is a listener too.
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => logger.warn({ printed: name }, cut(message)));
}

/** Characters of one print that are logged. */
const MAX_LENGTH = 2_000;

function cut(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…`.toWellFormed() : text;
}
