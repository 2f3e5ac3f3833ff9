import { describe, expect, it } from 'vitest';
import { renderText } from '../../src/text/html/render-text.ts';
import { findMdxError } from '../../src/text/mdx/find-mdx-error.ts';
import { lookAtMdx } from '../../src/text/mdx/look-at-mdx.ts';
import { mdxToMarkdown } from '../../src/text/mdx/mdx-to-markdown.ts';
import { splitMdx } from '../../src/text/mdx/split-mdx.ts';
import { fill } from './hostile-markdown.ts';

const html = (mdx: string) => renderText(mdx, 'mdx').html;

describe('MDX', () => {
  it.each([
    ["import A from './a'\n\n# Title\n\nText.\n", '# Title\n\nText.\n'],
    ["import { a,\n  b } from './a'\nimport './c.css'\n\nText.\n", 'Text.\n'],
    ['export const meta = {\n  a: 1,\n\n  b: { c: 2 },\n}\n\nText.\n', 'Text.\n'],
    ['export const a = "{"\n\nThe whole article.\n', 'The whole article.\n'],
    ['Text.\nimport is a word here.\n', 'Text.\nimport is a word here.\n'],
    ['important is no statement\n', 'important is no statement\n'],
    [
      '```js\nimport a from "a"\n\nexport default 1\n```\n',
      '```js\nimport a from "a"\n\nexport default 1\n```\n',
    ],
    ['One {1 + 1} two.', 'One  two.'],
    ['{/* a note */}\n\nText.', '\n\nText.'],
    ['A <b>small</b> key.', 'A <b>small</b> key.'],
    ['A <Key kind="x">big</Key> one.', 'A big one.'],
    ['<a href="/x" onClick={() => y}>a</a>', '<a href="/x">a</a>'],
    ['<a {...{ x: 1, href: "/x" }}>a</a>', '<a>a</a>'],
    ['A <span /> <b/> c', 'A <span></span> <b></b> c'],
    ['<img src={picture} /><img src="/a.png" width={20} />', '<img src="/a.png" width="20">'],
    [
      '<iframe src="https://a.example/" width={560} style={{ border: 0 }} allowFullScreen />\n\nText.',
      '<iframe src="https://a.example/" width="560" allowfullscreen=""></iframe>\n\nText.',
    ],
    ['<iframe src={address} />', ''],
    ['<iframe src="/a">', '<iframe src="/a"></iframe>'],
    ['See <a href="/x" title=\'t\'>a</a><br/>', 'See <a href="/x" title="t">a</a><br>'],
    ['<Box kind={{ a: 1 }} {...rest}>\n\n**Bold**\n\n</Box>', '\n\n**Bold**\n\n'],
    ['Code `{a} <b>` stays.', 'Code `{a} <b>` stays.'],
    ['```\n{a} <b>\n```', '```\n{a} <b>\n```'],
    // No valid MDX: only statements go.
    ['import a from "a"\n\n1 < 2 and {open', '1 < 2 and {open'],
    ['<a>never closed {', '<a>never closed {'],
  ])('%j is %j', (mdx, markdown) => {
    expect(mdxToMarkdown(mdx)).toBe(markdown);
  });

  it('shows the text between tags, and nothing of tags, expressions and statements', () => {
    const mdx =
      'import Note from \'./Note\'\n\n# Scale {1}\n\n<Note type="tip">\n\nOne to *fifty* thousand.\n\n</Note>\n\n- a\n- {b} c <i>d</i>\n';
    const rendered = renderText(mdx, 'mdx');
    expect(rendered.plainText).toBe('Scale\n\nOne to fifty thousand.\n\na\nc d');
    expect(rendered.headings).toMatchObject([{ text: 'Scale', depth: 1 }]);
    expect(rendered.html).not.toMatch(/Note|import|[{}]/);
  });

  it('takes the id of a heading for its anchor, as Docusaurus does', () => {
    const { headings, html: shown } = renderText('## Title {#own}\n\nText {#not}.\n\n## {#x} Next\n', 'mdx');
    expect(headings.map(({ text, anchor }) => [text, anchor])).toEqual([
      ['Title', 'own'],
      ['Next', 'next'],
    ]);
    expect(shown).not.toMatch(/[{}#\ufdd2\ufdd3]/);
  });

  it('never lets a script through, whatever is put together of its pieces', () => {
    for (const mdx of [
      '<script>alert(1)</script>',
      '<scr{""}ipt>alert(1)</scr{""}ipt>',
      '<<a>script>alert(1)<<a>/script>',
      '<img src=x onerror={alert(1)} />',
      '<i{a}mg src=x onerror=alert(1)>',
      '<{a}script>alert(1)</{a}script>',
      '{"<script>"}alert(1){"</script>"}',
      '[a](java{b}script:alert(1))',
      '<a href="java<b>script:alert(1)">x</a>',
      'import x\n\n<svg/onload=alert(1)>',
    ]) {
      expect(html(mdx)).not.toMatch(/<(?:script|svg)|<[^>]*\s(?:on\w+=|href="?javascript)/i);
    }
  });
});

describe('a look at MDX', () => {
  it.each<[string, string, string[]]>([
    ['Plain *text*.', 'Plain *text*.', []],
    ['<Chart rows={3} />\n\nText {a.map((b) => { return <i>{b}</i> })}.', '\n\nText .', ['<Chart>']],
    ['<Tabs.Item label="a > b">One</Tabs.Item> <b>two</b>', 'One two', ['<Tabs.Item>']],
    ['`{a} <B/>`\n\n- ```\n  {c} <D/>\n  ```\n', '`{a} <B/>`\n\n- ```\n  {c} <D/>\n  ```\n', []],
    ['1 < 2, \\{a\\} \\<b', '1 < 2, \\{a\\} \\<b', []],
    ['<>a</>', 'a', []],
    ['{/* one\n\ntwo */}\nText.', '\nText.', []],
  ])('%j leaves %j', (mdx, text, components) => {
    expect(lookAtMdx(mdx)).toEqual({ text, components, isSuspect: false });
    expect(findMdxError(mdx)).toBe(null);
  });

  it.each<[string, string, number]>([
    ['a {b} 1 <3', 'a  1 <3', 1],
    ['a\n\n{open', 'a\n\n{open', 3],
    ['a {b\n\nc}', 'a ', 1],
    ['\n<!-- note -->', '\n<!-- note -->', 2],
    ['See <https://a.example>', 'See <https://a.example>', 1],
    ['<a href=x>b</a>', '<a href=x>b</a>', 1],
    ['<a <b', '<a <b', 1],
    ['- > <B c="d', '- > <B c="d', 1],
  ])('%j is no valid MDX', (mdx, text, line) => {
    expect(lookAtMdx(mdx)).toMatchObject({ text, isSuspect: true });
    const error = findMdxError(mdx);
    expect(error?.line).toBeGreaterThanOrEqual(line);
    expect(error?.reason).toMatch(/^Unexpected .+[^.]$/);
  });

  it('does not take a sign of a list, or code in one, for a mistake', () => {
    expect(
      findMdxError('1. a\n\n   - ```\n     {open <3\n\n     ```\n\n> <B c={1}>\n>\n> d\n>\n> </B>'),
    ).toBe(null);
  });

  it.each([
    '<a ',
    '<a b="',
    '{',
    '{a} ',
    '{a',
    '<>',
    '<A>x</A>\n\n',
    '`a ',
    '- a\n',
    '- <',
    '===\n',
    '[a]: b\n',
    '\\<',
  ])('of many %j takes time in proportion', (part) => {
    const started = process.cpuUsage();
    lookAtMdx(fill(part, 1024 * 1024));
    findMdxError(`${fill(part, 32_000)} <3`);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(3_000);
  });
});

describe('long MDX', () => {
  const block =
    '- An item {1}\n\n  with <Key a={1}>two</Key>\n\n<Box a={{\n\n  b: 1 }}>\n\nText.\n\n</Box>\n\n';
  const fence = '```\n{kept}\n\n{kept}\n```\n\n';
  const long = fill(block + fence, (block + fence).length * 700);

  it('is parsed in parts, as one that is short', () => {
    expect(long.length).toBeGreaterThan(64_000);
    expect(mdxToMarkdown(long)).toBe(mdxToMarkdown(block + fence).repeat(700));
    expect(splitMdx(long)?.join('')).toBe(long);
  });

  it('shows as it is written only the part that is none', () => {
    const text = mdxToMarkdown(`${long}1 <3 {shown}\n\n${fill('word {gone}\n\n', 13 * 800)}`);
    expect(text).toContain('1 <3 {shown}');
    expect(text.match(/gone/g)?.length ?? 0).toBeLessThan(800);
    expect(findMdxError(`${long}1 <3`)?.line).toBe(long.split('\n').length);
  });

  it('is as it is written beyond 128 KiB, and where no blank line cuts it', () => {
    for (const text of [fill('a {b}\n\n', 140 * 1024), fill('a {b}\n', 40 * 1024)]) {
      expect(splitMdx(text)).toBe(null);
      expect(mdxToMarkdown(text)).toBe(text);
    }
  });

  it.each(['<a ', '<a b="', '{', '{a} ', '{a', '<A>x</A>\n\n', '`a ', '```\n', '\n ', '- <', '{a\n\n'])(
    'of many %j is cut in time by its length',
    (part) => {
      const started = process.cpuUsage();
      splitMdx(fill(part, 128 * 1024));
      const { user, system } = process.cpuUsage(started);
      expect((user + system) / 1000).toBeLessThan(1_000);
    },
  );
});
