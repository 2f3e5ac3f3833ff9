import { describe, expect, test } from 'vitest';
import { normaliseSlug } from '../../src/content/paths/make-slug.ts';
import { foldSearch, foldText, foldUnlessLower } from '../../src/text/keys/fold-text.ts';
import { foldDomain } from '../../src/text/keys/normalise-domain.ts';
import { measureText } from '../../src/text/reading-time.ts';
import { Random } from '../support/reference/random.ts';

describe('reading time', () => {
  test('English: 238 words a minute, rounded up', () => {
    expect(measureText('word '.repeat(238))).toEqual({ words: 238, minutes: 1 });
    expect(measureText('word '.repeat(239))).toEqual({ words: 239, minutes: 2 });
  });

  test('Chinese and Japanese: 390 characters a minute, words as dictionaries have them', () => {
    expect(measureText('春'.repeat(390)).minutes).toBe(1);
    expect(measureText('春'.repeat(391)).minutes).toBe(2);
    expect(measureText('我们在图书馆读书。').words).toBe(5);
    expect(measureText('カタカナとひらがな'.repeat(100)).minutes).toBe(3);
  });

  test('a text is counted in pieces, and no word is lost or made where they meet', () => {
    const whole = new Intl.Segmenter('und', { granularity: 'word' });
    const letters = [
      "can't",
      ' ',
      '3.14',
      ',',
      'a_b',
      '__',
      '_',
      '.',
      '\n',
      'x',
      "'",
      '-',
      '1,000.5',
      ':',
      'A1',
    ];
    const marks = ['é', '’', '👩‍👩‍👧', '🇩🇪', 'e\u0301', 'שלום״', 'слово', '“'];
    const unspaced = ['中文分词', '。', 'สวัสดีครับ', 'カタカナ', ' ', '\n', 'x', '3.14', '，'];
    const alphabets = [letters, [...letters, ...marks], unspaced];
    const seed = Date.now();
    const random = new Random(seed);
    for (let round = 0; round < 100; round += 1) {
      const some = random.some(random.pick(alphabets), 2, 12);
      const text = Array.from({ length: random.int(50, 1_500) }, () => random.pick(some)).join('');
      let words = 0;
      for (const { isWordLike } of whole.segment(text)) words += isWordLike ? 1 : 0;
      expect({ seed, round, some, words: measureText(text).words }).toEqual({ seed, round, some, words });
    }
    expect(measureText('a'.repeat(100_000)).words).toBe(1);
    expect(measureText('é'.repeat(100_000)).words).toBe(1);
  });

  test('a megabyte takes less than 30 times what 128 KB take', () => {
    const milliseconds = (text: string) => {
      const started = process.cpuUsage();
      measureText(text);
      return process.cpuUsage(started).user / 1_000;
    };
    for (const part of ['The quick brown fox. ', 'The “quick” fox. ', '(', '“', '中文', 'สวัสดี']) {
      const small = part.repeat((128 * 1024) / part.length);
      const least = Math.max(milliseconds(small), milliseconds(small), 20);
      expect(milliseconds(small.repeat(8))).toBeLessThan(least * 30);
    }
  });

  test('mixed text adds both up, marks and no text count nothing', () => {
    expect(measureText(`${'word '.repeat(119)}${'春'.repeat(195)}`).minutes).toBe(1);
    expect(measureText('— … 。')).toEqual({ words: 0, minutes: 0 });
    expect(measureText('')).toEqual({ words: 0, minutes: 0 });
  });
});

describe('folding', () => {
  test.each([
    ['STRASSE', 'straße'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδός'.normalize('NFD').replace(/\u0301/g, '')],
    ['ΟΔΟΣ ΟΔΟΣΑ', 'οδος οδοσα'],
    ['Ｆｕｌｌ', 'ｆＵＬＬ'],
    ['É', 'e\u0301'],
    ['ЖУК', 'жук'],
    ['  a \t b ', 'A B'],
  ])('%s and %s are one', (a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  });

  test('400,000 marks on one letter do not take time by the square', () => {
    const marks = '\u0301\u0316'.repeat(200_000);
    expect(foldText(`A${marks}`)).toHaveLength(400_001);
    expect(normaliseSlug(`a${marks}`)).toBe(null);
    expect(foldDomain(`a.${marks}`)).toHaveLength(400_002);
  });

  test('folding twice changes nothing, whatever the character', () => {
    for (let point = 0; point < 0x1_2000; point += 1) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const once = foldText(String.fromCodePoint(point));
      if (foldText(once) !== once) expect.fail(`U+${point.toString(16)} folds to ${once}, then to another`);
    }
  });

  test('a part of a text keeps the white space at its ends', () => {
    expect(foldSearch(' New  York ')).toBe(' new york ');
  });
});

test('foldUnlessLower is null exactly where lower case of ASCII letters is what foldText gives', () => {
  const texts = [
    '',
    'Plain',
    'two words',
    'two  words',
    ' outer',
    'outer\u00a0',
    'line\nbreak',
    'tab\tbed',
    'Ärger',
    'K\u212a',
  ];
  for (const text of texts) {
    const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
    expect(foldUnlessLower(text) ?? lower, JSON.stringify(text)).toBe(foldText(text));
    expect(foldUnlessLower(text) === null, JSON.stringify(text)).toBe(lower === foldText(text));
  }
});
