/**
 * The title that a file's name tells: without extension, a leading date and signs between words, the first letter in upper
 * case. An index file has its folder's name.
 * @param path relative to the content folder, with `/`
 */
export function titleFromPath(path: string): string {
  const parts = path.split('/');
  const file = (parts.pop() ?? '').replace(/\.[^.]+$/u, '');
  const name = /^_?(?:index|readme)$/iu.test(file) ? (parts.pop() ?? file) : file;
  const words = name
    .replace(/^\d{4}-\d{1,2}-\d{1,2}[-_ ]?/u, '')
    .replace(/[-_\s]+/gu, ' ')
    .trim();
  const [first = '', ...rest] = words === '' ? name : words;
  return first.toLocaleUpperCase('en') + rest.join('');
}
