import { isAbsolute, relative, sep } from 'node:path';

/** A path as somebody wrote it who stands in the working directory; an absolute one where it leads out of that. */
export function showPath(path: string): string {
  const inside = relative('.', path);
  if (inside === '') return '.';
  return isAbsolute(inside) || inside.startsWith('..') ? path : `.${sep}${inside}`;
}
