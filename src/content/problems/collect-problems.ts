import type { Reading } from '../reading.ts';
import { describeKind, YamlBoolean } from '../values/yaml-boolean.ts';
import type { ProblemCode } from './problem-catalogue.ts';

/** A problem of the front matter before its line and column are known. */
export interface ProblemDraft {
  readonly code: ProblemCode;
  /** Keys and list positions from the top of the front matter; empty for the whole of it. */
  readonly path: readonly (string | number)[];
  readonly on: 'key' | 'value';
  readonly value: string | null;
  readonly words: Readonly<Record<string, string>>;
}

/** Where in the front matter a reader is. Linked, so that a file without problems builds no paths. */
export interface Place {
  readonly drafts: ProblemDraft[];
  readonly parent: Place | null;
  readonly key: string | number;
  /** Unknown keys told of, so that each is told of once a file. */
  readonly unknownKeys: Set<string>;
  readonly reading: Reading;
}

/** The top of a file's front matter; problems found under it are appended to `drafts`. */
export function startPlace(drafts: ProblemDraft[], reading: Reading): Place {
  return { drafts, parent: null, key: '', unknownKeys: new Set(), reading };
}

/** The place of `key`, or of list position `key`, within `parent`. */
export function within(parent: Place, key: string | number): Place {
  const { drafts, unknownKeys, reading } = parent;
  return { drafts, parent, key, unknownKeys, reading };
}

/** Notes a problem of the value at `place`. */
export function report(
  place: Place,
  code: ProblemCode,
  value: unknown,
  words: Record<string, string> = {},
): void {
  place.drafts.push({ code, path: pathOf(place), on: 'value', value: showValue(value), words });
}

/** Notes a problem of the key at `place`. */
export function reportKey(place: Place, code: ProblemCode, words: Record<string, string> = {}): void {
  place.drafts.push({ code, path: pathOf(place), on: 'key', value: null, words });
}

/** A path as an author reads it: `related[0].webUrl`. */
export function formatPath(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');
}

function pathOf(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step = place; step.parent !== null; step = step.parent) path.unshift(step.key);
  return path;
}

function showValue(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value instanceof YamlBoolean) return value.source;
  return value === null || value === undefined ? null : describeKind(value);
}
