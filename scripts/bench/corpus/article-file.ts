import { type ArticleHead, type CorpusOptions, makeArticleHead } from './article-head.ts';
import { languages } from './languages.ts';
import type { PoolProvider, Pools } from './pools.ts';
import { createRandom, type Random } from './random.ts';
import { writeMarkdown, writeParagraph, writePhrase, writePlainText } from './write-text.ts';

const categories = ['news', 'culture', 'science', 'business', 'sport', 'opinion'];

/** The text of a file with front matter: all keys of the format, some by their aliases, and a Markdown body. */
export function writeArticleFile(options: CorpusOptions, pools: Pools, head: ArticleHead): string {
  const random = createRandom(options.seed, head.index, 2);
  const alias = random.chance(0.08);
  const lines = [
    ...(random.chance(0.7) ? [`category: ${random.pick(categories)}`] : []),
    `title: ${quote(head.title)}`,
    `${alias ? 'description' : 'excerpt'}: ${quote(writeParagraph(random, head.language, random.int(100, 280)))}`,
    `${alias ? 'date' : 'publishedDateTime'}: ${spellDate(random, head.publishedAt)}`,
    ...(random.chance(0.6) ? [`originalUrl: ${quote(head.webUrl)}`] : []),
    `webUrl: ${quote(head.webUrl)}`,
    `type: ${random.chance(0.9) ? 'article' : 'gallery'}`,
    ...(random.chance(0.9) ? [`quality: ${random.int(0, 100)}`] : []),
    `heat: ${random.chance(0.6) ? -1 : random.int(0, 5000)}`,
    `published: ${head.published}`,
    ...(random.chance(0.1) ? [`slug: story-${head.index}`] : []),
    '',
    ...writeProvider(random, head.provider, ''),
    '',
    ...writeTopics(pools.pickTopics(random, random.int(0, 5)), alias),
    ...writeImages(random, `a${head.index}`, random.int(0, 4), ''),
    ...writeRelated(options, pools, random, head),
    ...(random.chance(options.securedShare ?? 0.03) ? ['', `secured: "${writeSecured(random)}"`] : []),
  ];
  const body = writeMarkdown(random, head.language, drawBodyBytes(random));
  return `---\n${lines.join('\n')}\n---\n\n${body}`;
}

/** The text of a file without front matter: a blank first line, then a line a paragraph. */
export function writeTextFile(options: CorpusOptions, head: ArticleHead): string {
  const random = createRandom(options.seed, head.index, 2);
  return `\n${writePlainText(random, head.language, drawBodyBytes(random) + 1000)}`;
}

/** Many short, few long: the square of an even draw, between 600 and 7,500 bytes. */
function drawBodyBytes(random: Random): number {
  return 600 + Math.floor(random.next() ** 2 * 6900);
}

function writeProvider(random: Random, provider: PoolProvider, indent: string): string[] {
  const name = random.chance(0.95) ? provider.names[0] : provider.names.at(-1);
  const domain = provider.domain && random.chance(0.1) ? `www.${provider.domain}` : provider.domain;
  return [
    `${indent}provider:`,
    `${indent}  name: ${quote(name ?? '')}`,
    ...(domain ? [`${indent}  domain: ${domain}`] : []),
  ];
}

function writeTopics(topics: readonly string[], alias: boolean): string[] {
  if (topics.length === 0) return [];
  return [`${alias ? 'tags' : 'topics'}:`, ...topics.map((topic) => `  - ${quote(topic)}`), ''];
}

function writeImages(random: Random, name: string, count: number, indent: string): string[] {
  if (count === 0) return [];
  const lines = [`${indent}images:`];
  for (let i = 0; i < count; i++) {
    lines.push(`${indent}  - url: "https://img.example/${random.int(10_000, 99_999)}/${name}-${i}.jpeg"`);
    if (random.chance(0.9)) {
      lines.push(
        `${indent}    width: ${random.int(320, 2400)}`,
        `${indent}    height: ${random.int(240, 1600)}`,
      );
    }
    lines.push(`${indent}    isCached: ${random.chance(0.7)}`);
  }
  return lines;
}

function writeRelated(options: CorpusOptions, pools: Pools, random: Random, head: ArticleHead): string[] {
  const count = random.int(0, 6);
  if (count === 0) return [];
  const lines = ['', 'related:'];
  for (let i = 0; i < count; i++) {
    const ours = random.chance(0.5);
    const target = makeArticleHead(options, pools, random.int(0, options.articles - 1));
    const language = ours ? target.language : random.pick(languages);
    const url = ours ? varyUrl(random, target.webUrl) : `https://elsewhere.example/${random.int(1, 1e9)}`;
    const title = ours ? target.title : writePhrase(random, language, 4, 9);
    lines.push(
      `  - title: ${quote(title)}`,
      `    excerpt: ${quote(writeParagraph(random, language, 90))}`,
      `    publishedDateTime: ${spellDate(random, target.publishedAt)}`,
      `    webUrl: ${quote(url)}`,
      '    type: article',
      ...writeProvider(random, ours ? target.provider : pools.pickProvider(random), '    '),
      `    quality: ${random.int(0, 100)}`,
      ...writeImages(random, `r${head.index}-${i}`, random.int(0, 2), '    '),
    );
  }
  return lines;
}

/** Another spelling of the same address. */
function varyUrl(random: Random, url: string): string {
  const spelling = random.int(0, 9);
  if (spelling === 0) return `${url}/`;
  if (spelling === 1) return `${url}?utm_source=newsletter`;
  if (spelling === 2) return url.replace('https:', 'http:');
  if (spelling === 3) return url.replace('https://', 'https://www.');
  if (spelling === 4) return `${url}#comments`;
  return url;
}

function spellDate(random: Random, time: number): string {
  const iso = new Date(time).toISOString();
  const spelling = random.int(0, 19);
  if (spelling === 0) return iso.slice(0, 10);
  if (spelling === 1) return `"${iso.slice(0, 10)} ${iso.slice(11, 19)}+0000"`;
  if (spelling === 2) return `"${iso.slice(0, 16)}Z"`;
  return `${iso.slice(0, 19)}Z`;
}

/** Has the shape of a sealed body, 25 blocks and the IV, and is noise. */
function writeSecured(random: Random): string {
  const bytes = (count: number) =>
    Buffer.from(Array.from({ length: count }, () => random.int(0, 255))).toString('base64');
  return `${bytes(400)};${bytes(16)}`;
}

/** A JSON string is a double-quoted YAML string. */
function quote(text: string): string {
  return JSON.stringify(text);
}
