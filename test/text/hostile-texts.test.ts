import { expect, test } from 'vitest';
import { renderText } from '../../src/text/html/render-text.ts';
import { fill, hostileMarkdown } from './hostile-markdown.ts';

const SIZE = 128 * 1024;

/** Of this process's own work, whatever else the machine does. */
function milliseconds(markdown: string): number {
  const started = process.cpuUsage();
  renderText(markdown, 'markdown');
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

const plain = Math.max(...[1, 2, 3].map(() => milliseconds(fill('The quick brown fox jumps.\n\n', SIZE))));

// Those that took time by the square of their length: half a minute and more at this size.
test.each(hostileMarkdown(SIZE))(
  '%s: takes less than 60 times what 128 KB of plain text take',
  (_, markdown) => {
    expect(milliseconds(markdown)).toBeLessThan(Math.max(plain, 50) * 60);
  },
);

test('a megabyte of marks is answered, and its words with it', () => {
  const { plainText } = renderText(`# Fine\n\n${fill('_a_ ', 1024 * 1024)}\n\n**b**`, 'markdown');
  expect(plainText.slice(0, 12)).toBe('Fine\n\n_a_ _a');
  expect(plainText.endsWith('\n\nb')).toBe(true);
}, 60_000);

test('what people write is parsed whole', () => {
  const html = (markdown: string) => renderText(markdown, 'markdown').html;
  // 150 emphases in a paragraph; the bound is on one paragraph, cell or heading, not on the text.
  expect(html(fill('*a* **b** ', 1_500)).match(/<em>|<strong>/g)).toHaveLength(300);
  const table = `|a|\n|-|\n${'| **b** |\n'.repeat(3_000)}`;
  expect(html(table).match(/<strong>/g)).toHaveLength(3_000);
  expect(html('- *a* **b**\n'.repeat(2_000)).match(/<em>/g)).toHaveLength(2_000);
  // A paragraph is read in parts where it is long; nothing may break where they meet.
  const words = 'A word, www.example.org/path_to and someone@example.org here.  \nNext ';
  const [once = []] = [html(words).match(/<a |<br/g)];
  expect(once).toHaveLength(3);
  for (const before of [0, 1, 7, 950, 970, 980, 990, 995, 999]) {
    const page = html(fill('long ', before).trimEnd() + (before ? ' ' : '') + words.repeat(40));
    expect(page.match(/<a |<br/g)).toHaveLength(120);
  }
  expect(html(`[a](https://x.example/${'b'.repeat(3_000)})`)).toMatch(
    /^<p><a href="https:\/\/x\.example\/b{3000}">a<\/a><\/p>$/,
  );
  expect(html(`${'word '.repeat(150)}\n===`)).toMatch(/^<h1 /);
});
