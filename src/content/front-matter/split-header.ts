import type { SharedKind } from '../../model/kinds/shared-kind.ts';
import { sharedKinds } from '../../model/kinds/shared-kinds.ts';
import { squashKey } from '../../text/keys/suggest-key.ts';
import { fieldOf } from '../fields/field-table.ts';
import { articleFields, TIME_FIELDS } from '../fields/fields.ts';
import { KNOWN_KEYS } from '../fields/known-keys.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';
import { checkBudget } from './load-yaml.ts';
import type { Locate } from './locate-problem.ts';

/** A key of a header and its value, in lines without the blanks around them. */
interface Entry {
  key: string;
  /** Beside the key; empty when nothing is. */
  value: string;
  /** Below it. */
  more: string[];
  /** Counted from 1, in the file: the header is its beginning. */
  keyLine: number;
  valueLine: number;
  valueColumn: number;
}

const PAIR = /^([A-Za-z0-9][\w-]{0,60}):[ \t]*(.*)$/u;
const CONTINUATION = /^(?: {4}|\t)[ \t]*(.*)$/u;
/** What YAML alone means by a value: a list, a mapping, a block of text, or what is not in it but below it. */
const YAML_VALUE = /^(?:\[.*\]|\{.*\}|[|>][-+]?|[&*!]\S.*)$/u;
const YAML_LINE = /^(?:-(?:[ \t]|$)|["']?[\w-]{1,60}["']?[ \t]*:(?:[ \t]|$))/u;
/** Keys with which a header may begin, too; the gateway does not read them. */
const BEGINS = /^authors?$/u;

/**
 * Takes a header without delimiters off the beginning of a Markdown text (line ends `\n`), as Pelican's authors write it: lines of
 * `Key: value`, of which those that are indented by four spaces or a tab go on with the value, up to a blank line
 * (https://python-markdown.github.io/extensions/meta_data/). Read is only what cannot be anything else: the first key is one of
 * articles, there is a title, a time or another one of them, none stands twice, and nothing in it is YAML's.
 * @returns null when there is no such header
 */
export function splitHeader(text: string): { block: string; body: string } | null {
  // Most texts begin otherwise.
  if (!/^[A-Za-z0-9][\w-]{0,60}:/u.test(text)) return null;
  const end = /\n[^\S\n]*(?:\n|$)/u.exec(text);
  const block = end === null ? text : text.slice(0, end.index);
  const entries = readEntries(block);
  if (entries === null || !isUnmistakable(entries)) return null;
  return { block, body: end === null ? '' : text.slice(end.index + end[0].length) };
}

/**
 * The values of a header: texts as written, but that a lone word for yes or no can be a flag and nothing is null.
 * @throws YamlBudgetError when it has too many
 */
export function loadHeader(block: string): Record<string, unknown> {
  const data = Object.fromEntries((readEntries(block) ?? []).map((entry) => [entry.key, readValue(entry)]));
  checkBudget(data);
  return data;
}

/** Finds keys and values of a header by their path. */
export function createHeaderLocator(block: string): Locate {
  const places = new Map((readEntries(block) ?? []).map((entry) => [entry.key, entry]));
  return ([key], on) => {
    const entry = places.get(String(key));
    if (entry === undefined) return { line: null, column: null };
    if (on === 'key') return { line: entry.keyLine, column: 1 };
    return { line: entry.valueLine, column: entry.valueColumn };
  };
}

/** Null when a line is neither a key with its value nor a part of the value before it. */
function readEntries(block: string): Entry[] | null {
  const entries: Entry[] = [];
  let lineNumber = 0;
  // Prose that begins with a word and a colon is given up at its second line.
  for (let start = 0; start <= block.length; ) {
    const next = block.indexOf('\n', start);
    const line = block.slice(start, next === -1 ? block.length : next);
    start += line.length + 1;
    lineNumber += 1;
    const [, key, rest = ''] = PAIR.exec(line) ?? [];
    const more = CONTINUATION.exec(line)?.[1];
    const last = entries.at(-1);
    if (key !== undefined) {
      const valueColumn = line.length - rest.length + 1;
      entries.push({
        key,
        value: rest.trim(),
        more: [],
        keyLine: lineNumber,
        valueLine: lineNumber,
        valueColumn,
      });
    } else if (more !== undefined && last !== undefined) {
      if (last.value === '' && last.more.length === 0) {
        last.valueLine = lineNumber;
        last.valueColumn = line.length - more.length + 1;
      }
      last.more.push(more.trim());
    } else return null;
  }
  return entries;
}

function isUnmistakable(entries: readonly Entry[]): boolean {
  const known = entries.filter(({ key }) => KNOWN_KEYS.has(squashKey(key)));
  const [first] = entries;
  if (first === undefined || (known[0] !== first && !BEGINS.test(squashKey(first.key)))) return false;
  if (known.length < 2 && !known.some(speaksForItself)) return false;
  if (new Set(entries.map(({ key }) => squashKey(key))).size < entries.length) return false;
  return !entries.some(
    ({ value, more }) => YAML_VALUE.test(value) || more.some((line) => YAML_LINE.test(line)),
  );
}

/** A title, or a time that may hide the article. */
function speaksForItself({ key, value }: Entry): boolean {
  const field = fieldOf(articleFields, key);
  return field === 'title' || (TIME_FIELDS.has(field ?? '') && /^\d{4}/u.test(value));
}

const hasText = (name: string) => name.trim() !== '';

/** The keys that list names. */
const NAMES: ReadonlySet<string> = new Set(
  sharedKinds.flatMap(({ key }: SharedKind) => (key.isNested ? [] : [key.name])),
);

function readValue({ key, value, more }: Entry): unknown {
  const lines = value === '' ? more : [value, ...more];
  const isOfNames = NAMES.has(fieldOf(articleFields, key) ?? '');
  // Names have commas too, and then semicolons between them: https://docs.getpelican.com/en/latest/content.html
  if (isOfNames && lines.some((line) => line.includes(';')))
    return lines.join(';').split(';').filter(hasText);
  // Of names each line has one or more.
  const text = lines.join(isOfNames ? ',' : '\n');
  if (text === '') return null;
  return /^(?:true|false|yes|no|on|off)$/iu.test(text) ? new YamlBoolean(text) : text;
}
