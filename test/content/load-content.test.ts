import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LoadedFile } from '../../src/content/load-file.ts';
import { formatProblem } from '../../src/content/problems/format-problem.ts';
import { problemCatalogue } from '../../src/content/problems/problem-catalogue.ts';
import { loadContent } from '../support/load-content.ts';
import { malformedFiles } from './malformed-files.ts';
import { createTempFolder } from './temp-folder.ts';

async function loadAll(root: string): Promise<LoadedFile[][]> {
  const batches: LoadedFile[][] = [];
  for await (const batch of loadContent(root)) batches.push(batch);
  return batches;
}

describe('a folder with more than forty malformed files', async () => {
  using folder = createTempFolder({
    ...Object.fromEntries(malformedFiles.map(([name, content]) => [name, content])),
    'good.md': '---\ntitle: Good\n---\nA good body.',
    'z/also-good.txt': 'Also good.',
  });
  symlinkSync('nowhere', `${folder.path}/link-broken.md`);
  symlinkSync('/etc/hosts', `${folder.path}/link-outside.txt`);
  const files = new Map((await loadAll(folder.path)).flat().map((file) => [file.path, file]));

  it.each(malformedFiles)('names %s', (name, _content, code, loaded) => {
    const file = files.get(name);
    const problem = file?.problems.find((candidate) => candidate.code === code);
    expect(file?.problems.map((candidate) => candidate.code)).toContain(code);
    expect(problem?.path).toBe(name);
    expect(problem?.severity === 'error').toBe(loaded === 'rejected');
    expect(file?.article === null ? 'rejected' : file?.article.published ? 'loaded' : 'hidden').toBe(loaded);
    for (const { message, fix, expected } of file?.problems ?? []) {
      expect(`${message} ${fix} ${expected}`).not.toMatch(/\{\w+\}/);
    }
    if (problem?.field != null)
      expect([problem.line, problem.column]).toEqual([expect.any(Number), expect.any(Number)]);
  });

  it('names links too, and loads the rest', () => {
    expect(files.get('link-broken.md')?.problems[0]?.code).toBe('LINK_BROKEN');
    expect(files.get('link-outside.txt')).toMatchObject({
      article: null,
      problems: [{ code: 'LINK_OUTSIDE' }],
    });
    expect(files.get('good.md')).toMatchObject({
      problems: [],
      article: { title: 'Good', body: 'A good body.' },
    });
    expect(files.get('z/also-good.txt')).toMatchObject({ problems: [], article: { title: 'Also good.' } });
    expect(files.size).toBe(malformedFiles.length + 4);
    expect(malformedFiles.length).toBeGreaterThan(40);
  });

  it('rejects a file if, and only if, one of its problems is an error', () => {
    for (const file of files.values()) {
      expect(file.problems.some((problem) => problem.severity === 'error')).toBe(file.article === null);
    }
  });

  it('never repeats a secured text, nor more than 80 characters of anything', () => {
    for (const problem of [...files.values()].flatMap((file) => file.problems)) {
      expect(Array.from(problem.value ?? '').length).toBeLessThanOrEqual(80);
      if (problem.field === 'secured') expect(problem.value).toBe(null);
    }
  });
});

describe('loadContent', () => {
  it('gives nothing for an empty folder and throws for none', async () => {
    using folder = createTempFolder();
    expect(await loadAll(folder.path)).toEqual([]);
    await expect(loadAll(`${folder.path}/none`)).rejects.toMatchObject({ reason: 'missing' });
  });

  it('is the same wherever the folder is', async () => {
    const content = { 'a/one.md': '---\ntitle: One\ntags: [x]\n---\nBody', 'two.txt': 'Two.' };
    using first = createTempFolder(content);
    using second = createTempFolder(Object.fromEntries(Object.entries(content).toReversed()));
    const articles = async (root: string) =>
      (await loadAll(root)).flat().map((file) => [file.digest, file.article]);
    expect(await articles(first.path)).toEqual(await articles(second.path));
  });
});

describe('problems', () => {
  it('have a code in capitals, and say what to do', () => {
    for (const [code, template] of Object.entries(problemCatalogue)) {
      expect(code).toMatch(/^[A-Z0-9]+(?:_[A-Z0-9]+)*$/);
      expect(template.message).toMatch(/[.}]$/);
      expect(template.fix).toMatch(/\.$/);
    }
  });

  it('are written on one line', async () => {
    using folder = createTempFolder({
      'a.md': '---\ntitle: T\nquality: 300\n---\n',
      'b\u001b.md': 'x',
      'c.md': '',
    });
    const lines = (await loadAll(folder.path)).flat().flatMap((file) => file.problems.map(formatProblem));
    expect(lines).toEqual([
      'b\ufffd.md  error FILE_NAME_INVALID The name is not valid UTF-8 or has control characters. — Rename the file or folder.',
      'a.md:3:10  warning NUMBER_INVALID quality: The value is not a whole number from 0 to 100. (found: 300) — Write such a number in digits.',
      'c.md  notice EMPTY_FILE The file is empty, so its article is its name alone, or what it was before the file was emptied. — Write the article or delete the file.',
    ]);
  });
});
