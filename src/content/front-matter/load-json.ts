import { type MemberNode, parse, type StringNode, type ValueNode } from '@humanwhocodes/momoa';
import { YamlBoolean } from '../values/yaml-boolean.ts';
import { FrontMatterSyntaxError } from './front-matter-syntax-error.ts';
import { checkBudget } from './load-yaml.ts';

/**
 * Reads JSON (RFC 8259) to the values that YAML is read to; a number is its source text. A key may stand once only.
 * @throws FrontMatterSyntaxError, and YamlBudgetError as loadYaml
 */
export function loadJson(block: string): unknown {
  const value = convert(parseJson(block), block);
  checkBudget(value);
  return value;
}

/** The tree of a JSON text, with the place of each value. @throws FrontMatterSyntaxError */
export function parseJson(block: string): ValueNode {
  try {
    return parse(block, { mode: 'json', ranges: true }).body;
  } catch (error) {
    if (!isLocated(error)) throw error;
    const { message, line, column } = error;
    const reason = message.replace(/\.? ?\(\d+:\d+\)$/u, '').replace(/^\w/u, (first) => first.toLowerCase());
    throw new FrontMatterSyntaxError(reason, { line, column });
  }
}

/** The name of an object's member. */
export function memberName({ name }: MemberNode): string {
  return (name as StringNode).value;
}

function convert(node: ValueNode, block: string): unknown {
  switch (node.type) {
    case 'Boolean':
      return new YamlBoolean(String(node.value));
    case 'Number':
      return block.slice(...(node.range ?? [0, 0]));
    case 'String':
      return node.value;
    case 'Array':
      return node.elements.map(({ value }) => convert(value, block));
    case 'Object':
      return Object.fromEntries(listMembers(node.members, block));
    default:
      return null;
  }
}

function listMembers(members: readonly MemberNode[], block: string): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const member of members) {
    const name = memberName(member);
    if (entries.has(name)) {
      throw new FrontMatterSyntaxError('a key stands twice', member.name.loc.start, true);
    }
    entries.set(name, convert(member.value, block));
  }
  return entries;
}

/** The parser has classes for its errors and does not export them. */
function isLocated(error: unknown): error is Error & { line: number; column: number } {
  return error instanceof Error && 'line' in error && 'column' in error;
}
