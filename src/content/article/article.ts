import type { OwnValues } from '../../model/own-values.ts';
import type { HiddenReason } from '../visibility/hidden-reason.ts';

/** How a body is written: Markdown, or plain text in which a line is a paragraph. */
export type BodyFormat = 'markdown' | 'mdx' | 'text';

/** A publisher as one file names it. `id` depends on the domain, else on the name, and on nothing else. */
export interface ProviderMention {
  id: string;
  name: string;
  domain: string | null;
}

/** A topic or category as one file spells it. `id` and `slug` depend on the folded name only. */
export interface LabelMention {
  id: string;
  slug: string;
  name: string;
}

/** A picture of an article or of a related link, in the order of the file. */
export interface ImageRecord {
  id: string;
  url: string;
  /** Pixels. */
  width: number | null;
  /** Pixels. */
  height: number | null;
  isCached: boolean | null;
}

/** A link from an article to another piece, which may or may not be in the same folder. */
export interface RelatedLinkRecord {
  id: string;
  title: string | null;
  excerpt: string | null;
  type: string;
  /** ISO 8601 in UTC with milliseconds: `2024-02-21T01:01:00.000Z`. */
  publishedAt: string | null;
  webUrl: string | null;
  /** `webUrl` as `urlKey` folds it, by which it meets an article. */
  urlKey: string | null;
  /** The path within the site that it leads to, as `pathKey` folds it, by which it meets an article; null when it leads out. */
  pathKey: string | null;
  /** 0 to 100. */
  quality: number | null;
  provider: ProviderMention | null;
  images: ImageRecord[];
}

/** One article file, validated and normalised: the same bytes at the same path give the same record anywhere. */
export interface ArticleRecord {
  id: string;
  slug: string;
  title: string;
  excerpt: string | null;
  body: string;
  format: BodyFormat;
  /** The name of the first of `categories`. */
  category: string | null;
  type: string;
  /** ISO 8601 in UTC with milliseconds: `2024-02-21T01:01:00.000Z`. */
  publishedAt: string | null;
  /** When it was last changed, as `publishedAt`. */
  updatedAt: string | null;
  /** The slug that its front matter asks for, which another article may have. */
  wantedSlug: string | null;
  /** A language tag in the case of BCP 47, such as `pt-BR`; that of the settings where the file tells none. */
  locale: string | null;
  /** By which one of several languages is chosen: empty for the language of the settings and for none, else the tag. */
  localeKey: string;
  /** Where its file stands, but for the language: what stands there in another language is its translation. */
  placeKey: string;
  /** Articles with the same in another language are its translations, too. */
  translationKey: string | null;
  /** The path that it has when no other article has it. */
  wantedPath: string;
  /** Where it stands within the site, with a slash before it. */
  path: string;
  /** Further paths of it. */
  aliases: string[];
  originalUrl: string | null;
  originalUrlKey: string | null;
  webUrl: string | null;
  webUrlKey: string | null;
  /** 0 to 100. */
  quality: number | null;
  /** 0 or more; null when not measured. */
  heat: number | null;
  /** When it is hidden again, as `publishedAt`. */
  expiresAt: string | null;
  /** Why the public does not see it, whatever the time; empty when nothing but the time can hide it. */
  hiddenBecause: HiddenReason[];
  /** False hides the article from everybody without a preview token. */
  published: boolean;
  /** `<base64 ciphertext>;<base64 IV>`. */
  secured: string | null;
  provider: ProviderMention | null;
  /** The sections, in the order of the file. */
  categories: LabelMention[];
  topics: LabelMention[];
  images: ImageRecord[];
  related: RelatedLinkRecord[];
  /** What the file says under the owner's keys. */
  own: OwnValues;
}
