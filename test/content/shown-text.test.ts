import { expect, it } from 'vitest';
import { formatProblems } from '../../src/cli/output/format-problems.ts';
import { parseArticle } from '../../src/content/parse-article.ts';
import type { Problem } from '../../src/content/problems/problem.ts';
import { defaultReading, prepareReading } from '../../src/content/reading.ts';
import { loadContent } from '../support/load-content.ts';
import { fileOf, parseLoaded } from './parse.ts';
import { createTempFolder } from './temp-folder.ts';

const told = (text: string, path: string) =>
  parseLoaded(text, path).problems.map(({ code, severity, message }) => [code, severity, message]);

it('tells of each kind of tag that was left out, once a file', () => {
  expect(told('{{< youtube a >}} {{< youtube b >}}\n\n{% include c %}', 'a.md')).toEqual(
    ['{{< youtube >}}', '{% include %}'].map((tag) => [
      'TEMPLATE_LEFT_OUT',
      'notice',
      `\`${tag}\` belongs to another tool and was left out of the text.`,
    ]),
  );
  expect(told("import Chart from './c'\n\n<Chart a={1} /> <b>text</b>\n\n<Chart />", 'a.mdx')).toEqual([
    ['TEMPLATE_LEFT_OUT', 'notice', '`<Chart>` belongs to another tool and was left out of the text.'],
  ]);
  expect(told('`{{< a >}}` and $5 to $6', 'a.md')).toEqual([]);
  expect(told('{{< a >}}', 'a.txt')).toEqual([]);
});

it('tells of frames and films for which a link stands, by their host', () => {
  const body =
    '<iframe width="5" src="https://tube.example/1"></iframe>\n<iframe src="https://tube.example/2"></iframe>\n\n' +
    '<video controls><source src=\'https://films.example/a.mp4\'></video>\n\n`<iframe src="https://code.example/">`\n\n' +
    '```\n<iframe src="https://code.example/"></iframe>\n```\n\n<picture><source srcset="a.png"></picture>';
  const hosts = (text: string, path: string, embedHosts: string[]) => {
    const reading = prepareReading({ ...defaultReading, embedHosts });
    return parseArticle(path, text, reading).problems.map(({ code, message }) => [
      code,
      message.split('`')[3],
    ]);
  };
  expect(hosts(body, 'a.md', [])).toEqual([
    ['FRAME_LINKED', 'tube.example'],
    ['FRAME_LINKED', 'films.example'],
  ]);
  expect(hosts(body, 'a.md', ['tube.example', '*.example'])).toEqual([]);
  expect(hosts('<iframe src="https://tube.example/1" width={5} />', 'a.mdx', [])).toHaveLength(1);
  expect(hosts('<iframe src="/local"></iframe>', 'a.md', [])).toEqual([]);
  expect(hosts(body, 'a.txt', [])).toEqual([]);
});

it('tells of MDX that is too long to be read as such', () => {
  expect(told('a {b}\n\n'.repeat(20_000), 'a.mdx')).toEqual([['MDX_TOO_LONG', 'notice', expect.any(String)]]);
  expect(told('a {b}\n\n'.repeat(10_000), 'a.mdx')).toEqual([]);
  expect(told('a b\n\n'.repeat(40_000), 'a.mdx')).toEqual([]);
});

it('tells of a tag in many files on one line', () => {
  const problems = Array.from(
    { length: 12 },
    (_, at) => parseArticle(`${at}.md`, 'A {{< youtube x >}}').problems,
  );
  const lines = formatProblems(problems.flat(), { folder: '.', paint: (_, text) => text });
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(
    /^ {2}in 12 files: `\{\{< youtube >\}\}` belongs to another tool and was left out of the text\./,
  );
});

it('makes the excerpt of MDX of its text alone', () => {
  const excerpt = (body: string) => parseLoaded(body, 'a.mdx').article.excerpt;
  expect(excerpt('{a.map((b) => { return <i>{b}</i> })}\n\nText {a} here.')).toBe('Text here.');
  expect(excerpt(':::note\n\nMind the step.\n\n:::')).toBe('Mind the step.');
  expect(excerpt('Use `{props.x}` and <Key of={{ a: 1 }}>this</Key>.')).toBe('Use {props.x} and this.');
  expect(excerpt('export const a = {\n  b: 1,\n}\n\nText.')).toBe('Text.');
});

it('names the line at which MDX is none, and loads it all the same', async () => {
  const body = "import A from './a'\n\nFine {1}.\n\nLess is 1 <3.";
  using folder = createTempFolder({
    'bad.mdx': fileOf('title: T', `\n\n${body}`),
    'good.mdx': fileOf('title: T', body.replace('<3', '\\<3')),
    'bad.md': body,
  });
  const problems: Problem[] = [];
  for await (const batch of loadContent(folder.path)) {
    for (const file of batch) {
      expect(file.article).not.toBe(null);
      expect(file).not.toHaveProperty('suspectMdx');
      problems.push(...file.problems);
    }
  }
  expect(problems).toMatchObject([{ code: 'MDX_INVALID', severity: 'notice', path: 'bad.mdx', line: 10 }]);
  expect(problems[0]?.message).toMatch(
    /^The text is not valid MDX: Unexpected character `3` .+[^.]\. Its tags/,
  );
});
