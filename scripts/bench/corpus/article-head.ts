import { type Language, languages } from './languages.ts';
import type { PoolProvider, Pools } from './pools.ts';
import { createRandom } from './random.ts';
import { writePhrase } from './write-text.ts';

/** What a corpus is made from. The same options give the same files. */
export interface CorpusOptions {
  /** Number of files, broken ones included. */
  articles: number;
  seed: number;
  /** Shares are 0 to 1. @default 0.05 */
  unpublishedShare?: number;
  /** @default 0.03 */
  securedShare?: number;
  /** Files without front matter. @default 0.05 */
  plainTextShare?: number;
  /** Files that cannot be loaded. @default 0 */
  brokenShare?: number;
  /**
   * So many articles, the first ones, belong to the provider `giant.example`, and the 20 after them to
   * `small.example`; all of both are published. @default 0
   */
  giantProvider?: number;
}

export type FileKind = 'article' | 'text' | 'broken';

/** What other articles need to know of an article to link to it. */
export interface ArticleHead {
  index: number;
  kind: FileKind;
  language: Language;
  title: string;
  provider: PoolProvider;
  /** Milliseconds since 1970. */
  publishedAt: number;
  published: boolean;
  /** Under the content folder, with `/` and extension. */
  path: string;
  webUrl: string;
}

export const giantDomain = 'giant.example';
export const smallDomain = 'small.example';
export const smallProviderArticles = 20;

const firstDay = Date.UTC(2015, 0, 1);
const lastDay = Date.UTC(2025, 11, 31);

/** The head of one article, made from the options and its index alone. */
export function makeArticleHead(options: CorpusOptions, pools: Pools, index: number): ArticleHead {
  const random = createRandom(options.seed, index, 1);
  const kind = drawKind(options, random.next(), index);
  const language = random.pick(languages);
  const title = writePhrase(random, language, 4, 9);
  const provider = chooseProvider(options, index) ?? pools.pickProvider(random);
  const publishedAt = firstDay + random.int(0, (lastDay - firstDay) / 1000) * 1000;
  const hidden = random.chance(options.unpublishedShare ?? 0.05) && !chooseProvider(options, index);
  const month = new Date(publishedAt).toISOString().slice(0, 7).replace('-', '/');
  const words = writePhrase(random, random.chance(0.3) ? language : english, 2, 4);
  const name = `${words.toLowerCase().replaceAll(' ', '-')}-${index}`;
  const folder = kind === 'text' ? `notes/${language.code}` : `${language.code}/${month}`;
  return {
    index,
    kind,
    language,
    title,
    provider,
    publishedAt,
    published: !hidden,
    path: `${folder}/${name}${kind === 'text' ? '.txt' : '.md'}`,
    webUrl: `https://${provider.domain ?? 'pages.example'}/${month}/story-${index}`,
  };
}

const english = languages[0] as Language;

function drawKind(options: CorpusOptions, drawn: number, index: number): FileKind {
  if (chooseProvider(options, index)) return 'article';
  const broken = options.brokenShare ?? 0;
  if (drawn < broken) return 'broken';
  return drawn < broken + (options.plainTextShare ?? 0.05) ? 'text' : 'article';
}

function chooseProvider(options: CorpusOptions, index: number): PoolProvider | null {
  const giant = options.giantProvider ?? 0;
  if (giant === 0 || index >= giant + smallProviderArticles) return null;
  return index < giant
    ? { names: ['The Giant'], domain: giantDomain }
    : { names: ['The Small One'], domain: smallDomain };
}
