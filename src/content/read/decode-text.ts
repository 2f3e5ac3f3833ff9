import { isAscii, isUtf8 } from 'node:buffer';
import type { ProblemCode } from '../problems/problem-catalogue.ts';

/** Bytes as text, or why they are none and on which line (counted from 1) that shows. */
export type DecodedText = { text: string } | { code: ProblemCode & ('NOT_UTF8' | 'NUL_BYTE'); line: number };

/** Decodes UTF-8, strictly: a byte that does not belong is never replaced. A BOM is taken off; line ends stay. */
export function decodeText(bytes: Buffer): DecodedText {
  const nul = bytes.indexOf(0);
  if (nul !== -1) return { code: 'NUL_BYTE', line: countLines(bytes, nul) };
  // Most files are no more than that, and it is read in half the time.
  if (isAscii(bytes)) return { text: bytes.toString('latin1') };
  if (!isUtf8(bytes)) return { code: 'NOT_UTF8', line: countLines(bytes, findInvalid(bytes)) };
  const hasBom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: bytes.toString('utf8', hasBom ? 3 : 0) };
}

/** The offset just before the first byte that is not UTF-8, found by halving; a cut character is put down to its start. */
function findInvalid(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    let end = middle;
    while (end > valid && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
    if (end > valid && isUtf8(bytes.subarray(valid, end))) valid = end;
    else invalid = end > valid ? end : middle;
  }
  return valid;
}

function countLines(bytes: Buffer, end: number): number {
  let lines = 1;
  for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
