/** Obsidian's link or embed, `[[Note#Part|text]]`, at the beginning of a text. In a cell of a table its bar is escaped. */
export const WIKILINK = /^!?\[\[([^\][|\n\\]{1,300})(?:\\?\|([^\][\n]{1,300}))?\]\]/;

const MEDIA = /\.(?:apng|avif|bmp|flac|gif|jpe?g|m4a|mkv|mov|mp3|mp4|ogg|ogv|pdf|png|svg|wav|webm|webp)$/i;

/** What a reader sees of a link: its text, else what it names. Of an embedded picture or film nothing. */
export function wikilinkText(isEmbed: boolean, target: string, alias: string | undefined): string {
  if (isEmbed && MEDIA.test(target.trim())) return '';
  return (alias ?? target.replace(/^#/, '').replaceAll('#', ' > ')).trim();
}
