import { describe, expect, test } from 'vitest';
import { renderText } from '../../src/text/render-text.ts';

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

test('plain text has a paragraph a line, and no marks in it count', () => {
  const rendered = renderText('# one\n\n  two <b>&  \nthree', 'text');
  expect(rendered.html).toBe('<p># one</p>\n<p>two &lt;b&gt;&amp;</p>\n<p>three</p>');
  expect(rendered.plainText).toBe('# one\n\ntwo <b>&\n\nthree');
  expect(rendered.headings).toEqual([]);
});
