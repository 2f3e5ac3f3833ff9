import { fstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';

/** Where the system tells what each open file is. Linux has it; elsewhere, and where it is not mounted, there is none. */
const OPEN_FILES = '/proc/self/fd';

/**
 * Whether an open file is the one at `inside` in the content folder, with no link on the way to it. A folder may be swapped
 * for a link at any moment, so that its path alone says nothing.
 *
 * @param inside relative to `root`, with `/`
 * @param openFiles where the system tells of open files
 * @returns `moved` when it is another file of the folder, or has just been replaced; `outside` when it is none of the folder's
 */
export function confirmPlace(
  descriptor: number,
  root: string,
  inside: string,
  openFiles = OPEN_FILES,
): 'there' | 'moved' | 'outside' {
  const place = readPlace(`${openFiles}/${descriptor}`);
  if (place === null) return confirmByPath(descriptor, root, inside);
  const above = place.endsWith(`/${inside}`) ? place.slice(0, -inside.length - 1) : null;
  if (above !== null && (above === root || isSameFolder(above, root))) return 'there';
  // Linux says so of a file whose name is another's by now.
  if (place.endsWith(' (deleted)')) return 'moved';
  return place.startsWith(`${realpathSync(root)}/`) ? 'moved' : 'outside';
}

function readPlace(link: string): string | null {
  try {
    return readlinkSync(link);
  } catch {
    return null;
  }
}

function isSameFolder(one: string, other: string): boolean {
  const first = statSync(one, { throwIfNoEntry: false });
  const second = statSync(other, { throwIfNoEntry: false });
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

/** How often it is looked: between two looks at a path it can have been swapped and swapped back. */
const MAX_LOOKS = 3;

/**
 * What stands at the path now is what was opened, and no link leads to it. Somebody who swaps folders all the time can be lucky
 * here; where the system tells of open files nobody can.
 */
function confirmByPath(descriptor: number, root: string, inside: string): 'there' | 'moved' | 'outside' {
  const realRoot = realpathSync(root);
  const path = `${realRoot}/${inside}`;
  const opened = fstatSync(descriptor);
  for (let look = 0; look < MAX_LOOKS; look += 1) {
    const real = realpathSync(path);
    if (real !== path) return real.startsWith(`${realRoot}/`) ? 'moved' : 'outside';
    const found = statSync(path);
    if (opened.ino !== found.ino || opened.dev !== found.dev) return 'moved';
  }
  return 'there';
}
