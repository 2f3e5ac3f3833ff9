import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { type Finding, ok, warn } from './finding.ts';

const limitFile = '/proc/sys/fs/inotify/max_user_watches';

/**
 * Whether the system has enough file watches left to follow the folder: one a file and one a folder. Linux counts them
 * for each user (inotify(7)); other systems have no such limit.
 */
export async function examineWatches(folder: string): Promise<Finding> {
  if (process.platform !== 'linux') return ok('watches', 'not limited on this system');
  const wanted = await countWanted(folder);
  const limit = Number(readFileSync(limitFile, 'utf8'));
  const left = limit - countUsedWatches();
  const message = `${left.toLocaleString('en')} of ${limit.toLocaleString('en')} left, ${wanted.toLocaleString('en')} wanted`;
  if (left >= wanted) return ok('watches', message);
  const enough = Math.max(524_288, 2 ** Math.ceil(Math.log2(limit + wanted)));
  return warn('watches', message, `sudo sysctl fs.inotify.max_user_watches=${enough}`);
}

async function countWanted(folder: string): Promise<number> {
  const { scanFolder } = await import('../../../content/read/scan-folder.ts');
  const { ContentFolderError } = await import('../../../content/read/content-folder-error.ts');
  try {
    const { files } = await scanFolder(folder);
    return files.length + new Set(files.map(({ path }) => path.slice(0, path.lastIndexOf('/') + 1))).size;
  } catch (error) {
    // What is wrong with the folder is a finding of its own.
    if (error instanceof ContentFolderError) return 0;
    throw error;
  }
}

/** Those of the processes that this user may look into, which are the ones that count. */
function countUsedWatches(): number {
  let used = 0;
  for (const pid of listOrNothing('/proc').filter((name) => /^\d+$/.test(name))) {
    for (const descriptor of listOrNothing(`/proc/${pid}/fd`)) used += countWatches(pid, descriptor);
  }
  return used;
}

function countWatches(pid: string, descriptor: string): number {
  try {
    if (!readlinkSync(`/proc/${pid}/fd/${descriptor}`).includes('inotify')) return 0;
    return readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8').match(/^inotify wd:/gm)?.length ?? 0;
  } catch {
    // The process has ended, or closed the file, since it was listed.
    return 0;
  }
}

function listOrNothing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
