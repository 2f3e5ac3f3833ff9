import { momentOf, type ReadingSettings, systemNow } from '../../content/reading.ts';
import { isPostgresql, openStore } from '../open-store.ts';
import { databaseFile, statOrNull } from '../sqlite/file/database-file.ts';
import { readSchedule } from '../sqlite/write/schedule.ts';

/** How often, in milliseconds, the index is looked at: two glances at files, or a question to a server. */
const INTERVAL_MS = { file: 500, server: 5_000 };

/**
 * Tells when time will change an article next, whenever somebody has written to the index: another process may have loaded
 * content that nobody here watches.
 * @param onDue gets the time in ISO 8601, null where there is none
 * @param now as of SyncOptions
 * @returns the way to stop that
 */
export function followSchedule(
  databaseUrl: string,
  reading: ReadingSettings,
  onDue: (time: string | null) => void,
  now = systemNow,
): () => void {
  const isServer = isPostgresql(databaseUrl);
  const interval = isServer ? INTERVAL_MS.server : INTERVAL_MS.file;
  const look = isServer ? () => null : () => lookAt(databaseFile(databaseUrl));
  let seen = look();
  let isReading = false;
  const timer = setInterval(async () => {
    const found = look();
    if ((found !== null && found === seen) || isReading) return;
    isReading = true;
    try {
      const writer = await openStore(databaseUrl).openWriter(interval);
      try {
        onDue((await readSchedule(writer, momentOf(reading, now()))).due);
        seen = found;
      } finally {
        await writer.close();
      }
    } catch {
      // It is being made or moved: the next look tells.
    } finally {
      isReading = false;
    }
  }, interval).unref();
  return () => clearInterval(timer);
}

function lookAt(file: string): string {
  return [file, `${file}-wal`].map(fingerprint).join(' ');
}

function fingerprint(path: string): string {
  const stat = statOrNull(path);
  return stat ? `${stat.ino}:${stat.size}:${stat.mtimeMs}` : '-';
}
