const ELLIPSIS = '…';

/**
 * Cuts a text to `limit` UTF-16 units, ellipsis included: at the last space when there is one in the second half, else
 * (as in Chinese) after any whole character. Marks, emoji sequences, flags and surrogate pairs stay whole: where not one
 * fits, the ellipsis stands alone.
 *
 * `Intl.Segmenter` is not used: its answer changes with the ICU of the machine, and titles must not.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit < 1) return '';
  const space = text.lastIndexOf(' ', limit - 1);
  let end = space >= limit / 2 ? space : limit - 1;
  while (end > 0 && !isBoundary(text, end)) end -= 1;
  return text.slice(0, end).replace(/[\s,;:，、；：–—-]{1,8}$/u, '') + ELLIPSIS;
}

/** True when no character that readers see as one stands on both sides of `at`. */
function isBoundary(text: string, at: number): boolean {
  const next = text.codePointAt(at) ?? 0;
  if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) return false;
  const before = isLow(text.charCodeAt(at - 1)) ? (text.codePointAt(at - 2) ?? 0) : text.charCodeAt(at - 1);
  if (next === 0x200d || before === 0x200d) return false;
  if (next === 0x200c || isModifier(next) || /^\p{M}/u.test(String.fromCodePoint(next))) return false;
  return !(isFlagLetter(next) && flagLettersBefore(text, at) % 2 === 1);
}

function flagLettersBefore(text: string, at: number): number {
  let count = 0;
  for (let index = at - 2; index >= 0 && isFlagLetter(text.codePointAt(index) ?? 0); index -= 2) count += 1;
  return count;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;
const isFlagLetter = (point: number): boolean => point >= 0x1f1e6 && point <= 0x1f1ff;
/** Skin tones and tag characters. */
const isModifier = (point: number): boolean =>
  (point >= 0x1f3fb && point <= 0x1f3ff) || (point >= 0xe0020 && point <= 0xe007f);
