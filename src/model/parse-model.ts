import { isCollection, LineCounter, parseDocument } from 'yaml';
import { checkNames } from './check-names.ts';
import { Mistakes, type ModelMistake } from './model-mistake.ts';
import type { OwnModel } from './own-model.ts';
import { parseField } from './parse-field.ts';
import { type Entry, entriesOf, refuseUnknown, scalarText } from './read-mapping.ts';

/** Bytes that a model's file may have, and keys. */
export const MAX_MODEL_BYTES = 256 * 1024;
export const MAX_FIELDS = 200;
/** Mistakes that are told of. */
const MAX_MISTAKES = 100;

const PARTS = ['fields'];

/** A model, or all that is wrong with its text. */
export type ParsedModel = { model: OwnModel } | { mistakes: ModelMistake[] };

/** Reads a model's file. Pure: the same text gives the same model. @param text YAML 1.2 */
export function parseModel(text: string): ParsedModel {
  const lines = new LineCounter();
  const mistakes = new Mistakes(lines);
  if (Buffer.byteLength(text) > MAX_MODEL_BYTES) {
    return { mistakes: [{ line: 1, column: 1, message: 'The file has more than 256 KiB.' }] };
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    // Compares each key of a mapping with all others; entriesOf tells of those that stand twice.
    uniqueKeys: false,
  });
  for (const error of document.errors) mistakes.addAt(error.pos[0], sentence(error.message));
  if (mistakes.found.length > 0) return { mistakes: firstOf(mistakes.found) };
  const top = document.contents === null ? [] : entriesOf(document.contents, 'The model', mistakes);
  const fields: { entry: Entry; field: NonNullable<ReturnType<typeof parseField>> }[] = [];
  for (const part of top) {
    if (!PARTS.includes(part.name)) refuseUnknown(part, PARTS, mistakes);
    else if (scalarText(part.value) !== null || isCollection(part.value)) {
      const entries = entriesOf(part.value, '`fields`', mistakes);
      if (entries.length > MAX_FIELDS) mistakes.add(part.key, `There are more than ${MAX_FIELDS} fields.`);
      for (const entry of entries.slice(0, MAX_FIELDS)) {
        const field = parseField(entry, mistakes);
        if (field !== null) fields.push({ entry, field });
      }
    }
  }
  checkNames(fields, mistakes);
  if (mistakes.found.length === 0) return { model: { fields: fields.map(({ field }) => field) } };
  return { mistakes: firstOf(mistakes.found) };
}

/** In the order of the file. What is more is told of as a number. */
function firstOf(found: ModelMistake[]): ModelMistake[] {
  const sorted = found.sort((a, b) => a.line - b.line || a.column - b.column);
  const told = sorted.slice(0, MAX_MISTAKES);
  const last = told.at(-1);
  if (sorted.length <= MAX_MISTAKES || !last) return sorted;
  return [...told, { ...last, message: `There are ${sorted.length - MAX_MISTAKES} more mistakes.` }];
}

function sentence(message: string): string {
  return /[.!?]$/u.test(message) ? message : `${message}.`;
}
