/** The languages that front matter is read in. `header`: lines of `Key: value` without delimiters. */
export type FrontMatterLanguage = 'yaml' | 'toml' | 'json' | 'header';

/** A file's text in two. */
export type SplitText =
  /** It begins with no front matter. */
  | { kind: 'none' }
  | {
      kind: 'block';
      language: FrontMatterLanguage;
      block: string;
      /** Lines of the file before the block. */
      linesBefore: number;
      body: string;
    }
  /** It begins as front matter does, and then nothing ends it. */
  | { kind: 'unclosed' }
  /** Its first line asks for another language. */
  | { kind: 'language'; opener: string };

/** Lines that open and close a block, with the language between them when the line names none. */
const FENCES = [
  { mark: '---', language: 'yaml' },
  { mark: '+++', language: 'toml' },
  { mark: ';;;', language: 'json' },
] as const;

const NAMES: ReadonlyMap<string, FrontMatterLanguage> = new Map([
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['toml', 'toml'],
  ['json', 'json'],
]);

/**
 * Finds the front matter at the very beginning of a text (without BOM, line ends `\n`): between two lines `---` (YAML), `+++`
 * (TOML) or `;;;` (JSON), or a leading JSON object. The first line may name the language, as in `---toml`.
 */
export function splitFrontMatter(text: string): SplitText {
  const fence = FENCES.find(({ mark }) => text.startsWith(mark) && text[mark.length] !== mark[0]);
  if (!fence) return /^\{\s{0,1000}(?:"|\}\s)/u.test(text) ? splitObject(text) : { kind: 'none' };

  const { mark } = fence;
  const openerEnd = text.indexOf('\n');
  const opener = openerEnd === -1 ? text : text.slice(0, openerEnd);
  const name = opener.slice(mark.length).trim().toLowerCase();
  const language = opener.length > 200 ? undefined : name === '' ? fence.language : NAMES.get(name);
  if (language === undefined || /[^\x20-\x7e\t]/u.test(opener)) return { kind: 'language', opener };
  const close = openerEnd === -1 ? null : findClose(text, openerEnd, mark);
  if (close === null) return { kind: 'unclosed' };
  const block = text.slice(openerEnd + 1, Math.max(close.start, openerEnd + 1));
  const body = text.slice(close.end);
  // An object may go without its braces between fences.
  return language === 'json' && /^\s*"/u.test(block)
    ? { kind: 'block', language, block: `{\n${block}\n}`, linesBefore: 0, body }
    : { kind: 'block', language, block, linesBefore: 1, body };
}

/** The first line that is the mark and nothing more: where it begins (at the line break before it) and where the body does. */
function findClose(text: string, from: number, mark: string): { start: number; end: number } | null {
  const line = `\n${mark}`;
  for (let start = text.indexOf(line, from); start !== -1; start = text.indexOf(line, start + 1)) {
    let end = start + line.length;
    while (text[end] === ' ' || text[end] === '\t') end += 1;
    if (end === text.length || text[end] === '\n') return { start, end: Math.min(end + 1, text.length) };
  }
  return null;
}

/** The object ends at the brace that closes it, at the end of a line. */
function splitObject(text: string): SplitText {
  let open = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (isInString) {
      if (sign === '\\') index += 1;
      else if (sign === '"') isInString = false;
    } else if (sign === '"') isInString = true;
    else if (sign === '{') open += 1;
    else if (sign === '}') open -= 1;
    if (open > 0 || isInString) continue;
    const end = index + 1;
    const rest = /^[ \t]*(?:\n|$)/u.exec(text.slice(end, end + 200))?.[0];
    if (rest === undefined) return { kind: 'none' };
    const block = text.slice(0, end);
    return { kind: 'block', language: 'json', block, linesBefore: 0, body: text.slice(end + rest.length) };
  }
  return { kind: 'unclosed' };
}
