import { isAlias, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { boundLocating } from './bound-front-matter.ts';

/** Counted from 1, in the file; null when the place is not known. */
export interface Position {
  line: number | null;
  column: number | null;
}

/** Finds a key or a value by its path from the top of the front matter. */
export type Locate = (path: readonly (string | number)[], on: 'key' | 'value') => Position;

const UNKNOWN: Position = { line: null, column: null };
// The block begins on the line after the opening `---`.
const LINES_BEFORE_BLOCK = 1;

/**
 * Finds keys and values of a YAML block by their path. It parses the block with `yaml`, which is exact and ten times
 * as slow as the reader used for loading: call it for a file that has a problem only. In a block that would cost it much more
 * than most do, no place is known.
 */
export function createYamlLocator(block: string): Locate {
  const lines = new LineCounter();
  const document = parseSafely(block, lines);
  return (path, on) => {
    if (document === null) return UNKNOWN;
    let node: unknown = document.contents;
    let keyOffset: number | null = null;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(document);
      if (isMap(node)) {
        const pair = node.items.find((item) => keyText(item.key) === String(step));
        if (pair === undefined) return keyOffset === null ? UNKNOWN : position(lines, keyOffset);
        keyOffset = offsetOf(pair.key) ?? keyOffset;
        node = pair.value;
      } else if (isSeq(node) && typeof step === 'number') {
        node = node.items[step];
        keyOffset = offsetOf(node) ?? keyOffset;
      }
      // Anything else is a single value where a list belongs: its first item is itself.
    }
    const offset = on === 'key' ? keyOffset : (offsetOf(node) ?? keyOffset);
    return offset === null ? UNKNOWN : position(lines, offset);
  };
}

/**
 * Where a block stops being YAML: what `yaml` says, else the mark (counted from 0) of the reader that refused it. Of a key that
 * stands twice the mark is somewhere behind it.
 */
export function locateSyntaxError(
  block: string,
  mark: { line: number; column: number } | undefined,
): Position {
  const lines = new LineCounter();
  const fault = parseSafely(block, lines)?.errors[0];
  if (fault !== undefined) return position(lines, fault.pos[0]);
  if (mark === undefined) return UNKNOWN;
  return { line: mark.line + 1 + LINES_BEFORE_BLOCK, column: mark.column + 1 };
}

function parseSafely(block: string, lineCounter: LineCounter): ReturnType<typeof parseDocument> | null {
  const { isAllowed, mayCompareKeys } = boundLocating(block);
  if (!isAllowed) return null;
  try {
    return parseDocument(block, {
      lineCounter,
      prettyErrors: false,
      logLevel: 'silent',
      schema: 'failsafe',
      uniqueKeys: mayCompareKeys,
    });
  } catch {
    // It recurses where the loading reader counts: a block too deep for it has no exact place.
    return null;
  }
}

function position(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: line + LINES_BEFORE_BLOCK, column: col };
}

function offsetOf(node: unknown): number | null {
  return isNode(node) && node.range ? node.range[0] : null;
}

function keyText(key: unknown): string {
  return typeof key === 'object' && key !== null && 'value' in key ? String(key.value) : String(key);
}
