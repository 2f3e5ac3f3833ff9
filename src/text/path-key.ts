/** The form in which two paths of one place in a site are equal: without slashes at the end; a missing one before is added. */
export function pathKey(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  const plain = path.slice(0, end);
  return plain.startsWith('/') ? plain : `/${plain}`;
}
