import { parse, TomlDate, TomlError } from 'smol-toml';
import { YamlBoolean } from '../values/yaml-boolean.ts';
import { FrontMatterSyntaxError } from './front-matter-syntax-error.ts';
import { checkBudget } from './load-yaml.ts';

/**
 * Reads TOML 1.0 to the values that YAML is read to: texts, booleans with their source, lists and plain objects. Numbers and
 * dates are text, which the field's reader reads.
 * @throws FrontMatterSyntaxError, and YamlBudgetError as loadYaml
 */
export function loadToml(block: string): unknown {
  try {
    const value = convert(parse(block, { integersAsBigInt: 'asNeeded', maxDepth: 64 }));
    checkBudget(value);
    return value;
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const { message, line, column } = error;
    // The first line says what is wrong; the rest repeats the text around it.
    const reason = (message.split('\n', 1)[0] ?? '').replace(/^Invalid TOML document: /u, '');
    throw new FrontMatterSyntaxError(reason, { line, column }, /redefine|duplicate/iu.test(reason));
  }
}

function convert(value: unknown): unknown {
  if (typeof value === 'boolean') return new YamlBoolean(String(value));
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (value instanceof TomlDate) return value.toISOString();
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
}
