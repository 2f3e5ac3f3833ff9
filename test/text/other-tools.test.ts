import { describe, expect, it, test } from 'vitest';
import { renderText } from '../../src/text/html/render-text.ts';
import { dropTemplates } from '../../src/text/syntax/drop-templates.ts';
import { fill } from './hostile-markdown.ts';

const html = (markdown: string, hosts: string[] = []) => renderText(markdown, 'markdown', hosts).html;
const plain = (markdown: string) => renderText(markdown, 'markdown').plainText;
const dropped = (markdown: string) => dropTemplates(markdown, 'markdown');

describe('shortcodes, Liquid and attribute lists', () => {
  it.each<[string, string, string[]]>([
    ['A {{< youtube abc >}} b', 'A  b', ['{{< youtube >}}']],
    ['{{% notice tip %}}Stay *dry*.{{% /notice %}}', 'Stay *dry*.', ['{{% notice %}}']],
    ['{{< figure\n  src="a.png" >}}', '', ['{{< figure >}}']],
    ['{{</* youtube id */>}}', '{{< youtube id >}}', []],
    ['[a]({{< ref "b.md" >}})', '[a](b.md)', []],
    ['[a]({{< relref b.md#c >}})', '[a](b.md#c)', []],
    ['{% include a.html %}x{% if b %}y{% endif %}', 'xy', ['{% include %}', '{% if %}']],
    ['{%- assign a = 1 -%}z', 'z', ['{% assign %}']],
    ['By {{ page.author | upcase }}.', 'By .', ['{{ page.author }}']],
    ['![a]({{ site.url }}/a.png)', '![a](/a.png)', ['{{ site.url }}']],
    ['![a](/{{ site.base }}/a.png)', '![a](/a.png)', ['{{ site.base }}']],
    ['a{% comment %} b {{ c }} {% endcomment %}d', 'ad', []],
    ['{% raw %}{{ kept }}{% endraw %}', '{{ kept }}', []],
    ['{% highlight ruby %}\na\n{% endhighlight %}', '\n~~~ruby\na\n~~~\n', []],
    ['{{< highlight go "a=b" >}}\n~~~\n{{< /highlight >}}', '\n~~~~go\n~~~\n~~~~\n', []],
    ['{{< highlight go >}} open', ' open', ['{{< highlight >}}']],
    ['A line.\n{: .lead #x}\n\nB{:.y} c', 'A line.\n\n\nB c', []],
    ['# Title {#own .c}\n\nkeep {#this}', '# Title\n\nkeep {#this}', []],
    ['Title {#own}\n===', 'Title\n===', []],
    [':::note Mind this\nText.\n:::\n', '\n**Mind this**\n\nText.\n\n', []],
    ['::: {.warning}\nText.\n:::', '\nText.\n\n', []],
    ['`{{< a >}} {% b %}` {: .c }', '`{{< a >}} {% b %}` ', []],
    ['``{{ ` }}`` x', '``{{ ` }}`` x', []],
    ['```\n{{< a >}}\n```\n{{< b >}}', '```\n{{< a >}}\n```\n', ['{{< b >}}']],
    ['~~~~\n{% a %}\n~~~\n{% b %}\n~~~~', '~~~~\n{% a %}\n~~~\n{% b %}\n~~~~', []],
    ['$$x^{{2}}$$ {{ a }}', '$$x^{{2}}$$ ', ['{{ a }}']],
    ['$x^{{2}}$ {{ a }}', '$x^{{2}}$ ', ['{{ a }}']],
    ['For $ {{ a }} or \\$x{{ b }}$', 'For $  or \\$x$', ['{{ a }}', '{{ b }}']],
    [
      '1. A\n\n    ```\n    {% a %}\n\n    {% b %}\n    ```',
      '1. A\n\n    ```\n    {% a %}\n\n    {% b %}\n    ```',
      [],
    ],
    ['- ```\n  {% a %}\n\n  {% b %}\n- {% c %}', '- ```\n  {% a %}\n\n  {% b %}\n- ', ['{% c %}']],
    ['> ~~~\n> {% a %}\n>\n> {% b %}\n{% c %}', '> ~~~\n> {% a %}\n>\n> {% b %}\n', ['{% c %}']],
    ['```\n```js\n{{< a >}}\n```\n{{< b >}}', '```\n```js\n{{< a >}}\n```\n', ['{{< b >}}']],
    ['```a``` {{< b >}}\n\n{{< c >}}', '```a``` \n\n', ['{{< b >}}', '{{< c >}}']],
    ['open {{ and {% and {{<', 'open {{ and {% and {{<', []],
    ['nothing { here }', 'nothing { here }', []],
    ['Shown %%hidden, and\nmore%% again, 100%% sure, 5%%', 'Shown  again, 100%% sure, 5%%', []],
    ['`%%kept%%` %%open', '`%%kept%%` %%open', []],
    ['a{# hidden {{ x }}\n{% y %} #}b {#open', 'ab {#open', []],
    ['{# a #}{#b#}c', 'c', []],
    ['![a](b.png){width=50% .wide} and [c](d){: rel="x y"}', '![a](b.png) and [c](d)', []],
    ['`code`{.python} **b**{#c} f{x} (a){b} {width=5%}', '`code` **b** f{x} (a){b} {width=5%}', []],
    ['A.\n{.lead data-a="b c"}\n\n{width=5%}\n', 'A.\n\n\n\n', []],
    ['## Title {.c width=5%}\n', '## Title\n', []],
    ['[TOC]\n\n[[toc]]\n[[_TOC_]]\n<!-- toc -->\nsee [TOC]', '\n\n\n\n\nsee [TOC]', []],
    ['* TOC\n{:toc}\n\n1. Contents\n{: toc .small}\n- a\n{: .toc}', '\n\n\n- a\n', []],
    ['A.\n\n    {{ b }}\n\n    {% c %}\n\nD {{ e }}', 'A.\n\n    {{ b }}\n\n    {% c %}\n\nD ', ['{{ e }}']],
    ['\t{{ b }}\nA\n    {{ c }}', '\t{{ b }}\nA\n    ', ['{{ c }}']],
    [
      '- A\n\n    {{ b }}\n\n      {{ c }}\n\nD\n\n    {{ e }}',
      '- A\n\n    \n\n      {{ c }}\n\nD\n\n    {{ e }}',
      ['{{ b }}'],
    ],
    ['[^1]: A\n\n    {{ b }}', '[^1]: A\n\n    ', ['{{ b }}']],
    ['A line. ^37066d\nx ^2\n- item ^note-one', 'A line.\nx ^2\n- item', []],
  ])('%j is %j', (markdown, text, names) => {
    expect(dropped(markdown)).toEqual({ text, names });
  });

  it('are in no part of what readers get', () => {
    const text = renderText(
      '# A {#x}\n\nOne {{< b >}} two{% c %}.\n{: .d}\n\n{{< e >}}in{{< /e >}}',
      'markdown',
    );
    expect(text.html).toBe('<h1 id="x">A</h1>\n<p>One  two.</p>\n<p>in</p>');
    expect(text).toMatchObject({ plainText: 'A\n\nOne  two.\n\nin', headings: [{ text: 'A', anchor: 'x' }] });
  });

  it('leave a link without an address as its text', () => {
    expect(html('[a]({% link b.md %})')).toBe('<p><a>a</a></p>');
  });

  it('are MDX’s own braces in MDX', () => {
    expect(dropTemplates('a {{ b }}\n:::tip\nc\n:::', 'mdx').text).toBe('a {{ b }}\n\nc\n\n');
  });

  it('are told of twenty kinds at most', () => {
    const tags = Array.from({ length: 50 }, (_, index) => `{% t${index} %}`).join('');
    expect(dropped(tags).names).toHaveLength(20);
  });
});

describe('wikilinks', () => {
  it.each([
    ['See [[Note]].', 'See Note.'],
    ['See [[Note|the *note*]].', 'See the *note*.'],
    ['[[Note#Part]] [[#Part]]', 'Note > Part Part'],
    ['![[a.png]]![[b.PDF|100]]![[Note]]', 'Note'],
    ['`[[kept]]` [[a]b]] [[]]', '[[kept]] [[a]b]] [[]]'],
    ['| a |\n|---|\n| [[b\\|c]] |', 'a\n\nc'],
  ])('%j reads %j', (markdown, text) => {
    expect(plain(markdown)).toBe(text);
  });

  it('let no markup through', () => {
    expect(html('[[a|<img src=x onerror=alert(1)>]]')).not.toContain('<img');
  });
});

describe('marks', () => {
  it('are marked', () => {
    expect(html('A ==*b* c== d == e.')).toBe('<p>A <mark><em>b</em> c</mark> d == e.</p>');
    expect(html('==<script>x==')).not.toContain('script');
  });
});

describe('callouts', () => {
  it.each([
    [
      '> [!note] A *title*\n> Text.\n>\n> More.',
      '<blockquote class="callout callout-note">\n<p><strong>A <em>title</em></strong></p>\n<p>Text.</p>\n<p>More.</p>\n</blockquote>',
    ],
    [
      '> [!WARNING]\n> Text.',
      '<blockquote class="callout callout-warning">\n<p><strong>Warning</strong></p>\n<p>Text.</p>\n</blockquote>',
    ],
    [
      '> [!faq]- Why?',
      '<blockquote class="callout callout-faq">\n<p><strong>Why?</strong></p>\n</blockquote>',
    ],
    ['> [a] b', '<blockquote>\n<p>[a] b</p>\n</blockquote>'],
  ])('%j', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('admonitions', () => {
  it.each([
    [
      '!!! note "A *title*"\n    Text.\n\n    More {{ x }}.\n\nAfter.',
      '<blockquote class="callout callout-note">\n<p><strong>A <em>title</em></strong></p>\n<p>Text.</p>\n<p>More .</p>\n</blockquote>\n<p>After.</p>',
    ],
    [
      '??? warning\n    Text.\nAfter.',
      '<blockquote class="callout callout-warning">\n<p><strong>Warning</strong></p>\n<p>Text.</p>\n</blockquote>\n<p>After.</p>',
    ],
    [
      '!!! tip\n\n    ```\n    !!! note\n    ```\n\n    !!! note\n        In it.\n\n    Out.',
      '<blockquote class="callout callout-tip">\n<p><strong>Tip</strong></p>\n<pre><code>!!! note\n</code></pre>\n<blockquote class="callout callout-note">\n<p><strong>Note</strong></p>\n<p>In it.</p>\n</blockquote>\n<p>Out.</p>\n</blockquote>',
    ],
    ['```\n!!! note\n    a\n```', '<pre><code>!!! note\n    a\n</code></pre>'],
    ['Wow!!! note', '<p>Wow!!! note</p>'],
    ['!!! great stuff\n\nText.', '<p>!!! great stuff</p>\n<p>Text.</p>'],
    [
      '!!! danger wide\n    Text.',
      '<blockquote class="callout callout-danger">\n<p><strong>Danger</strong></p>\n<p>Text.</p>\n</blockquote>',
    ],
    ['!!! "note', '<p>!!! "note</p>'],
  ])('%j', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  it('are callouts in an excerpt, too', () => {
    expect(dropped('!!! note "Title"\n    Text.').text).toBe('> [!note] Title\n> Text.');
  });
});

describe('ids of headings', () => {
  it('are their anchors, and no other heading has them', () => {
    const {
      html: shown,
      headings,
      plainText,
    } = renderText(
      '# Own\n\n## Title {#own .c}\n\nUnder {#über_x:1.a}\n---\n\n### Again {#own}\n\n# **Bold** {.x}',
      'markdown',
    );
    expect(headings.map(({ text, anchor }) => [text, anchor])).toEqual([
      ['Own', 'own-1'],
      ['Title', 'own'],
      ['Under', 'über_x:1.a'],
      ['Again', 'again'],
      ['Bold', 'bold'],
    ]);
    expect(shown).toContain('<h2 id="own">Title</h2>');
    expect(plainText).toBe('Own\n\nTitle\n\nUnder\n\nAgain\n\nBold');
  });

  it('leave no trace where a heading is none, and let no markup through', () => {
    for (const markdown of [
      '<div>\n# A {#b}\n</div>',
      '# A {#b"onload=x}',
      '# A <b {#c}',
      `# A \ufdd2${Buffer.from('"><script>').toString('hex')}\ufdd3`,
      `${'> '.repeat(200)}\n# A {#b}`,
    ])
      expect(html(markdown)).not.toMatch(/[\ufdd2\ufdd3]|<script|\sonload=[^"]*"?>/);
  });
});

describe('footnotes', () => {
  const text =
    'One[^a] two[^b], one again[^a].\n\n[^b]: Note *b*.\n[^a]: Note a,\n    on two lines.\n\n    And a second part[^b].\n\nThe end[^none].\n\n[^unused]: Never.';

  it('are numbers in the order in which they are referred to, and a list at the end', () => {
    expect(html(text)).toBe(
      [
        '<p>One<sup id="fnref:1"><a href="#fn:1">1</a></sup> two<sup id="fnref:2"><a href="#fn:2">2</a></sup>, one again<sup><a href="#fn:1">1</a></sup>.</p>',
        '<p>The end[^none].</p>',
        '<hr />\n<ol>',
        '<li id="fn:1">\n<p>Note a,\non two lines.</p>\n<p>And a second part<sup><a href="#fn:2">2</a></sup>. <a href="#fnref:1">↩</a></p>\n</li>',
        '<li id="fn:2">\n<p>Note <em>b</em>. <a href="#fnref:2">↩</a></p>\n</li>\n</ol>',
      ].join('\n'),
    );
  });

  it('are no numbers in plain text, where the notes come last', () => {
    expect(plain(text)).toBe(
      'One two, one again.\n\nThe end[^none].\n\nNote a,\non two lines.\n\nAnd a second part.\n\nNote b.',
    );
  });

  it('keep no id that an author writes', () => {
    expect(html('<li id="fn:1">a</li><sup id="x">b</sup>')).not.toContain('id=');
  });
});

describe('math', () => {
  it.each([
    ['So $a*b*c$ is.', '<p>So <code class="math">a*b*c</code> is.</p>'],
    ['$$\nx_1 < x_2\n$$', '<p><code class="math">x_1 &lt; x_2</code></p>'],
    ['Here $$y$$ too.', '<p>Here <code class="math">y</code> too.</p>'],
    ['From $5 and $6, or $7,$8.', '<p>From $5 and $6, or $7,$8.</p>'],
    ['From $5 to $6; $x$ costs $7', '<p>From $5 to $6; <code class="math">x</code> costs $7</p>'],
    ['$a\\$b$ $c\n\nd$', '<p><code class="math">a\\$b</code> $c</p>\n<p>d$</p>'],
    ['`$a$` $ b $', '<p><code>$a$</code> $ b $</p>'],
    ['$<b>$', '<p><code class="math">&lt;b&gt;</code></p>'],
  ])('%j', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });
});

describe('frames and films', () => {
  const frame =
    '<iframe src="https://tube.example/embed/1" width="560" onload="x()" srcdoc="<b>" style="a" allowfullscreen></iframe>';

  it('are links where no host is listed', () => {
    expect(html(frame)).toBe('<a href="https://tube.example/embed/1">https://tube.example/embed/1</a>');
    expect(html('<video src="https://tube.example/a.mp4"></video>')).toContain(
      '<a href="https://tube.example/a.mp4">',
    );
    expect(html('<video controls><source src="https://tube.example/a.mp4"></video>')).toContain(
      '<a href="https://tube.example/a.mp4">',
    );
    for (const src of ['javascript:alert(1)', 'data:text/html,x', '/local', '//', ''])
      expect(html(`a <iframe src="${src}">b</iframe>`)).not.toMatch(/iframe|<a/);
  });

  it.each([
    '<video controls>\n<source src="https://tube.example/a.mp4">\n</video>',
    '<video><source src="javascript:a"></video>',
    '<iframe src="javascript:a"></iframe>',
    '<source src="javascript:a">',
    '<input type="text">',
  ])('%s leaves the tags that follow as they are', (tag) => {
    for (const hosts of [[], ['tube.example'], ['else.example']]) {
      expect(html(`${tag}\n\nText *here*.`, hosts)).toMatch(/<p>Text <em>here<\/em>\.<\/p>$/);
    }
  });

  it('stay in MDX as elsewhere, whatever expressions their tag has', () => {
    const mdx = '<iframe src="https://tube.example/1" width={560} style={{ border: 0 }} />\n\nText.';
    expect(renderText(mdx, 'mdx').html).toBe(
      '<a href="https://tube.example/1">https://tube.example/1</a><p>Text.</p>',
    );
    expect(renderText(mdx, 'mdx', ['tube.example']).html).toMatch(
      /^<iframe src="https:\/\/tube\.example\/1" width="560" sandbox="[^"]+" [^>]+><\/iframe><p>Text\.<\/p>$/,
    );
  });

  it('stay where their host is listed, with no right but what they need', () => {
    const shown = html(frame, ['tube.example']);
    expect(shown).toMatch(
      /^<iframe src="https:\/\/tube\.example\/embed\/1" width="560" sandbox="[a-z -]+" referrerpolicy="strict-origin-when-cross-origin" loading="lazy" allowfullscreen(?:="")?><\/iframe>$/,
    );
    expect(shown).not.toMatch(/allow-top-navigation|allow-forms/);
    expect(
      html(
        '<video src="https://a.tube.example/a.mp4" autoplay poster="https://else.example/p.png"></video>',
        ['*.tube.example'],
      ),
    ).toMatch(/^<p><video src="https:\/\/a\.tube\.example\/a\.mp4" controls(?:="")?><\/video><\/p>$/);
    for (const src of [
      'http://tube.example/1',
      'https://x.tube.example/',
      'https://tube.example.evil.example/',
      'https://u@tube.example/',
      'https://tube.example:8443/',
    ])
      expect(html(`<iframe src="${src}"></iframe>`, ['tube.example'])).not.toContain('iframe');
  });
});

describe('HTML that is taken apart', () => {
  it.each([
    ['<input name=a>\n\n<a>x</a>', '<p><a>x</a></p>'],
    ['<input name=a><a href="https://e.example">x</a> y', '<p><a href="https://e.example">x</a> y</p>'],
    [
      '<video><source src="https://e.example/a.mp4"></video><b>c</b>',
      '<p><a href="https://e.example/a.mp4">https://e.example/a.mp4</a><b>c</b></p>',
    ],
    ['<picture><source></picture><i>a</i>', '<p><picture></picture><i>a</i></p>'],
    ['- [x] <i>a</i>', '<ul>\n<li><input checked disabled type="checkbox" /> <i>a</i></li>\n</ul>'],
  ])('%j stays balanced', (markdown, expected) => {
    expect(html(markdown).replaceAll('=""', '')).toBe(expected);
  });
});

const SIZE = 128 * 1024;
const signs: Record<string, string> = {
  'shortcodes that open': '{{< a ',
  'shortcodes of code that open': '{{< highlight a >}} ',
  'tags that open': '{% a ',
  'tags of code that open': '{% highlight a %} ',
  'values that open': '{{ a ',
  values: '{{ a }}',
  'attribute lists that open': '{: .a ',
  'attributes of headings': '# a {#b}',
  'attributes that open': ' {#a',
  'comments of Nunjucks': '{#a#}',
  'comments of Nunjucks that open': '{# a ',
  'attributes of pictures': '![a](b){width=5%}',
  'attributes of pictures that open': '![a](b){width=5% ',
  'attributes with quotes': '*a*{.b data-c="d" ',
  'lines of attributes': '{.a}\n',
  'code by its indent': '    {{ a }}\n\n',
  'code by its indent in lists': '- a\n\n      {{ b }}\n',
  'long indents': '        ',
  admonitions: '!!! note "a"\n    b\n',
  'admonitions in each other': '!!! a\n    !!! b\n        !!! c\n\n',
  'admonitions that open': '!!! a "b\n',
  contents: '[TOC]\n',
  'contents of kramdown': '* TOC\n{:toc}\n',
  'contents that open': '- toc ',
  containers: ':::note a\n',
  'backticks before braces': '`{{a ',
  'wikilinks that open': '[[a',
  wikilinks: '[[a]]',
  'embeds that open': '![[a|',
  'dollars that open': '$a ',
  'dollars and spaces': '$a $',
  math: '$a$ ',
  'display math that opens': '$$a\n\n',
  callouts: '> [!note] a\n\n',
  comments: '%%a%%',
  'comments that open': 'a%% ',
  'names of blocks': 'a ^bcd\n',
  'names of blocks that go on': ' ^bcd',
  marks: '==a== ',
  'marks that open': '==a ',
  'references to footnotes': '[^1] ',
  'definitions of footnotes': '[^1]: a\n',
  'definitions in definitions': '[^1]: ',
  'footnotes and their uses': 'a[^1]\n\n[^1]: b[^1]\n\n',
  frames: '<iframe src="https://a.example/">',
};
const milliseconds = (markdown: string) => {
  const started = process.cpuUsage();
  renderText(markdown, 'markdown', ['a.example']);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
};
const usual = Math.max(...[1, 2, 3].map(() => milliseconds(fill('The quick brown fox jumps.\n\n', SIZE))));

test.each(Object.entries(signs))('%s: take less than 60 times what plain text takes', (_, part) => {
  expect(milliseconds(`{{ a }}${fill(part, SIZE)}`)).toBeLessThan(Math.max(usual, 50) * 60);
});

test.each(Object.entries(signs))(
  '%s: a megabyte is gone through in seconds while files are loaded',
  (_, part) => {
    const started = process.cpuUsage();
    dropTemplates(`{{ a }}${fill(part, 1024 * 1024)}`, 'markdown');
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(3_000);
  },
);
