import { describe, expect, test, vi } from 'vitest';
import { renderText } from '../../src/text/html/render-text.ts';

const html = (markdown: string) => renderText(markdown, 'markdown').html;

describe('Markdown', () => {
  test('becomes HTML: headings with anchors, lists, tables, code, task lists', () => {
    expect(html('# A & *b*')).toBe('<h1 id="a--b">A &amp; <em>b</em></h1>');
    expect(html('| a | b |\n|---|--:|\n| 1 | 2 |')).toContain('<td align="right">2</td>');
    expect(html('```js\n1 < 2\n```')).toContain('<code class="language-js">1 &lt; 2');
    expect(html('- [x] done')).toContain('type="checkbox"');
  });

  test.each([
    ['a script', 'a <script>alert(1)</script> b', /script|alert/],
    ['an event handler', '<img src="https://x.example/a.png" onerror="alert(1)">', /onerror/],
    ['a javascript link', '[a](javascript:alert(1))', /javascript/],
    ['a javascript link in disguise', '[a](java&#10;script:alert(1))', /href/],
    ['a data link', '<a href="data:text/html,x">a</a>', /data:/],
    ['a style', '<p style="position:fixed">a</p>', /style/],
    ['a frame', '<iframe src="https://x.example"></iframe>', /iframe/],
    ['a form', '<form action="https://x.example"><input type="text"></form>', /form|input/],
    ['SVG with a script', '<svg onload="alert(1)"><script>1</script></svg>', /svg|onload/],
    ['a base', '<base href="https://x.example">', /base/],
    ['a protocol-relative script', '<script src="//x.example/a.js"></script>', /script/],
  ])('loses %s', (_name, markdown, forbidden) => {
    expect(html(markdown)).not.toMatch(forbidden);
  });

  test('keeps harmless HTML that people write', () => {
    expect(html('<details><summary>More</summary>text</details>')).toContain('<summary>More</summary>');
    expect(html('H<sub>2</sub>O')).toContain('H<sub>2</sub>O');
  });

  test('gives plain text without marks, blocks apart', () => {
    const { plainText } = renderText(
      '# One\n\nTwo **three** `four`\n\n- five\n- six\n\n> seven &amp; 8',
      'markdown',
    );
    expect(plainText).toBe('One\n\nTwo three four\n\nfive\nsix\n\nseven & 8');
  });

  test('lists the headings in order, no two anchors alike', () => {
    const { headings, html: page } = renderText(
      '# Same\n\n## Same\n\n### 漢字 & more\n\n## same-1',
      'markdown',
    );
    expect(headings).toEqual([
      { depth: 1, text: 'Same', anchor: 'same' },
      { depth: 2, text: 'Same', anchor: 'same-1' },
      { depth: 3, text: '漢字 & more', anchor: '漢字--more' },
      { depth: 2, text: 'same-1', anchor: 'same-1-1' },
    ]);
    for (const { anchor } of headings) expect(page).toContain(`id="${anchor}"`);
  });

  test('leaves code blocks as they are in headings and text', () => {
    expect(renderText('```\n# not a heading\n```', 'markdown').headings).toEqual([]);
  });
});

describe('Markdown that nests deeper than people write', () => {
  const deepList = (depth: number) =>
    Array.from({ length: depth }, (_, level) => `${'  '.repeat(level)}- item`).join('\n');

  test.each([
    ['30,000 quotes', '>'.repeat(30_000)],
    ['30,000 quotes, apart', '> '.repeat(30_000)],
    ['2,000 lists on a line', `${'- '.repeat(2_000)}a`],
    ['2,000 ordered lists on a line', `${'1. '.repeat(2_000)}a`],
    ['a list of 600 levels', deepList(600)],
    ['quotes after a text', `# Fine\n\n${'>'.repeat(5_000)}`],
  ])('%s: is plain text', (_name, markdown) => {
    const rendered = renderText(markdown, 'markdown');
    expect(rendered).toEqual(renderText(markdown, 'text'));
    expect(rendered.html).toMatch(/^<p>/);
  });

  test('is Markdown up to there', () => {
    expect(html('>'.repeat(50)).match(/<blockquote>/g)).toHaveLength(50);
    expect(html(deepList(50)).match(/<li>/g)).toHaveLength(50);
    expect(html(`${' '.repeat(300)}far to the right`)).toContain('<pre>');
    expect(html(`a\n\n${' '.repeat(500)}\n\n**b**`)).toContain('<strong>b</strong>');
  });

  test.each(['<div>', '<b>', '<ul><li>', '**a ', '[', '![', '*a **b ', '|', '`'])(
    'a text of many %s does not throw',
    (part) => {
      expect(() => renderText(part.repeat(2_000), 'markdown')).not.toThrow();
    },
  );
});

test('plain text breaks where a browser breaks', () => {
  const plain = (markdown: string) => renderText(markdown, 'markdown').plainText;
  for (const tag of 'address article aside blockquote div figure footer header hgroup main nav section'.split(
    ' ',
  ))
    expect([tag, plain(`<${tag}>one</${tag}><${tag}>two</${tag}>`)]).toEqual([tag, 'one\n\ntwo']);
  expect(plain('<div>one<section>two</section></div>')).toBe('one\n\ntwo');
  expect(plain('<dl><dt>one</dt><dd>two</dd><dt>three</dt><dd>four</dd></dl>')).toBe('one\ntwo\nthree\nfour');
  expect(plain('<figure><b>one</b><figcaption>two</figcaption></figure>')).toBe('one\n\ntwo');
  expect(plain('<details><summary>one</summary>two</details>three')).toBe('one\ntwo\n\nthree');
  expect(plain('<div>one<ul><li>two</li></ul></div>')).toBe('one\ntwo');
  expect(plain('- one\n  - two\n- three')).toMatch(/^one\ntwo\n+three$/);
  expect(plain('one <b>two</b><i>three</i>')).toBe('one twothree');
});

test('an id that an author gives is dropped, on headings too', () => {
  const { html: page, headings } = renderText(
    '<h2 id="same" lang="de">x</h2>\n\n# Same\n\n<p id="p">y</p>',
    'markdown',
  );
  expect(page.match(/id="[^"]*"/g)).toEqual(['id="same"']);
  expect(page).toContain('<h1 id="same">Same</h1>');
  expect(page).toContain('<h2 lang="de">x</h2>');
  expect(headings.map(({ anchor }) => anchor)).toEqual(['same']);
});

test('nobody can write the id of a heading, nor find out what stands for one meanwhile', () => {
  // The quote swallows the heading, and what it was made of would be in the attribute.
  const swallowed = `<p lang='\n\n# s3\n\n<i lang="'>q">`;
  const { html: page, headings } = renderText(`# s1\n\n${swallowed}\n\n# s2`, 'markdown');
  expect(headings.map(({ anchor }) => anchor)).toEqual(['s1', 's2']);
  expect(page.match(/ id="[^"]*"/g)).toEqual([' id="s1"', ' id="s2"']);
  expect(page).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  // The same on every machine and at every time.
  expect(renderText(`# s1\n\n${swallowed}\n\n# s2`, 'markdown').html).toBe(page);
  const swallowing = /lang="([^"]*)"/.exec(html(swallowed))?.[1]?.replaceAll('&quot;', '"') ?? '';
  for (const [, id = ''] of swallowing.matchAll(/id="([^"]*)"/g)) {
    expect(html(`<h1 id="${id}">x</h1>`)).toBe('<h1>x</h1>');
    expect(html(`<h1 id="${id}x">x</h1>`)).toBe('<h1>x</h1>');
  }
});

test('a heading has the text that stands in it, whatever its author opens or closes', () => {
  const named = (markdown: string) => renderText(markdown, 'markdown').headings.map(({ text }) => text);
  expect(named('# a <h1>b\n\nc\n\n# d')).toEqual(['a b', 'd']);
  expect(named('# a </h1> b\n\n## c')).toEqual(['a', 'c']);
  expect(named('# a <b>b\n\n## c')).toEqual(['a b', 'c']);
  const [long] = renderText(`# ${'word '.repeat(500)}`, 'markdown').headings;
  expect(long?.text).toHaveLength(2_499);
  expect(long?.anchor).toHaveLength(200);
});

test('sources of pictures stay where they are well written, and nothing is printed where they are not', () => {
  const printed = vi.spyOn(console, 'log');
  const source = (srcset: string) => html(`<picture><source srcset="${srcset}"></picture>`);
  for (const good of [
    'a.png',
    'a.png 1x, b.png 2.5x',
    '/a.png 100w,  /b.png 2000w',
    'https://x.example/a?b=c 2x',
  ])
    expect(source(good)).toContain(`srcset="${good.replace(/, +/g, ', ')}"`);
  const bad = [
    'a b c',
    'a 0w',
    'a 1x 2x',
    'a 1w 2h',
    'a -1x',
    'a (b)',
    'a\u001b[31m b c',
    'a\u202e b',
    'javascript:alert(1)',
    'a.png 1x, javascript:alert(1) 2x',
    `a 1x, ${'b '.repeat(3)}`,
    'a 1x, '.repeat(1_000),
  ];
  for (const srcset of bad) expect(source(srcset)).not.toMatch(/\p{C}(?<!\n)|javascript|srcset="a b/u);
  expect(printed).not.toHaveBeenCalled();
});

test('an address with comments in it is dropped', () => {
  expect(html('<a href="java<!-- -->script:alert(1)">a</a>')).toBe('<p><a>a</a></p>');
});

test('plain text has a paragraph a line, and no marks in it count', () => {
  const rendered = renderText('# one\n\n  two <b>&  \nthree', 'text');
  expect(rendered.html).toBe('<p># one</p>\n<p>two &lt;b&gt;&amp;</p>\n<p>three</p>');
  expect(rendered.plainText).toBe('# one\n\ntwo <b>&\n\nthree');
  expect(rendered.headings).toEqual([]);
});
