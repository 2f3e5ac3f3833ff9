/**
 * Whether a parsed JSON value has lists and objects in each other to more than `max` levels. Takes no stack, whatever the
 * value is: what walks variables after it calls itself at each level.
 */
export function isDeeperThan(value: unknown, max: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    const below: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      if (depth === max) return true;
      for (const inner of Object.values(item)) {
        if (typeof inner === 'object' && inner !== null) below.push(inner);
      }
    }
    level = below;
  }
  return false;
}
