import type { Location, ValueNode } from '@humanwhocodes/momoa';
import { memberName, parseJson } from './load-json.ts';
import type { Locate } from './locate-problem.ts';

/** Finds keys and values of a JSON block by their path. @param linesBefore lines of the file before the block */
export function createJsonLocator(block: string, linesBefore: number): Locate {
  const root = parseJson(block);
  return (path, on) => {
    let node: ValueNode = root;
    let key: Location = root.loc.start;
    for (const step of path) {
      const next = enter(node, step);
      // A single value where a list belongs: its first item is itself.
      if (next === null) break;
      key = next.key;
      node = next.value;
    }
    const { line, column } = on === 'key' ? key : node.loc.start;
    return { line: line + linesBefore, column };
  };
}

function enter(node: ValueNode, step: string | number): { key: Location; value: ValueNode } | null {
  if (node.type === 'Object') {
    const member = node.members.find((one) => memberName(one) === String(step));
    return member ? { key: member.name.loc.start, value: member.value } : null;
  }
  const element = node.type === 'Array' && typeof step === 'number' ? node.elements[step] : undefined;
  return element ? { key: element.value.loc.start, value: element.value } : null;
}
