import { ConfigError } from '../../config/load-config.ts';
import { ContentFolderError } from '../../content/read/content-folder-error.ts';
import { ModelError } from '../../content/read/model-file.ts';
import type { ModelMistake } from '../../model/model-mistake.ts';
import { ListenError } from '../../server/listen.ts';
import { StoreError } from '../../store/store-error.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/** Something that the caller can mend. The message says what and where. */
export class RefusalError extends Error {
  override readonly name = 'RefusalError';
  readonly exitCode: ExitCode;
  readonly fix: string | null;

  constructor(message: string, fix: string | null = null, exitCode: ExitCode = exitCodes.refused) {
    super(message);
    this.fix = fix;
    this.exitCode = exitCode;
  }
}

/** A failure as the terminal and `--json` tell it. */
export interface Failure {
  exitCode: ExitCode;
  code: string;
  message: string;
  /** What to do about it; null when the message says it. */
  fix: string | null;
  isBug: boolean;
  /** Of a model, each with its place. */
  mistakes?: readonly ModelMistake[];
}

/** Tells what somebody can mend from what is a bug of this program. */
export function explainFailure(error: unknown): Failure {
  const refused = { exitCode: exitCodes.refused, fix: null, isBug: false };
  if (error instanceof ConfigError) {
    return { ...refused, code: 'CONFIG_INVALID', message: error.mistakes.join('\n') };
  }
  if (error instanceof ContentFolderError) {
    return { ...refused, code: 'CONTENT_FOLDER', message: error.message };
  }
  if (error instanceof ModelError) {
    const { message, mistakes } = error;
    return { ...refused, code: 'MODEL_INVALID', message, mistakes };
  }
  if (error instanceof ListenError) return { ...refused, code: error.code, message: error.message };
  if (error instanceof StoreError) {
    const exitCode = error.code === 'SYNC_BUSY' ? exitCodes.ok : exitCodes.refused;
    return { exitCode, code: error.code, message: error.message, fix: error.fix, isBug: false };
  }
  if (error instanceof RefusalError) {
    const { exitCode, message, fix } = error;
    return { exitCode, code: 'REFUSED', message, fix, isBug: false };
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { exitCode: exitCodes.failed, code: 'BUG', message, fix: null, isBug: true };
}

/** The failure on as few lines as it takes, without colour. */
export function formatFailure({ code, message, fix, isBug }: Failure): string[] {
  if (isBug) return [message, 'This is a bug of content-gateway. LOG_LEVEL=debug shows where.'];
  // A line for each mistake; the values in them are quoted.
  if (code === 'CONFIG_INVALID' || code === 'MODEL_INVALID') return message.split('\n');
  return [fix === null ? message : `${message} ${fix}`];
}
