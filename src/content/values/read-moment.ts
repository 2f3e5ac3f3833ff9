import { createZoneOffset, momentOfLocalTime, type ZoneOffset } from './time-zone.ts';

/** Why a text is no moment: a form that is not known, a day or time that does not exist, or `03/04/2024`. */
export type DateTrouble = 'unknown' | 'impossible' | 'ambiguous';

/** A moment as `YYYY-MM-DDTHH:mm:ss.sssZ`, or why there is none. */
export type DateReading = { moment: string } | { trouble: DateTrouble };

const CLOCK = String.raw`(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?`;
const HALF = String.raw`(?: ?(?<half>[AaPp])\.?[Mm]\.?)?`;
const ZONE = String.raw`(?: ?(?<zone>[A-Za-z]{1,3}|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d\d)?))?`;
const NAMED_TIME = String.raw`(?:,? (?:at )?${CLOCK}${HALF}${ZONE}(?: \([^()]{0,60}\))?)?`;
const WEEKDAY = String.raw`(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? )?`;
const MONTH = String.raw`(?<name>[A-Za-z]{3,9})\.?`;
const DAY = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;

const ISO = new RegExp(
  String.raw`^(?<year>\d{4})(?<dash>[-/])(?<month>\d{1,2})\k<dash>(?<day>\d{1,2})(?:(?:[Tt]|[ \t]+)${CLOCK}${ZONE})?$`,
  'u',
);
const BASIC = new RegExp(
  String.raw`^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?:[Tt](?<hour>\d\d)(?<minute>\d\d)(?:(?<second>\d\d)(?:[.,](?<fraction>\d{1,9}))?)?${ZONE})?$`,
  'u',
);
const DAY_FIRST = new RegExp(`^${WEEKDAY}${DAY} ${MONTH},? (?<year>\\d{4})${NAMED_TIME}$`, 'iu');
const DAY_DASHED = new RegExp(`^${DAY}-${MONTH}-(?<year>\\d{4})${NAMED_TIME}$`, 'iu');
const MONTH_FIRST = new RegExp(`^${WEEKDAY}${MONTH} ${DAY},? (?<year>\\d{4})${NAMED_TIME}$`, 'iu');
const FORMS = [ISO, BASIC, DAY_FIRST, MONTH_FIRST, DAY_DASHED];
const NUMBERS_ONLY = /^\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d\d)(?:[ T,].*)?$/u;

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH_NAMES =
  'january february march april may june july august september october november december'.split(' ');

// RFC 2822, section 4.3, in minutes; of the letters of military zones only `Z` has the meaning its writers gave it.
const ZONE_NAMES: Readonly<Record<string, number>> = {
  z: 0,
  ut: 0,
  utc: 0,
  gmt: 0,
  est: -300,
  edt: -240,
  cst: -360,
  cdt: -300,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
};

/** Longer than any text that is a moment. */
const MAX_LENGTH = 120;

/**
 * A moment in the forms people's tools write: ISO 8601 (`20240221T101500Z` too) and RFC 3339, timestamps of YAML 1.1 (digits of month, day and hour
 * alone, zones such as `-4`), `2024/02/21`, `21 Feb 2024`, `February 21, 2024` and RFC 2822 with its zone names, each with or
 * without a time. Fractions below a millisecond are cut off. A time without a zone is one of `offsetAt`. The years are 0001
 * to 9999 in UTC. A leap second does not exist here, since it could only be stored as another moment.
 */
export function readMoment(text: string, offsetAt: ZoneOffset = createZoneOffset('UTC')): DateReading {
  if (text.length > MAX_LENGTH) return { trouble: 'unknown' };
  const plain = text.replace(/\s+/gu, ' ');
  for (const form of FORMS) {
    const groups = form.exec(plain)?.groups;
    if (!groups) continue;
    const month = groups.name === undefined ? Number(groups.month) : monthNumber(groups.name);
    if (month === null) continue;
    const offset = groups.zone === undefined ? undefined : readOffset(groups.zone);
    if (offset === null) return { trouble: 'unknown' };
    return build(groups, month, offset, offsetAt);
  }
  return readNumbers(plain, offsetAt) ?? { trouble: 'unknown' };
}

/** Numbers apart by slashes or dots with the year last: which is the month is known where the other is none. Null of any other text. */
function readNumbers(text: string, offsetAt: ZoneOffset): DateReading | null {
  if (!NUMBERS_ONLY.test(text)) return null;
  const [, first = '', second = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/u.exec(text) ?? [];
  const [one, two] = [Number(first), Number(second)];
  if (one > 12 && two > 12) return { trouble: 'impossible' };
  if (one <= 12 && two <= 12) return { trouble: 'ambiguous' };
  const [day, month] = one > 12 ? [one, two] : [two, one];
  return build({ year, day: String(day) }, month, undefined, offsetAt);
}

type Groups = Readonly<Record<string, string | undefined>>;

/** @param offset minutes east of UTC; undefined when the text names no zone, NaN when no clock has that offset */
function build(groups: Groups, month: number, offset: number | undefined, offsetAt: ZoneOffset): DateReading {
  const [year, day] = [Number(groups.year), Number(groups.day)];
  const [minute, second] = [Number(groups.minute ?? 0), Number(groups.second ?? 0)];
  const hour = readHour(Number(groups.hour ?? 0), groups.half);
  const millisecond = Number((groups.fraction ?? '').padEnd(3, '0').slice(0, 3));
  const exists =
    year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) && minute <= 59;
  if (!exists || hour === null || second > 59 || Number.isNaN(offset)) return { trouble: 'impossible' };

  const local = new Date(0);
  // Date.UTC would read the years 0 to 99 as 1900 to 1999.
  local.setUTCFullYear(year, month - 1, day);
  local.setUTCHours(hour, minute, second, millisecond);
  const localMs = local.getTime();
  const moment = new Date(
    offset === undefined ? momentOfLocalTime(localMs, offsetAt) : localMs - offset * 60_000,
  );
  const utcYear = moment.getUTCFullYear();
  return utcYear >= 1 && utcYear <= 9999 ? { moment: moment.toISOString() } : { trouble: 'impossible' };
}

/** Hours of the day; null when the clock has no such hour. */
function readHour(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour <= 23 ? hour : null;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function monthNumber(name: string): number | null {
  const lower = name.toLowerCase();
  const index = lower === 'sept' ? 8 : Math.max(MONTHS.indexOf(lower), MONTH_NAMES.indexOf(lower));
  return index === -1 ? null : index + 1;
}

/** Minutes east of UTC; null when no zone has that name, NaN when no clock has that offset. */
function readOffset(zone: string): number | null {
  const digits = /[+-].*/u.exec(zone)?.[0];
  if (digits === undefined) return ZONE_NAMES[zone.toLowerCase()] ?? null;
  const [hours = '', minutes = ''] = digits.includes(':')
    ? digits.slice(1).split(':')
    : [
        digits.slice(1, digits.length > 3 ? digits.length - 2 : undefined),
        digits.slice(digits.length > 3 ? -2 : digits.length),
      ];
  if (Number(hours) > 23 || Number(minutes) > 59) return Number.NaN;
  return (digits.startsWith('-') ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
