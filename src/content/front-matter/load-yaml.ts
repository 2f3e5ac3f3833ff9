import { FAILSAFE_SCHEMA, load, Type } from 'js-yaml';
import { YamlBoolean } from '../values/yaml-boolean.ts';

/** Thrown when front matter grows past its budget once aliases are followed, or never ends. */
export class YamlBudgetError extends Error {
  override readonly name = 'YamlBudgetError';
}

/** How many values a file's front matter may have, with aliases written out. */
export const MAX_YAML_NODES = 10_000;
const MAX_YAML_CHARACTERS = 4 * 1024 * 1024;
const MAX_YAML_DEPTH = 64;

const BOOLEANS = new Map(
  ['true', 'false', 'yes', 'no', 'on', 'off']
    .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()])
    .map((source) => [source, new YamlBoolean(source)]),
);
const NULLS = new Set(['~', 'null', 'Null', 'NULL']);

// Asked of every plain scalar and key: the length rules out nearly all of them.
const isNull = (text: string | null): boolean =>
  text === null || ((text.length === 1 || text.length === 4) && NULLS.has(text));
const isBoolean = (text: string | null): boolean =>
  text !== null && text.length >= 2 && text.length <= 5 && BOOLEANS.has(text);

const scalar = (
  name: string,
  options: { resolve?: (text: string | null) => boolean; construct?: (text: string) => unknown },
) => new Type(`tag:yaml.org,2002:${name}`, { kind: 'scalar', ...options });

/**
 * Every scalar is its source text, but for null and booleans: so `007`, `1e3`, `2024-13-45` and `no` reach the field's
 * reader as written, and the field decides what they are.
 */
const SCHEMA = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar('null', { resolve: isNull, construct: () => null }),
    scalar('bool', { resolve: isBoolean, construct: (text) => BOOLEANS.get(text) }),
    // YAML 1.2 has no merge key, but `<<` that is not followed could lose a `published: false`.
    scalar('merge', { resolve: (text) => text === '<<' }),
  ],
  explicit: [scalar('int', {}), scalar('float', {}), scalar('timestamp', {})],
});

/**
 * Reads one YAML 1.2 document.
 *
 * @returns strings, `YamlBoolean`s, nulls, arrays and plain objects; undefined for an empty document.
 * @throws YAMLException of js-yaml when the text is not YAML, has a key twice, or an unknown tag.
 * @throws YamlBudgetError when it has more than 10,000 values, is deeper than 64, or refers to itself.
 */
export function loadYaml(text: string): unknown {
  const value: unknown = load(text, { schema: SCHEMA });
  checkBudget(value);
  return value;
}

/**
 * Counts what front matter says, aliases written out.
 * @throws YamlBudgetError when it has more than 10,000 values, is deeper than 64, or refers to itself
 */
export function checkBudget(value: unknown): void {
  measure(value, 0, { nodes: 0, characters: 0 });
}

function measure(value: unknown, depth: number, sum: { nodes: number; characters: number }): void {
  sum.nodes += 1;
  if (typeof value === 'string') sum.characters += value.length;
  if (sum.nodes > MAX_YAML_NODES || sum.characters > MAX_YAML_CHARACTERS || depth > MAX_YAML_DEPTH) {
    throw new YamlBudgetError('the YAML is too large, too deep, or refers to itself');
  }
  if (Array.isArray(value)) {
    for (const item of value) measure(item, depth + 1, sum);
  } else if (typeof value === 'object' && value !== null && !(value instanceof YamlBoolean)) {
    for (const item of Object.values(value)) measure(item, depth + 1, sum);
  }
}
