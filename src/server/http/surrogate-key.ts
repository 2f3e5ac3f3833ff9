/** What everything depends on that has no better key: it changes with each version. */
export const CONTENT_KEY = 'content';

/** A key of one thing, in the characters that headers allow: `article:some-slug`. */
export function surrogateKey(prefix: string, name: string): string {
  return `${prefix}:${encodeURI(name.toWellFormed())}`;
}
