/** The middle of the values; NaN when there are none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the given share (0 to 1) of the values lies, between neighbours in proportion; NaN when there are none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

/** A Markdown table, so that it can stand in the documentation as it is printed. */
export function renderTable(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, i) => `${i === 0 ? ':' : ''}${'-'.repeat(width + 1)}${i === 0 ? '' : ':'}`).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** For tables: few digits, thousands apart. */
export function showNumber(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(value >= 1 ? 2 : 3);
}

/** The machine that the figures belong to. */
export function describeMachine(cpus: ReadonlyArray<{ model: string }>, memoryBytes: number): string {
  const model = cpus[0]?.model.trim() || 'unknown processor';
  return `Node ${process.version}, ${cpus.length} × ${model}, ${Math.round(memoryBytes / 2 ** 30)} GiB, ${process.platform}`;
}
