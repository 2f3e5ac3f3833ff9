import type { articleKeys } from '../../model/built-in/article.ts';
import type { imageKeys } from '../../model/built-in/image.ts';
import type { ColumnValues } from '../../model/built-in/key.ts';
import type { relatedLinkKeys } from '../../model/built-in/related-link.ts';
import type { SharedList } from '../../model/kinds/shared-kinds.ts';
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

/** A picture of an article or of a related link, in the order of the file; the columns of its keys. */
export interface ImageRecord extends ColumnValues<typeof imageKeys> {
  id: string;
}

/** A link from an article to another piece, which may or may not be in the same folder; the columns of its keys. */
export interface RelatedLinkRecord extends ColumnValues<typeof relatedLinkKeys> {
  id: string;
  /** `webUrl` as `urlKey` folds it, by which it meets an article. */
  urlKey: string | null;
  /** The path within the site that it leads to, as `pathKey` folds it, by which it meets an article; null when it leads out. */
  pathKey: string | null;
  provider: ProviderMention | null;
  images: ImageRecord[];
}

/**
 * One article file, validated and normalised: the same bytes at the same path give the same record anywhere. It has the columns of
 * its keys, and under each kind's list the things that it names, in the order of the file.
 */
export interface ArticleRecord extends ColumnValues<typeof articleKeys>, Record<SharedList, LabelMention[]> {
  id: string;
  body: string;
  format: BodyFormat;
  /** The name of the first of `categories`. */
  category: string | null;
  /** The slug that its front matter asks for, which another article may have. */
  wantedSlug: string | null;
  /** By which one of several languages is chosen: empty for the language of the settings and for none, else the tag. */
  localeKey: string;
  /** Where its file stands, but for the language: what stands there in another language is its translation. */
  placeKey: string;
  /** The path that it has when no other article has it. */
  wantedPath: string;
  /** Where it stands within the site, with a slash before it. */
  path: string;
  /** Further paths of it. */
  aliases: string[];
  originalUrlKey: string | null;
  webUrlKey: string | null;
  /** Why the public does not see it, whatever the time; empty when nothing but the time can hide it. */
  hiddenBecause: HiddenReason[];
  /** False hides the article from everybody without a preview token. */
  published: boolean;
  provider: ProviderMention | null;
  images: ImageRecord[];
  related: RelatedLinkRecord[];
  /** What the file says under the owner's keys. */
  own: OwnValues;
}
