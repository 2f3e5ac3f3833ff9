import { extensions, type HiddenCase, hiddenCases, timedCases } from '../content/hidden-matrix.ts';
import { type Language, languages, type Value, writeFile } from '../content/write-front-matter.ts';

/** A case of the matrix as a file. */
export interface HiddenFile extends HiddenCase {
  extension: string;
  language: Language;
}

/** Every case of the matrix, as every kind of file and in every language. */
export const files: readonly HiddenFile[] = [...hiddenCases, ...timedCases].flatMap((hidden, at) =>
  extensions.map((extension, shift) => {
    const language = languages[(at + shift) % languages.length] ?? 'yaml';
    return { ...hidden, extension, language };
  }),
);

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
