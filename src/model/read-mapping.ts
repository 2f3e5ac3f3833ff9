import { isMap, isScalar, isSeq, type Node, type ParsedNode, type YAMLMap } from 'yaml';
import { suggestKey } from '../text/keys/suggest-key.ts';
import type { Mistakes } from './model-mistake.ts';

/** A key of a mapping with its own place and its value's. */
export interface Entry {
  name: string;
  key: Node;
  /** Null where nothing stands behind the colon. */
  value: ParsedNode | null;
}

/** The entries of a mapping in order; a mistake, and none, when it is something else. @param what it is called */
export function entriesOf(node: unknown, what: string, mistakes: Mistakes, place: unknown = node): Entry[] {
  if (!isMap(node)) {
    mistakes.add(node ?? place, `${what} must be keys and values, such as { kind: text }.`);
    return [];
  }
  const names = new Set<string>();
  return (node as YAMLMap.Parsed).items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.source ?? key.value) : null;
    if (name === null) mistakes.add(key, `A key of ${what} must be a name.`);
    else if (names.has(name)) mistakes.add(key, `\`${name}\` stands here twice.`);
    else {
      names.add(name);
      return [{ name, key, value: value ?? null }];
    }
    return [];
  });
}

/** Notes an entry whose name is none of `known`, with the one that was likely meant. */
export function refuseUnknown(entry: Entry, known: readonly string[], mistakes: Mistakes): void {
  const near = suggestKey(entry.name, known);
  const hint = near === null ? `What may stand here: ${known.join(', ')}.` : `Did you mean \`${near}\`?`;
  mistakes.add(entry.key, `\`${entry.name}\` is not known here. ${hint}`);
}

/** The text of a scalar as written; null, and a mistake, when it is none or empty. */
export function textOf({ name, key, value }: Entry, mistakes: Mistakes): string | null {
  const text = scalarText(value);
  if (text !== null && text !== '') return text;
  mistakes.add(value ?? key, `\`${name}\` must be a text.`);
  return null;
}

/** The texts of a list, or of a single scalar; null, and a mistake, when it is neither. */
export function textsOf({ name, key, value }: Entry, mistakes: Mistakes): string[] | null {
  const nodes: readonly unknown[] = isSeq(value) ? value.items : [value];
  const texts = nodes.map(scalarText);
  if (texts.length > 0 && texts.every((text) => text !== null && text !== '')) return texts as string[];
  mistakes.add(value ?? key, `\`${name}\` must be a text or a list of texts.`);
  return null;
}

/** True or false; null, and a mistake, when it is something else. */
export function booleanOf({ name, key, value }: Entry, mistakes: Mistakes): boolean | null {
  if (isScalar(value) && typeof value.value === 'boolean') return value.value;
  mistakes.add(value ?? key, `\`${name}\` must be true or false.`);
  return null;
}

/** A scalar as it is written, so that `007` and `no` stay what they are; null of anything else. */
export function scalarText(node: unknown): string | null {
  if (!isScalar(node) || node.value === null) return null;
  return String(node.type === 'PLAIN' && node.source !== undefined ? node.source : node.value);
}
