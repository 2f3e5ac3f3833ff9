import { isDeepStrictEqual } from 'node:util';

const cursors = new Set(['cursor', 'startCursor', 'endCursor']);

/**
 * Where two response bodies first differ in `data`, as a path with both values; null when they are equal. Cursors are
 * each server's own and are left out. A body that is not JSON, or has errors, is a difference.
 */
export function findDifference(expected: string, actual: string): string | null {
  const [left, right] = [readData(expected), readData(actual)];
  if (typeof left === 'string') return `expected ${left}`;
  if (typeof right === 'string') return `got ${right}`;
  return compare(left.data, right.data, 'data');
}

function readData(body: string): { data: unknown } | string {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null || !('data' in parsed))
      return `no data: ${body.slice(0, 300)}`;
    if ('errors' in parsed) return `errors: ${JSON.stringify(parsed.errors).slice(0, 300)}`;
    return { data: parsed.data };
  } catch {
    return `no JSON: ${body.slice(0, 300)}`;
  }
}

function compare(left: unknown, right: unknown, path: string): string | null {
  if (!isComposite(left) || !isComposite(right) || Array.isArray(left) !== Array.isArray(right)) {
    return isDeepStrictEqual(left, right) ? null : `${path}: expected ${show(left)}, got ${show(right)}`;
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (cursors.has(key)) continue;
    const found = compare(left[key], right[key], `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

function isComposite(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 120);
}
