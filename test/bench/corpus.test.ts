import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CorpusOptions } from '../../scripts/bench/corpus/article-head.ts';
import { generateCorpus } from '../../scripts/bench/corpus/generate-corpus.ts';
import { parseArticle } from '../../src/content/parse-article.ts';
import { createCorpusFolder } from '../support/corpus.ts';

const options: CorpusOptions = { articles: 400, seed: 11, brokenShare: 0.1, unpublishedShare: 0.2 };

describe('generateCorpus', () => {
  it('gives the same files for the same options, and others for another seed', () => {
    const first = digest(options);
    expect(digest(options)).toBe(first);
    expect(digest({ ...options, seed: 12 })).not.toBe(first);
  });

  it('writes files that load without a problem, but for the broken ones, which are all rejected', () => {
    for (const file of generateCorpus(options)) {
      if (file.encoding !== 'utf8' || file.text.includes('\0')) continue;
      const { article, problems } = parseArticle(file.path, file.text);
      if (file.kind === 'broken') expect(article, file.path).toBeNull();
      else expect(problems, file.path).toEqual([]);
      if (article) expect(article.published, file.path).toBe(file.kind === 'text' || file.published);
    }
  });

  it('links about half of the related links to articles of the corpus', () => {
    const articles = [...generateCorpus({ articles: 400, seed: 3 })].flatMap(
      (file) => parseArticle(file.path, file.text).article ?? [],
    );
    const known = new Set(articles.flatMap((article) => [article.webUrlKey, article.originalUrlKey]));
    const links = articles.flatMap((article) => article.related);
    const ours = links.filter((link) => known.has(link.urlKey)).length;
    expect(links.length).toBeGreaterThan(400);
    expect(ours / links.length).toBeGreaterThan(0.35);
    expect(ours / links.length).toBeLessThan(0.65);
  });

  it('gives the giant provider its articles and the small one 20, all published', () => {
    const counts = new Map<string, number>();
    for (const file of generateCorpus({
      articles: 200,
      seed: 3,
      giantProvider: 100,
      unpublishedShare: 0.5,
    })) {
      const { article } = parseArticle(file.path, file.text);
      const domain = article?.provider?.domain;
      if (article?.published && domain) counts.set(domain, (counts.get(domain) ?? 0) + 1);
    }
    expect(counts.get('giant.example')).toBe(100);
    expect(counts.get('small.example')).toBe(20);
  });
});

describe('createCorpusFolder', () => {
  it('writes every file and removes the folder', () => {
    const corpus = createCorpusFolder({ articles: 30, seed: 5 });
    const names = readdirSync(corpus.folder, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => /\.(md|txt)$/u.test(name))).toHaveLength(30);
    corpus.remove();
    expect(() => readdirSync(corpus.folder)).toThrow('ENOENT');
  });
});

function digest(corpusOptions: CorpusOptions): string {
  const hash = createHash('sha256');
  for (const file of generateCorpus(corpusOptions)) hash.update(file.path).update(file.text, file.encoding);
  return hash.digest('hex');
}
