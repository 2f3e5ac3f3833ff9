const STATEMENT = /^(?:import|export)(?:[ \t]|\{|\*|['"])/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * MDX without its imports and exports: a paragraph that begins with one, to the blank line after it, or to the one after which all
 * of its braces are closed (https://mdxjs.com/docs/what-is-mdx/#esm). What stands in a fence of code stays.
 */
export function dropStatements(mdx: string): string {
  if (!/^(?:import|export)/mu.test(mdx)) return mdx;
  // A brace within a string may never be closed, and the article must not go with it.
  return dropUntil(mdx, 'closed', []) ?? dropUntil(mdx, 'blank', []) ?? mdx;
}

/** As `dropStatements`, with an empty line in the place of each, so that the others keep their numbers. */
export function blankStatements(mdx: string): string {
  if (!/^(?:import|export)/mu.test(mdx)) return mdx;
  return dropUntil(mdx, 'closed', ['']) ?? dropUntil(mdx, 'blank', ['']) ?? mdx;
}

/**
 * Null when a statement never ends.
 * @param end where one ends
 * @param instead of each of its lines
 */
function dropUntil(mdx: string, end: 'closed' | 'blank', instead: readonly string[]): string | null {
  const kept: string[] = [];
  let fence: string | null = null;
  let isStatement = false;
  let open = 0;
  let isAfterBlank = true;
  for (const line of mdx.split('\n')) {
    const isBlank = line.trim() === '';
    if (isStatement) {
      open += countBraces(line);
      kept.push(...instead);
      if (isBlank && (open <= 0 || end === 'blank')) isStatement = false;
      isAfterBlank = isBlank;
      continue;
    }
    const mark = FENCE.exec(line)?.[1];
    if (fence !== null && mark?.startsWith(fence)) fence = null;
    else if (fence === null && mark !== undefined) fence = mark;
    else if (fence === null && isAfterBlank && STATEMENT.test(line)) {
      isStatement = true;
      open = countBraces(line);
      kept.push(...instead);
      continue;
    }
    isAfterBlank = isBlank;
    kept.push(line);
  }
  return isStatement && open > 0 && end === 'closed' ? null : kept.join('\n');
}

function countBraces(line: string): number {
  let count = 0;
  for (const [brace] of line.matchAll(/[{}]/g)) count += brace === '{' ? 1 : -1;
  return count;
}
