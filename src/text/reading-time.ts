// Scripts written without spaces, in which a reader's pace is counted in characters.
const CHARACTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

// Adults read English silently at 238 words a minute (Brysbaert, 2019) and Chinese at about 260 words, some 390
// characters, a minute (the same review's figure for Chinese readers, 1.5 characters a word).
const WORDS_A_MINUTE = 238;
const CHARACTERS_A_MINUTE = 390;

const words = new Intl.Segmenter('und', { granularity: 'word' });

export interface TextMeasure {
  /** Words as Unicode breaks text (UAX 29), with dictionaries for scripts without spaces. */
  words: number;
  /** Whole minutes, rounded up; 0 for no text. */
  minutes: number;
}

/** Counts the words of a plain text of any language, and the minutes it takes to read. */
export function measureText(text: string): TextMeasure {
  let count = 0;
  let spaced = 0;
  let characters = 0;
  for (const { segment, isWordLike } of words.segment(text)) {
    if (!isWordLike) continue;
    count += 1;
    if (CHARACTERS.test(segment)) characters += [...segment].length;
    else spaced += 1;
  }
  return { words: count, minutes: Math.ceil(spaced / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE) };
}
