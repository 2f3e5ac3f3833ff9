import { readMoment } from '../values/read-moment.ts';
import type { ZoneOffset } from '../values/time-zone.ts';

const NAMED = /^(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/u;
const FOLDERS = /(?:^|\/)(\d{4})\/(\d{1,2})\/(\d{1,2})\//u;

/**
 * The day that a path tells: at the beginning of the file's name (`2024-01-31-title.md`), or of the nearest folder's that has one,
 * else as three folders (`2024/01/31/title.md`).
 * @param path relative to the content folder, with `/`
 * @returns its first moment as `readMoment` gives it; null when there is none, or no such day
 */
export function dateFromPath(path: string, offsetAt: ZoneOffset): string | null {
  // Most paths have no year, and this is asked of every file.
  if (!/(?:^|\/)\d{4}[-/]\d/u.test(path)) return null;
  const named = path
    .split('/')
    .reverse()
    .map((part) => NAMED.exec(part));
  const found = named.find((match) => match !== null) ?? FOLDERS.exec(path);
  if (!found) return null;
  const [, year, month, day] = found;
  const reading = readMoment(`${year}-${month}-${day}`, offsetAt);
  return 'moment' in reading ? reading.moment : null;
}
