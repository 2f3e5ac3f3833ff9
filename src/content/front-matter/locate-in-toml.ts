import type { Locate } from './locate-problem.ts';

const HEADER = /^[ \t]*(\[\[?)([^[\]]{1,500})\]/u;
const PAIR =
  /^([ \t]*)((?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:[ \t]*\.[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*)[ \t]*=[ \t]*/u;

interface Entry {
  path: (string | number)[];
  line: number;
  keyColumn: number;
  valueColumn: number;
}

/**
 * Finds keys and values of a TOML block by their path, line by line: what stands in an inline table or list has the place of
 * the line's own key. @param linesBefore lines of the file before the block
 */
export function createTomlLocator(block: string, linesBefore: number): Locate {
  const entries = listEntries(block);
  return (path, on) => {
    const isWithin = (entry: Entry) =>
      entry.path.every((step, index) => String(step) === String(path[index]));
    const found = entries
      .filter((entry) => entry.path.length <= path.length && isWithin(entry))
      .reduce<Entry | null>(
        (best, entry) => (best && best.path.length >= entry.path.length ? best : entry),
        null,
      );
    if (found === null) return { line: null, column: null };
    const isItself = found.path.length === path.length;
    const column = on === 'key' && isItself ? found.keyColumn : found.valueColumn;
    return { line: found.line + linesBefore, column };
  };
}

function listEntries(block: string): Entry[] {
  const entries: Entry[] = [];
  const counts = new Map<string, number>();
  let table: (string | number)[] = [];
  for (const [index, text] of block.split('\n').entries()) {
    const header = HEADER.exec(text);
    if (header) {
      table = splitKey(header[2] ?? '');
      const name = table.join('.');
      const isItem = header[1] === '[[';
      if (isItem) {
        const count = counts.get(name) ?? 0;
        counts.set(name, count + 1);
        table.push(count);
      } else {
        const parent = table[0] === undefined ? undefined : counts.get(String(table[0]));
        if (parent !== undefined && table.length > 1) table.splice(1, 0, parent - 1);
      }
      const column = header[0].length - header[0].trimStart().length + 1;
      entries.push({ path: table, line: index + 1, keyColumn: column, valueColumn: column });
      continue;
    }
    const pair = PAIR.exec(text);
    if (!pair) continue;
    const [all, indent = '', key = ''] = pair;
    entries.push({
      path: [...table, ...splitKey(key)],
      line: index + 1,
      keyColumn: indent.length + 1,
      valueColumn: all.length + 1,
    });
  }
  return entries;
}

function splitKey(text: string): string[] {
  return [...text.matchAll(/"([^"]*)"|'([^']*)'|([\w-]+)/gu)].map(
    (part) => part[1] ?? part[2] ?? part[3] ?? '',
  );
}
