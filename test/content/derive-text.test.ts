import { describe, expect, it } from 'vitest';
import { deriveText } from '../../src/content/article/derive-text.ts';
import { cutText } from '../../src/text/cut-text.ts';
import { dropTemplates } from '../../src/text/syntax/drop-templates.ts';
import { fileOf, parseClean, parseLoaded } from './parse.ts';

const shown = (body: string) => dropTemplates(body, 'markdown').text;
const title = (body: string) => deriveText(shown(body), 'markdown').title;
const excerpt = (body: string) => deriveText(shown(body), 'markdown').excerpt;
const lineTitle = (body: string) => deriveText(body, 'text').title;

describe('title', () => {
  it.each([
    ['# One\n\nText.', 'One'],
    ['<!-- note -->\n# One', null],
    ['   # Three #hash ##', 'Three #hash'],
    ['Setext\n======\n\nText.', 'Setext'],
    ['# **Bold** and [link](https://a.example/x_(y)) `co_de_` &amp; *more*', 'Bold and link co_de_ & more'],
    ['# See [[Some note|this]] and [[That note]]', 'See this and That note'],
    ['Text.\n\n# Later', null],
    ['## Two\n\n# Later', null],
    ['```\n# code\n```\n', null],
    ['#hashtag is no heading', null],
    ['#\n\nNothing in it.', null],
  ])('of Markdown %j is %j: a level-1 heading that comes first', (body, expected) => {
    expect(title(body)).toBe(expected);
  });

  it.each([
    ['First sentence! Second.', 'First sentence!'],
    [
      'She met Mr. Fox in the U.S. on 3.5 hectares, e.g. a field. Then left.',
      'She met Mr. Fox in the U.S. on 3.5 hectares, e.g. a field.',
    ],
    ['“Quoted.” Then more.', '“Quoted.”'],
    ['第一句。第二句！', '第一句。'],
    ['什么？没有空格', '什么？'],
    ['No mark at the end', 'No mark at the end'],
    ['snake_case_name stays.', 'snake_case_name stays.'],
  ])('of plain text %j is %j: its first sentence', (body, expected) => {
    expect(lineTitle(body)).toBe(expected);
  });

  it('is cut at a word near 120 characters', () => {
    const words = `${'harbour '.repeat(40)}end.`;
    for (const cut of [lineTitle(words) ?? '', title(`# ${words}`) ?? '']) {
      expect(cut.length).toBeGreaterThan(100);
      expect(cut.length).toBeLessThanOrEqual(120);
      expect(cut).toMatch(/^(?:harbour )+harbour…$/);
    }
    expect(lineTitle('海'.repeat(300))).toBe(`${'海'.repeat(119)}…`);
  });

  it.each([
    ['a/the-name.md', 'The name'],
    ['2024-01-31-a_quiet--harbour.markdown', 'A quiet harbour'],
    ['posts/2024-1-3 Élan.md', 'Élan'],
    ['guides/getting-started/index.md', 'Getting started'],
    ['guides/_index.md', 'Guides'],
    ['docs/README.md', 'Docs'],
    ['index.md', 'Index'],
    ['2024-01-31.md', '2024-01-31'],
    ['über uns.md', 'Über uns'],
    ['😀.md', '😀'],
  ])('of %s without a title is %s', (path, expected) => {
    const { article, problems } = parseLoaded(fileOf('category: c', 'Some text.'), path);
    expect([article.title, problems]).toEqual([expected, []]);
  });

  it('is the file name when a plain text says nothing, with a notice', () => {
    const { article, problems } = parseLoaded(fileOf('category: c'), 'a/the-name.txt');
    expect(article.title).toBe('The name');
    expect(problems).toMatchObject([{ code: 'TITLE_FROM_FILE_NAME', severity: 'notice' }]);
  });

  it.each([
    ['Tom &amp; Jerry &#8211; a *short* review', 'Tom & Jerry – a short review'],
    ['How `git rebase -i` works', 'How git rebase -i works'],
    ['[Linked](https://a.example/) **twice**', 'Linked twice'],
    ['The <video> element', 'The <video> element'],
    ['AT&T and snake_case_names', 'AT&T and snake_case_names'],
    ['*args and **kwargs', '*args and **kwargs'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['***', '***'],
    ['Five \\*stars\\*, \\[sic\\]', 'Five *stars*, [sic]'],
    ['Not \\_this\\_ but _that_, in C:\\Users', 'Not _this_ but that, in C:\\Users'],
    ['An <em>odd <B class="x">title</B></em>', 'An odd title'],
    ['H<sub>2</sub>O and `<b>x</b>`', 'H2O and <b>x</b>'],
    ['<script>x</script> and <em>', '<script>x</script> and <em>'],
  ])('of the front matter %j is text: %j', (value, expected) => {
    expect(parseClean(fileOf(`title: ${JSON.stringify(value)}`)).title).toBe(expected);
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

  it.each([
    ['![](https://a.example/x.png)\n\nAfter a picture.', 'After a picture.'],
    ['<!-- note -->\n<p>In <em>HTML</em>.</p>', 'In HTML.'],
    ['- An item. More.', 'An item. More.'],
    ['- [ ] A task.', 'A task.'],
    ['> A quote. More.', 'A quote. More.'],
    ['> [!note] A callout.', 'A callout.'],
    ['> [!note] A title\n> Its text,\n> in lines.', 'Its text, in lines.'],
    ['> [!note]- A title\n>\n> Its text.', 'Its text.'],
    ['> One\n> two.\n>\n> Three.', 'One two.'],
    ['> ## A heading\n>\n> A quote.', 'A quote.'],
    ['> ~~~\n> code\n> ~~~\n\nText.', 'Text.'],
    ['So $a*b*c$ and $$x_1$$, from $5 to $6.', 'So a*b*c and x_1, from $5 to $6.'],
    ['$$\nx_1\n$$\n\nAfter math.', 'After math.'],
    ['Use `{{ site.title }}`, ``a`b`` or **`{% x %}`**.', 'Use {{ site.title }}, a`b or {% x %}.'],
    ['Use {% raw %}{{ kept }}{% endraw %} now.', 'Use {{ kept }} now.'],
    ['See [`a`](https://a.example) and <b>`<i>`</b>.', 'See a and <i>.'],
    ["<!-- don't ` show -->Text `a`.", 'Text a.'],
    ['| a | b |\n|---|---|\n\nAfter a table.', 'After a table.'],
    ["import Box from './box'\n\nAfter an import.", 'After an import.'],
    ['{{< youtube abc >}}\n\nAfter a shortcode.', 'After a shortcode.'],
    ['{% include x.html %}\n\nAfter Liquid, {{ site.name }}.', 'After Liquid, .'],
    ['A paragraph.{: .lead}\n', 'A paragraph.'],
    ['With a note[^1] and [[Some note|a link]].', 'With a note and a link.'],
    ['[x]: https://a.example\n\nAfter a definition.', 'After a definition.'],
    ['Fish &amp; chips &copy; us', 'Fish & chips © us'],
    ['`a &amp; b`', 'a &amp; b'],
  ])('of %j is the first prose: %j', (body, expected) => {
    expect(excerpt(body)).toBe(expected);
  });

  it.each(['<!-- more -->', '<!--more-->', '<!--more -->'])('is the text up to %s', (mark) => {
    expect(excerpt(`# T\n\nOne *two*.\n\nThree.\n\n${mark}\n\nFour.`)).toBe('One two. Three.');
    expect(excerpt(`${mark}\n\nFour.`)).toBe('Four.');
  });

  it('is what other tools call a summary', () => {
    for (const key of ['description', 'summary', 'spoiler', 'subtitle', 'lead', 'dek', 'deck']) {
      expect(parseClean(fileOf(`title: T\n${key}: Short.`, 'Long.')).excerpt).toBe('Short.');
    }
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
