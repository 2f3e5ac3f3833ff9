import { describe, expect, it } from 'vitest';
import { mdxToMarkdown } from '../../src/text/mdx-to-markdown.ts';
import { renderText } from '../../src/text/render-text.ts';

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
    ['<a href="/x" onClick={() => y}>a</a>', '<a>a</a>'],
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
