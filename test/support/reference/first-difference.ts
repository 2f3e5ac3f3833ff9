/** Where two JSON values first differ, order of keys included, and both values there; null when they are equal. */
export function firstDifference(left: unknown, right: unknown, path = 'data'): string | null {
  if (JSON.stringify(left) === JSON.stringify(right)) return null;
  const bothArrays = Array.isArray(left) && Array.isArray(right);
  if (!bothArrays && !(isObject(left) && isObject(right)))
    return readCursor(left) === readCursor(right) ? null : say(path, left, right);
  const [a, b] = [left as Record<string, unknown>, right as Record<string, unknown>];
  const [keysA, keysB] = [Object.keys(a), Object.keys(b)];
  if (!bothArrays && keysA.join() !== keysB.join()) return say(`${path} (keys)`, keysA, keysB);
  for (const key of keysA.length > keysB.length ? keysA : keysB) {
    const found = firstDifference(a[key], b[key], `${path}.${key}`);
    if (found) return found;
  }
  return null;
}

/** A cursor with its numbers as JavaScript writes them: `1.0` and `1` are one. What is no cursor is as it is. */
function readCursor(value: unknown): unknown {
  if (typeof value !== 'string' || !/^W[\w-]+$/u.test(value)) return value;
  try {
    return JSON.stringify(JSON.parse(Buffer.from(value, 'base64url').toString()));
  } catch {
    return value;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function say(path: string, left: unknown, right: unknown): string {
  const cut = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 400);
  return `${path}\n    engine:    ${cut(left)}\n    reference: ${cut(right)}`;
}
