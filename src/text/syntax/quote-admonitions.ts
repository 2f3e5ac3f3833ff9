const HEAD =
  /^(?:!!!|\?\?\?\+?)[ \t]{1,20}([A-Za-z][\w-]{0,29})((?:[ \t]{1,20}[\w-]{1,30}){0,5})[ \t]{0,20}(?:"([^"]{0,300})")?[ \t]{0,20}$/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const INDENT = /^(?: {4}|\t)/;
const MAX_DEPTH = 10;

/**
 * Markdown in which the admonitions of Python-Markdown and MkDocs (`!!! note "Title"`, and `???` for those that fold) are callouts in
 * quotes. Their text is what is indented below: https://python-markdown.github.io/extensions/admonition/
 */
export function quoteAdmonitions(markdown: string): string {
  if (!/^(?:!!!|\?\?\?\+?)[ \t]/m.test(markdown)) return markdown;
  const source = markdown.split('\n');
  const lines: string[] = [];
  let depth = 0;
  let blanks = 0;
  let fence: string | null = null;
  for (const [index, line] of source.entries()) {
    if (line.trim() === '') {
      blanks += 1;
      continue;
    }
    let level = 0;
    let text = line;
    for (; level < depth && INDENT.test(text); level += 1) text = text.replace(INDENT, '');
    const isLeft = level < depth;
    if (isLeft) fence = null;
    depth = level;
    // A line right below a quote would be taken for its own.
    for (let left = isLeft ? Math.max(blanks, 1) : blanks; left > 0; left -= 1) lines.push('>'.repeat(depth));
    blanks = 0;
    const head = fence === null && depth < MAX_DEPTH ? HEAD.exec(text) : null;
    const [, kind = '', classes = '', title] = head ?? [];
    // People shout in several words, too.
    if (head && (classes === '' || title !== undefined || hasTextBelow(source, index, depth + 1))) {
      depth += 1;
      lines.push(`${'> '.repeat(depth)}[!${kind}] ${title ?? ''}`.trimEnd());
      continue;
    }
    const mark = FENCE.exec(text)?.[1];
    if (fence === null) fence = mark ?? null;
    else if (mark?.startsWith(fence)) fence = null;
    lines.push('> '.repeat(depth) + text);
  }
  return [...lines, ...Array.from({ length: blanks }, () => '')].join('\n');
}

/** Whether the next line that is not blank is indented so many times. */
function hasTextBelow(lines: readonly string[], index: number, level: number): boolean {
  let below = index + 1;
  while (below < lines.length && lines[below]?.trim() === '') below += 1;
  let text = lines[below] ?? '';
  let indents = 0;
  for (; indents < level && INDENT.test(text); indents += 1) text = text.replace(INDENT, '');
  return indents === level;
}
