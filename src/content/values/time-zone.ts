/** How many minutes a place's clock is ahead of UTC at a moment. */
export type ZoneOffset = (epochMs: number) => number;

const UTC: ZoneOffset = () => 0;

/**
 * The clock of an IANA time zone, such as `Europe/Paris`.
 * @throws RangeError when there is no such zone
 */
export function createZoneOffset(timeZone: string): ZoneOffset {
  if (timeZone === 'UTC') return UTC;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    era: 'short',
  });
  return (epochMs) => {
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(epochMs)) parts[type] = value;
    const year = Number(parts.year);
    const local = new Date(0);
    local.setUTCFullYear(parts.era === 'BC' ? 1 - year : year, Number(parts.month) - 1, Number(parts.day));
    local.setUTCHours(Number(parts.hour), Number(parts.minute), Number(parts.second));
    return Math.round((local.getTime() - Math.floor(epochMs / 1000) * 1000) / 60_000);
  };
}

/**
 * The moment at which a zone's clock shows a local time. A time that the clock shows twice is the first of the two; one
 * that it skips is as many minutes after the skip (as Temporal's `compatible` disambiguation).
 * @param localMs the local time as if it were UTC, in milliseconds of the epoch
 */
export function momentOfLocalTime(localMs: number, offsetAt: ZoneOffset): number {
  const day = 86_400_000;
  const before = localMs - offsetAt(localMs - day) * 60_000;
  const after = localMs - offsetAt(localMs + day) * 60_000;
  const isShown = (moment: number) => moment + offsetAt(moment) * 60_000 === localMs;
  if (isShown(before)) return before;
  return isShown(after) ? after : before;
}
