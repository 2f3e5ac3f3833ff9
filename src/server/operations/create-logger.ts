import { type Logger, pino, stdTimeFunctions } from 'pino';
import { prettyFactory } from 'pino-pretty';
import { escapeJson, escapeValues } from './escape-log.ts';

/** The part of pino's logger that the gateway uses. */
export type GatewayLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'isLevelEnabled'>;

export interface LoggerOptions {
  level: string;
  /** `auto` is readable on a terminal and JSON otherwise. */
  format: 'auto' | 'pretty' | 'json';
}

const STDERR = 2;

/**
 * A logger that writes to standard error: one JSON object a line, or readable lines on a terminal.
 * Callers log names, ids and figures; headers, tokens, bodies and variables are never given to it.
 */
export function createLogger({ level, format: wanted }: LoggerOptions): Logger {
  const readable = wanted === 'pretty' || (wanted === 'auto' && process.stderr.isTTY === true);
  const options = { level, base: null, timestamp: stdTimeFunctions.isoTime };
  const destination = pino.destination({ dest: STDERR, sync: true });
  const format = readable ? formatLine() : escapeJson;
  return pino(options, { write: (line) => destination.write(format(line)) });
}

/** One line for a person of one line of JSON, whatever its texts hold; stacks take more. */
function formatLine(): (line: string) => string {
  const pretty = prettyFactory({ singleLine: true, colorize: process.stderr.isTTY === true });
  return (line) => pretty(escapeValues(JSON.parse(line)));
}

/** A logger that says nothing, for tests and for programs that embed the gateway. */
export function createSilentLogger(): Logger {
  return pino({ level: 'silent' });
}
