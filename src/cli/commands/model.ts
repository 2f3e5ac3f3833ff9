import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FoundKeys, findKeys } from '../../content/find-keys/find-keys.ts';
import { proposeFields } from '../../content/find-keys/propose-fields.ts';
import { writeModel } from '../../content/find-keys/write-model.ts';
import { findModelText, MODEL_FILE } from '../../content/read/model-file.ts';
import { prepareReading } from '../../content/reading.ts';
import { noOwnKeys } from '../../model/own-model.ts';
import { count } from '../output/format-problems.ts';
import { createProgressBar } from '../output/progress-bar.ts';
import type { Terminal } from '../output/terminal.ts';
import { type ExitCode, exitCodes } from '../process/exit-codes.ts';
import {
  type ModelConfig,
  modelPlace,
  type ReadingConfig,
  readingSettings,
} from '../settings/reading-settings.ts';

export interface ModelOptions {
  /** Write the file in place of printing it. */
  write?: boolean;
}

/**
 * Prints, or writes into the folder, a gateway.yaml with all keys of the files that no built-in key reads. What is in one that is
 * there stays as it is, wherever it stands.
 * @throws ContentFolderError, ModelError when there is one that is wrong
 */
export async function model(
  config: ModelConfig & ReadingConfig,
  { write = false }: ModelOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const { contentDir: folder } = config;
  const own = findModelText(modelPlace(config));
  const present = own?.text ?? null;
  const found = await look(config, terminal);
  const proposal = proposeFields(found, own?.model ?? noOwnKeys);
  const text = writeModel(proposal, present);
  const file = own?.shown ?? join(folder, MODEL_FILE);
  const isWritten = write && text !== present;
  if (isWritten) replaceFile(own?.real ?? file, text);
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
  const fields = keys.length === 0 ? 'no key that is not in the API' : `${count(keys.length, 'key')} found`;
  const skipped = unreadable === 0 ? '' : `, of which ${unreadable.toLocaleString('en')} cannot be read`;
  terminal.note(`${fields} in ${count(files, 'file')} of ${folder}${skipped}`);
  if (isWritten) terminal.print(`${file} is written`);
  return exitCodes.ok;
}

async function look(config: ModelConfig & ReadingConfig, terminal: Terminal): Promise<FoundKeys> {
  const bar = createProgressBar(terminal.errorStream, { quiet: terminal.isQuiet });
  // Without the model that is there: what it has already is looked at as all else is.
  const reading = prepareReading(readingSettings(config));
  try {
    return await findKeys(config.contentDir, reading, config.model, (done, total) =>
      bar.update({ phase: 'read', done, total }),
    );
  } finally {
    bar.end();
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
