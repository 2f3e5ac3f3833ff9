/**
 * What each command's exit code says. A sync that finds another one at work ends with 0: the work is being done.
 * A process that a signal interrupts ends with 130.
 */
export const exitCodes = {
  ok: 0,
  /** A bug of this program; for `doctor`: a check failed. */
  failed: 1,
  /** It cannot be done as asked: wrong invocation or setting, missing folder, port in use, unusable database. */
  refused: 2,
  /** A file was rejected; everything else was done. */
  filesRejected: 4,
  /** So much was missing that it was not removed. */
  contentKept: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
