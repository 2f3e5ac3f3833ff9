const FORM =
  /^(\d{4})-(\d\d)-(\d\d)(?:(?:[Tt]| +)(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?))?)?$/u;

/**
 * A moment in the forms people's tools write: date only, or date and time with `T` or a space between, seconds and their
 * fraction optional, the zone as `Z`, `UTC`, `+08:00`, `+0800` or `+08` (ISO 8601 and RFC 3339). No zone is UTC. Fractions
 * below a millisecond are cut off.
 *
 * @returns `YYYY-MM-DDTHH:mm:ss.sssZ`; null for any other form, for a day or time that does not exist (30 February, 24:00,
 * second 60), and outside the years 0001 to 9999 in UTC. A leap second is refused, since it could only be stored as
 * another moment.
 */
export function normaliseDateTime(text: string): string | null {
  const match = FORM.exec(text);
  if (match === null) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const [hour, minute, second] = [Number(match[4] ?? 0), Number(match[5] ?? 0), Number(match[6] ?? 0)];
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offset = readOffset(match[8] ?? 'Z');
  if (offset === null || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;

  if (offset === 0) {
    const time = `${match[4] ?? '00'}:${match[5] ?? '00'}:${match[6] ?? '00'}.${String(millisecond).padStart(3, '0')}`;
    return year === 0 ? null : `${match[1]}-${match[2]}-${match[3]}T${time}Z`;
  }
  const moment = new Date(0);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  moment.setUTCFullYear(year, month - 1, day);
  moment.setUTCHours(hour, minute - offset, second, millisecond);
  const utcYear = moment.getUTCFullYear();
  return utcYear >= 1 && utcYear <= 9999 ? moment.toISOString() : null;
}

/** Minutes east of UTC; null when the zone does not exist. */
function readOffset(zone: string): number | null {
  if (!zone.startsWith('+') && !zone.startsWith('-')) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
