/**
 * Orders two strings by Unicode code point, as SQLite's BINARY and PostgreSQL's "C" collation order UTF-8. JavaScript's
 * own `<` orders by UTF-16 unit, and so puts U+FFFD after U+1F600.
 *
 * @returns below 0, 0 or above 0, as `Array.prototype.sort` wants it.
 */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    const leftIsSurrogate = left >= 0xd800 && left <= 0xdfff;
    const rightIsSurrogate = right >= 0xd800 && right <= 0xdfff;
    if (leftIsSurrogate !== rightIsSurrogate) return leftIsSurrogate ? 1 : -1;
    return left - right;
  }
  return a.length - b.length;
}
