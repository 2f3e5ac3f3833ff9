import { type Logger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';

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
export function createLogger({ level, format }: LoggerOptions): Logger {
  const readable = format === 'pretty' || (format === 'auto' && process.stderr.isTTY === true);
  const options = { level, base: null, timestamp: stdTimeFunctions.isoTime };
  if (!readable) return pino(options, pino.destination({ dest: STDERR, sync: true }));
  return pino(options, pretty({ destination: STDERR, sync: true, colorize: process.stderr.isTTY === true }));
}

/** A logger that says nothing, for tests and for programs that embed the gateway. */
export function createSilentLogger(): Logger {
  return pino({ level: 'silent' });
}
