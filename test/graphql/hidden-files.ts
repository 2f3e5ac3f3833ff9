import { canSay, extensions, type HiddenCase, hiddenCases, timedCases } from '../content/hidden-matrix.ts';
import { type Language, type Value, writeFile } from '../content/write-front-matter.ts';

/** A case of the matrix as a file. */
export interface HiddenFile extends HiddenCase {
  extension: string;
  language: Language;
}

const delimited: readonly Language[] = ['yaml', 'toml', 'json'];

/** Every case of the matrix, as every kind of file and in every language in which it can be said. */
export const files: readonly HiddenFile[] = [...hiddenCases, ...timedCases].flatMap((hidden, at) => {
  const inBlocks = extensions.map((extension, shift) => {
    const language = delimited[(at + shift) % delimited.length] ?? 'yaml';
    return { ...hidden, extension, language };
  });
  const inHeader = { ...hidden, extension: at % 2 === 0 ? '.md' : '.markdown', language: 'header' as const };
  return canSay('header', inHeader.extension, hidden) ? [...inBlocks, inHeader] : inBlocks;
});

/** The text of a file, which says all that a public reader could find it by. @param number its place in `files` */
export function textOfFile({ keys, language }: HiddenFile, number: number): string {
  return writeFile(language, headOf(number), keys, 'A body.\n');
}

function headOf(number: number): Record<string, Value> {
  const own = { name: 'W', domain: `w${number}.whisper.example` };
  return {
    title: `Hidden title ${number}`,
    slug: `hidden-${number}`,
    permalink: `/hidden-place/${number}/`,
    aliases: [`/hidden-once/${number}`],
    category: `Secret section ${number}`,
    lang: 'fr',
    translationKey: 'shared',
    webUrl: `https://h.example/${number}`,
    provider: { name: 'Shared', domain: 'shared.example' },
    topics: ['Shared', `Secret ${number}`],
    images: ['https://h.example/whisper.png'],
    related: [{ title: 'To the open', webUrl: 'https://o.example/open', provider: own }],
  };
}
