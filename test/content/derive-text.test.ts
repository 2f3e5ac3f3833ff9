import { describe, expect, it } from 'vitest';
import { deriveText } from '../../src/content/derive-text.ts';
import { cutText } from '../../src/text/cut-text.ts';
import { codesOf, fileOf, parseClean, parseLoaded } from './parse.ts';

const title = (body: string) => deriveText(body, 'markdown').title;

describe('title', () => {
  it.each([
    ['# One\n\nText.', 'One'],
    ['Text.\n\n## Two ##\n', 'Two'],
    ['   ### Three #hash', 'Three #hash'],
    ['Setext\n======\n\nText.', 'Setext'],
    ['Two\nlines\n---\nText.', 'Two lines'],
    ['```\n# code\n```\n# Real', 'Real'],
    ['~~~sh\n# code\n```\n~~~\nText.\n\n# Real', 'Real'],
    ['# **Bold** and [link](https://a.example/x_(y)) `code`', 'Bold and link code'],
    ['#\n\nNo heading text. More.', 'No heading text.'],
    ['#hashtag is no heading. More.', '#hashtag is no heading.'],
    ['First sentence! Second.', 'First sentence!'],
    [
      'She met Mr. Fox in the U.S. on 3.5 hectares, e.g. a field. Then left.',
      'She met Mr. Fox in the U.S. on 3.5 hectares, e.g. a field.',
    ],
    ['“Quoted.” Then more.', '“Quoted.”'],
    ['第一句。第二句！', '第一句。'],
    ['什么？没有空格', '什么？'],
    ['No mark at the end', 'No mark at the end'],
    ['![](https://a.example/x.png)\n\nAfter a picture.', 'After a picture.'],
    ['<!-- note -->\n<p>In <em>HTML</em>.</p>', 'In HTML.'],
    ['- An item. More.', 'An item.'],
    ['> A quote. More.', 'A quote.'],
    ['snake_case_name stays.', 'snake_case_name stays.'],
  ])('of %j is %j', (body, expected) => {
    expect(title(body)).toBe(expected);
  });

  it('is cut at a word near 120 characters', () => {
    const words = `${'harbour '.repeat(40)}end.`;
    const cut = title(words) ?? '';
    expect(cut.length).toBeGreaterThan(100);
    expect(cut.length).toBeLessThanOrEqual(120);
    expect(cut).toMatch(/^(?:harbour )+harbour…$/);
    expect(title('海'.repeat(300))).toBe(`${'海'.repeat(119)}…`);
  });

  it('is the file name when the text says nothing, with a notice', () => {
    const { article, problems } = parseLoaded(fileOf('category: c'), 'a/the-name.md');
    expect(article.title).toBe('the-name');
    expect(problems).toMatchObject([{ code: 'TITLE_FROM_FILE_NAME', severity: 'notice' }]);
    expect(codesOf('![](https://a.example/x.png)')).toEqual(['TITLE_FROM_FILE_NAME']);
  });

  it('of the front matter goes before the text', () => {
    const article = parseClean(fileOf('title: Mine', '# Theirs\n\nA paragraph.'));
    expect([article.title, article.excerpt]).toEqual(['Mine', 'A paragraph.']);
  });
});

describe('excerpt', () => {
  it('is the first paragraph that is no heading, on one line, cut near 300', () => {
    expect(deriveText('# T\n\nOne\ntwo.\n\nThree.', 'markdown').excerpt).toBe('One two.');
    expect(deriveText('T\n\n', 'text').excerpt).toBe('T');
    const cut = deriveText('word '.repeat(200), 'markdown').excerpt ?? '';
    expect(cut.length).toBeGreaterThan(280);
    expect(cut.length).toBeLessThanOrEqual(300);
  });

  it('is a line in plain text', () => {
    expect(deriveText('One.\nTwo.', 'text').excerpt).toBe('One.');
    expect(deriveText('Heading\n=======\nLine *as is*.\nTwo.', 'text')).toEqual({
      title: 'Heading',
      excerpt: 'Line *as is*.',
    });
  });

  it('is null for an empty body', () => {
    expect(parseClean(fileOf('title: T')).excerpt).toBe(null);
  });
});

describe('cutText', () => {
  it.each(['👩‍👩‍👧‍👦', '🇩🇪', '👍🏽', 'e\u0301', '𠮷', '✌️', 'क\u093f'])(
    'never cuts %s in two',
    (character) => {
      const text = character.repeat(60);
      for (let limit = 1; limit < 90; limit += 1) {
        const cut = cutText(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        if (cut === text) continue;
        expect(cut.endsWith('…')).toBe(true);
        const kept = cut.slice(0, -1);
        expect(kept).toBe(character.repeat(kept.length / character.length));
        expect(/\p{Cs}/u.test(cut)).toBe(false);
      }
    },
  );

  it('is the ellipsis alone where no character fits, and nothing where that does not', () => {
    expect(cutText('👩‍👩‍👧‍👦 family', 5)).toBe('…');
    expect(cutText('🇩🇪🇫🇷', 3)).toBe('…');
    expect(cutText('ab', 1)).toBe('…');
    expect(cutText('ab', 0)).toBe('');
  });
});

it('takes time in proportion for long and hostile text', () => {
  const parts = [' ', '#', '*a', '[', '](', '`', '<a ', '![', '- ', '\\', '_', '> ', '. ', '<!--', '|'];
  for (const part of parts) {
    const body = `# ${part.repeat(300_000)}x\n\n${part.repeat(300_000)}`;
    expect(deriveText(body, 'markdown').title?.length ?? 0).toBeLessThanOrEqual(120);
    expect(deriveText(part.repeat(300_000), 'text').excerpt?.length ?? 0).toBeLessThanOrEqual(300);
    parseLoaded(`x${body}`);
  }
}, 10_000);
