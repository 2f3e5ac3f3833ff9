import type { Language } from './languages.ts';
import type { Random } from './random.ts';

/** A few words without a full stop, as for a headline. */
export function writePhrase(random: Random, language: Language, least: number, most: number): string {
  const count = random.int(least, most);
  const picked: string[] = [];
  for (let i = 0; i < count; i++) picked.push(random.pick(language.words));
  const phrase = picked.join(language.space);
  return language.capitals ? phrase.charAt(0).toUpperCase() + phrase.slice(1) : phrase;
}

/** One sentence with its stop; sometimes a comma in the middle. */
export function writeSentence(random: Random, language: Language): string {
  const [least, most] = language.sentence;
  const first = writePhrase(random, language, least, most);
  if (!random.chance(0.4)) return first + language.stop;
  const second = writePhrase(random, { ...language, capitals: false }, 3, 8);
  return first + language.comma + second + language.stop;
}

/** Sentences until about `bytes` bytes of UTF-8 are full. */
export function writeParagraph(random: Random, language: Language, bytes: number): string {
  let text = '';
  let size = 0;
  while (size < bytes) {
    const sentence = writeSentence(random, language);
    text += sentence;
    size += Buffer.byteLength(sentence);
  }
  return text.trimEnd();
}

/** A Markdown body of about `bytes` bytes: paragraphs, headings, lists, links, quotes and code. */
export function writeMarkdown(random: Random, language: Language, bytes: number): string {
  const blocks: string[] = [];
  let size = 0;
  while (size < bytes) {
    const block = writeBlock(random, language, blocks.length);
    blocks.push(block);
    size += Buffer.byteLength(block) + 2;
  }
  return `${blocks.join('\n\n')}\n`;
}

/** A plain text of about `bytes` bytes in which a line is a paragraph. */
export function writePlainText(random: Random, language: Language, bytes: number): string {
  const lines: string[] = [];
  let size = 0;
  while (size < bytes) {
    const line = writeParagraph(random, language, random.int(150, 500));
    lines.push(line);
    size += Buffer.byteLength(line) + 1;
  }
  return `${lines.join('\n')}\n`;
}

function writeBlock(random: Random, language: Language, index: number): string {
  const kind = index === 0 ? 0 : random.int(0, 11);
  switch (kind) {
    case 8:
      return `${'#'.repeat(random.int(2, 3))} ${writePhrase(random, language, 2, 6)}`;
    case 9:
      return Array.from({ length: random.int(2, 5) }, () => `- ${writePhrase(random, language, 3, 9)}`).join(
        '\n',
      );
    case 10:
      return `> ${writeParagraph(random, language, 120)}`;
    case 11:
      return `\`\`\`\nvalue = ${random.int(1, 999)}\n\`\`\``;
    case 7: {
      const link = `[${writePhrase(random, language, 1, 3)}](https://links.example/${random.int(1, 9999)})`;
      return `${writeParagraph(random, language, 200)} **${writePhrase(random, language, 1, 3)}** ${link}`;
    }
    default:
      return writeParagraph(random, language, random.int(200, 700));
  }
}
