import { type Document, isMap, isScalar, parseDocument, YAMLMap } from 'yaml';
import type { OwnField, PartKey } from '../../model/own-model.ts';
import { MAX_MODEL_BYTES } from '../../model/parse-model.ts';
import { cutText } from '../../text/cut-text.ts';
import { escapeControls } from '../problems/escape-controls.ts';
import type { Proposal, ProposedField } from './propose-fields.ts';

const EXAMPLES = 3;
const MAX_EXAMPLE = 60;
/** Keys that are named among those that are left out. */
const MAX_NAMED = 20;

/**
 * A model's file that has the proposed fields besides those of `present`, whose comments and order stay.
 * @param present the text of a file that is a good model; null when there is none
 */
export function writeModel({ fields, leftOut }: Proposal, present: string | null): string {
  if (present === null) {
    const head =
      '# The keys of your files that are no built-in ones, as fields of the API. Change what you like.\n';
    const told = tellLeftOut(leftOut);
    if (fields.length === 0) return `${head}${told}fields: {}\n`;
    return `${head}${told}fields:\n${within(fields, head.length + told.length)
      .map(formatField)
      .join('')}`;
  }
  const fresh = within(fields, Buffer.byteLength(present) * 2);
  if (fresh.length === 0) return present;
  const document: Document = parseDocument(present);
  const additions = parseDocument(`fields:\n${fresh.map(formatField).join('')}`).get('fields');
  if (!isMap(document.contents)) document.contents = new YAMLMap(document.schema);
  const known = document.get('fields');
  const target = isMap(known) ? known : new YAMLMap(document.schema);
  if (target !== known) document.set('fields', target);
  // Comments end a line, so that they cannot stand in `{ … }` on one.
  target.flow = false;
  if (isMap(additions)) {
    // The parser gives what stands before the first field to the mapping.
    const [first] = additions.items;
    if (first && isScalar(first.key)) first.key.commentBefore ??= additions.commentBefore;
    target.items.push(...additions.items);
  }
  return document.toString({ lineWidth: 0 });
}

/** The first fields, as many as a model's file has room for. */
function within(fields: readonly ProposedField[], used: number): ProposedField[] {
  let rest = MAX_MODEL_BYTES - 16 * 1024 - used;
  return fields.filter((field) => {
    rest -= Buffer.byteLength(formatField(field)) + 16;
    return rest > 0;
  });
}

/** A field with its comment, as lines below `fields:`. */
function formatField({ key, field, notes, withoutParts }: ProposedField): string {
  const files = count(notes.files, 'file');
  const values = `${notes.isCut ? 'more than ' : ''}${count(notes.distinct.size, 'value')}`;
  const examples = field.isPublic ? examplesOf([...notes.distinct.keys()]) : '';
  const lines = [notes.distinct.size === 0 ? files : `${files}, ${values}${examples}`];
  if (!field.isPublic) lines.push('For readers with the preview scope only, by its name.');
  if (withoutParts.length > 0) {
    const named = withoutParts.slice(0, MAX_NAMED).map(quote).join(', ');
    lines.push(`Left out, since they are lists, objects, private by name or may hide the article: ${named}`);
  }
  const comments = lines.map((line) => `  # ${line}\n`).join('');
  return `${comments}  ${field.name}: ${formatOptions(field, key)}\n`;
}

function examplesOf(texts: readonly string[]): string {
  if (texts.length === 0) return '';
  return `: ${texts.slice(0, EXAMPLES).map(quote).join(', ')}${texts.length > EXAMPLES ? ', …' : ''}`;
}

function formatOptions(field: OwnField, key: string): string {
  const options = [`kind: ${field.kind}`];
  if (key !== field.name) options.push(`from: ${formatText(key)}`);
  if ('of' in field) options.push(`of: ${formatText(field.of)}`);
  if ('values' in field && field.values.length > 0)
    options.push(`values: [${field.values.map(({ text }) => formatText(text)).join(', ')}]`);
  if ('isOrder' in field && field.isOrder) options.push('order: true');
  if (field.only !== null) options.push(`only: ${JSON.stringify(field.only)}`);
  if (!field.isPublic) options.push('public: false');
  if ('fields' in field) options.push(`fields: { ${field.fields.map(formatPart).join(', ')} }`);
  return `{ ${options.join(', ')} }`;
}

function formatPart({ name, from: [key = name], kind }: PartKey): string {
  return `${name}: ${key === name ? kind : `{ kind: ${kind}, from: ${formatText(key)} }`}`;
}

/** A text of YAML, without quotes where it cannot be read as something else. */
function formatText(text: string): string {
  const isPlain = /^[A-Za-z_][\w-]*$/u.test(text) && !/^(?:null|true|false)$/iu.test(text);
  return isPlain ? text : JSON.stringify(text);
}

/** A text of a file in a comment: on one line, with nothing that cannot be seen. */
function quote(text: string): string {
  return JSON.stringify(escapeControls(cutText(text, MAX_EXAMPLE)));
}

function tellLeftOut(leftOut: Proposal['leftOut']): string {
  const lines = leftOut
    .slice(0, MAX_NAMED)
    .map(({ key, reason }) => `# Left out: ${quote(key)}, as ${reason}.\n`);
  const rest = leftOut.length - lines.length;
  return [...lines, ...(rest > 0 ? [`# Left out: ${count(rest, 'more key')}.\n`] : [])].join('');
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
