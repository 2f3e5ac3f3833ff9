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

/** Objects in a value, itself among them, and the most keys that one has; counted no further than to the limits. */
export function exceedsObjects(value: unknown, limits: { objects: number; keys: number }): boolean {
  let objects = 0;
  const exceeds = (part: unknown): boolean => {
    if (typeof part !== 'object' || part === null) return false;
    if (Array.isArray(part)) return part.some(exceeds);
    objects += 1;
    let keys = 0;
    for (const key in part) {
      keys += 1;
      if (keys > limits.keys || exceeds((part as Record<string, unknown>)[key])) return true;
    }
    return objects > limits.objects;
  };
  return exceeds(value);
}
