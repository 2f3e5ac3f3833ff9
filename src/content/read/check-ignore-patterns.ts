/** Patterns that there may be, and characters of one. */
const MAX_PATTERNS = 200;
const MAX_LENGTH = 1_000;
/**
 * Runs of two stars or more, in one pattern and in all. Each may stand for any number of folders, and where one pattern has
 * several their choices are multiplied: five take a minute for one path of a hundred folders, two a millisecond.
 */
const MAX_GLOBSTARS = 2;
const MAX_ALL_GLOBSTARS = 150;

/** Why patterns in gitignore's syntax may take long to be looked for in a path, with the line; null when they cannot. */
export function findCostlyPattern(text: string): string | null {
  let patterns = 0;
  let all = 0;
  for (const [index, line] of text.split(/\r\n?|\n/u).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const globstars = line.match(/\*{2,}/gu)?.length ?? 0;
    patterns += 1;
    all += globstars;
    const place = `line ${index + 1}`;
    if (line.length > MAX_LENGTH) return `${place} has more than ${MAX_LENGTH} characters`;
    if (globstars > MAX_GLOBSTARS) return `${place} has more than ${MAX_GLOBSTARS} times **`;
    if (patterns > MAX_PATTERNS) return `${place} has a pattern beyond the first ${MAX_PATTERNS}`;
    if (all > MAX_ALL_GLOBSTARS) return `with ${place} all have more than ${MAX_ALL_GLOBSTARS} times **`;
  }
  return null;
}
