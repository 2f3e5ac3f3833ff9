import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { GatewayConfig } from '../../config/load-config.ts';
import { type FoundKeys, findKeys } from '../../content/find-keys/find-keys.ts';
import { proposeFields } from '../../content/find-keys/propose-fields.ts';
import { writeModel } from '../../content/find-keys/write-model.ts';
import { prepareReading } from '../../content/reading.ts';
import { noOwnKeys } from '../../model/own-model.ts';
import { MAX_MODEL_BYTES, parseModel } from '../../model/parse-model.ts';
import { count } from '../output/format-problems.ts';
import { createProgressBar } from '../output/progress-bar.ts';
import type { Terminal } from '../output/terminal.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import { type ReadingConfig, readingSettings } from '../settings/reading-settings.ts';

export interface ModelOptions {
  /** Write the file in place of printing it. */
  write?: boolean;
}

const MODEL_FILE = 'gateway.yaml';

/**
 * Prints, or writes into the folder, a gateway.yaml with all keys of the files that no built-in key reads. What is in one that is
 * there stays as it is; one that is wrong is told of and left alone.
 * @throws ContentFolderError
 */
export async function model(
  config: Pick<GatewayConfig, 'contentDir'> & ReadingConfig,
  { write = false }: ModelOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { contentDir: folder } = config;
  const file = join(folder, MODEL_FILE);
  const found = await look(config, terminal);
  const present = readPresent(file);
  const parsed = present === null ? { model: noOwnKeys } : parseModel(present);
  if ('mistakes' in parsed) {
    const { mistakes } = parsed;
    terminal.json({ folder, mistakes, exitCode: exitCodes.refused });
    terminal.warn(
      ...mistakes.map(({ line, column, message }) => `${file}:${line}:${column} ${message}`),
      `${file} is left as it is: mend it, or move it away.`,
    );
    return exitCodes.refused;
  }
  const proposal = proposeFields(found, parsed.model);
  const text = writeModel(proposal, present);
  const isWritten = write && text !== present;
  if (isWritten) replaceFile(file, text);
  const { files, unreadable } = found;
  const keys = proposal.fields.map(({ key, field: { name, kind, isPublic }, notes }) => ({
    key,
    name,
    kind,
    isPublic,
    files: notes.files,
    values: notes.distinct.size,
  }));
  const { leftOut } = proposal;
  terminal.json({ folder, files, unreadable, keys, leftOut, text, isWritten, exitCode: exitCodes.ok });
  if (!write) for (const line of text.trimEnd().split('\n')) terminal.print(line);
  const fields = keys.length === 0 ? 'no key that the API has not' : `${count(keys.length, 'key')} found`;
  const skipped = unreadable === 0 ? '' : `, of which ${unreadable.toLocaleString('en')} cannot be read`;
  terminal.note(`${fields} in ${count(files, 'file')} of ${folder}${skipped}`);
  if (isWritten) terminal.print(`${file} is written`);
  return exitCodes.ok;
}

async function look(
  config: Pick<GatewayConfig, 'contentDir'> & ReadingConfig,
  terminal: Terminal,
): Promise<FoundKeys> {
  const bar = createProgressBar(terminal.errorStream, { quiet: terminal.isQuiet });
  // Without the model that is there: what it has already is looked at as all else is.
  const reading = prepareReading({ ...readingSettings(config), model: noOwnKeys });
  try {
    return await findKeys(config.contentDir, reading, (done, total) =>
      bar.update({ phase: 'read', done, total }),
    );
  } finally {
    bar.end();
  }
}

/** The text of the file that is there; null when there is none. A link is not followed, as it may lead out of the folder. */
function readPresent(file: string): string | null {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  try {
    const stat = fstatSync(descriptor);
    if (stat.isFile() && stat.size <= MAX_MODEL_BYTES) return readFileSync(descriptor, 'utf8');
    throw new Error(`${file} is no file of at most 256 KiB.`);
  } finally {
    closeSync(descriptor);
  }
}

/** At once: nobody reads half of it. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
