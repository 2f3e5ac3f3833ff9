const EXTENSION = /\.(?:md|markdown|mdx|txt)$/iu;

/** True for the name of an article file: `.md`, `.markdown`, `.mdx` or `.txt`, and neither hidden nor an editor's own. */
export function isArticleName(name: string): boolean {
  return EXTENSION.test(name) && !isIgnoredName(name) && !/^~\$|^#.*#|~\.[^.]*$/u.test(name);
}

/** True for a file or folder that is never looked into: hidden, or `node_modules`. */
export function isIgnoredName(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** False when a name has control characters, or bytes that are no UTF-8, which Node reads as U+FFFD. */
export function isReadableName(name: string): boolean {
  return !/[\p{Cc}\ufffd]/u.test(name);
}
