import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { ModelMistake } from '../../model/model-mistake.ts';
import { noOwnKeys, type OwnModel } from '../../model/own-model.ts';
import { MAX_MODEL_BYTES, parseModel } from '../../model/parse-model.ts';
import { escapeControls } from '../problems/escape-controls.ts';
import { decodeText } from './decode-text.ts';
import { systemErrorCode } from './system-error-code.ts';

/** The file in which an owner tells of keys of their own. */
export const MODEL_FILE = 'gateway.yaml';

/** Where the owner's model may stand. Plain data, which crosses threads. */
export interface ModelPlace {
  /** The content folder. */
  folder: string;
  /** The one file that it is, when that was said; null: it is looked for in the folder, then in the working directory. */
  file: string | null;
}

/** The owner's model, and the file that tells it; null when there is none. */
export interface FoundModel {
  file: string | null;
  model: OwnModel;
}

/** The file of the owner's model cannot be used. The message has a line a mistake, each with its place. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  /** As messages show it. */
  readonly file: string;
  /** Empty when the file could not be read. */
  readonly mistakes: readonly ModelMistake[];

  /** @param reason why the file cannot be read, in place of mistakes */
  constructor(file: string, mistakes: readonly ModelMistake[], reason?: string) {
    const lines = mistakes.map(({ line, column, message }) => `${file}:${line}:${column}  ${message}`);
    super([...(reason === undefined ? [] : [`${file} ${reason}`]), ...lines].map(escapeControls).join('\n'));
    this.file = file;
    this.mistakes = mistakes;
  }

  /** The same error from its fields, for one that crossed a thread. */
  static from({ file, mistakes, message }: Pick<ModelError, 'file' | 'mistakes' | 'message'>): ModelError {
    const error = new ModelError(file, mistakes);
    error.message = message;
    return error;
  }
}

/**
 * Reads the owner's model, wherever it stands.
 * @throws ModelError when it is wrong or cannot be read, or when the file that was named is not there
 */
export function findModel(place: ModelPlace): FoundModel {
  const found = findModelText(place);
  return found === null ? { file: null, model: noOwnKeys } : { file: found.shown, model: found.model };
}

/**
 * The same with the file's text, and where it stands without links; null when there is none.
 * @throws ModelError as findModel
 */
export function findModelText(
  place: ModelPlace,
): { shown: string; real: string; text: string; model: OwnModel } | null {
  for (const { path, isNamed, within } of candidates(place)) {
    const shown = relative('.', path) || path;
    const text = readBounded(path, shown, within);
    if (text === null && isNamed) throw new ModelError(shown, [], 'does not exist. MODEL names it.');
    if (text === null) continue;
    const parsed = parseModel(text);
    if ('mistakes' in parsed) throw new ModelError(shown, parsed.mistakes);
    return { shown, real: realpathSync(path), text, model: parsed.model };
  }
  return null;
}

/**
 * Where the file of the owner's model really is, whatever links lead to it: it is no article under any name. Null when there is none.
 */
export function realModelFile(place: ModelPlace): string | null {
  for (const { path } of candidates(place)) {
    try {
      return realpathSync.native(path);
    } catch {
      // The next one counts.
    }
  }
  return null;
}

/** What differs when another file, or another text, is the model; null while the content folder is not there. */
export function markModel(place: ModelPlace): string | null {
  if (place.file === null && lookAt(place.folder) === null) return null;
  return candidates(place)
    .map(({ path }) => lookAt(path) ?? '-')
    .join(' ');
}

interface Candidate {
  path: string;
  isNamed: boolean;
  /** The folder out of which no link may lead; null: it is the operator's own. */
  within: string | null;
}

function candidates({ folder, file }: ModelPlace): Candidate[] {
  if (file !== null) return [{ path: resolve(file), isNamed: true, within: null }];
  const own = { path: resolve(folder, MODEL_FILE), isNamed: false, within: folder };
  const beside = { path: resolve(MODEL_FILE), isNamed: false, within: null };
  return own.path === beside.path ? [own] : [own, beside];
}

function lookAt(path: string): string | null {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(':');
  } catch (error) {
    const code = systemErrorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : code;
  }
}

/** The text of a file; null when there is none. @throws ModelError */
function readBounded(path: string, shown: string, within: string | null): string | null {
  let descriptor: number;
  try {
    const real = realpathSync(path);
    if (within !== null && !real.startsWith(join(realpathSync(within), '/')))
      throw new ModelError(shown, [], 'is a link that leads out of the content folder.');
    // A named pipe would let nobody go on who opens it to wait.
    descriptor = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new ModelError(shown, [], `cannot be read (${code}).`);
  }
  try {
    if (!fstatSync(descriptor).isFile()) throw new ModelError(shown, [], 'is no file.');
    return decode(readStart(descriptor), shown);
  } catch (error) {
    if (error instanceof ModelError) throw error;
    throw new ModelError(shown, [], `cannot be read (${systemErrorCode(error)}).`);
  } finally {
    closeSync(descriptor);
  }
}

/** One byte more than a model may have, so that a longer one is seen to be. */
function readStart(descriptor: number): Buffer {
  const bytes = Buffer.alloc(MAX_MODEL_BYTES + 1);
  let length = 0;
  for (let read = -1; read !== 0 && length < bytes.length; length += read) {
    read = readSync(descriptor, bytes, length, bytes.length - length, null);
  }
  return bytes.subarray(0, length);
}

function decode(bytes: Buffer, shown: string): string {
  if (bytes.length > MAX_MODEL_BYTES) throw new ModelError(shown, [], 'has more than 256 KiB.');
  const decoded = decodeText(bytes);
  if ('text' in decoded) return decoded.text;
  const message = decoded.code === 'NUL_BYTE' ? 'There is a NUL byte.' : 'This line is not UTF-8.';
  throw new ModelError(shown, [{ line: decoded.line, column: 1, message }]);
}
