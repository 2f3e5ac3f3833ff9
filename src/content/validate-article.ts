import { urlKey } from '../text/url-key.ts';
import type { ArticleRecord, ImageRecord, ProviderMention, RelatedLinkRecord } from './article.ts';
import { type Place, reportKey, within } from './collect-problems.ts';
import { type FieldValues, readFields, reportUnknown, type UnknownKeyHandler } from './field-table.ts';
import { articleFields, type RelatedDraft } from './fields.ts';
import { nearVisibilityKey, readFlag, VISIBILITY_KEYS, type VisibilityKey } from './find-visibility.ts';
import { createPartIds, makeArticleId, makeProviderMention } from './identity.ts';
import { YamlBoolean } from './load-yaml.ts';
import type { ImageDraft, ProviderDraft } from './nested-fields.ts';

/** What an article's front matter says, each value usable or null. */
export type ArticleValues = FieldValues<typeof articleFields.fields> & { hiddenByMisspelling: boolean };

/** What the body and the path say, for what the front matter leaves open. */
export interface ArticleSurroundings {
  slugFromPath: string;
  title: string;
  excerpt: string | null;
  body: string;
  format: ArticleRecord['format'];
  /** The body holds front matter that could not be read. */
  hasLeakedFrontMatter: boolean;
}

/** Reads front matter by the table of fields. Every value that cannot be used is told of and null. */
export function validateArticle(data: Readonly<Record<string, unknown>>, place: Place): ArticleValues {
  let hiddenByMisspelling = false;
  const onUnknown: UnknownKeyHandler = (key, value, at) => {
    const known = hidesAs(key, value);
    if (known === null) return reportUnknown(articleFields, key, at);
    hiddenByMisspelling = true;
    reportKey(at, 'VISIBILITY_KEY_MISSPELT', { key, known });
  };
  const values = readFields(articleFields, data, place, onUnknown);
  if (findNestedFlags(data, place, true)) hiddenByMisspelling = true;
  return { ...values, hiddenByMisspelling };
}

/** Puts values and surroundings together. */
export function buildArticle(values: ArticleValues, around: ArticleSurroundings): ArticleRecord {
  const slug = values.slug ?? around.slugFromPath;
  const id = makeArticleId(slug);
  const hidden =
    values.published === 'hidden' ||
    values.draft === 'hidden' ||
    values.hiddenByMisspelling ||
    around.hasLeakedFrontMatter;
  const linkId = createPartIds('relatedLink', id);
  return {
    id,
    slug,
    title: values.title ?? around.title,
    excerpt: values.excerpt ?? around.excerpt,
    body: around.body,
    format: around.format,
    category: values.category,
    type: values.type ?? 'article',
    publishedAt: values.publishedDateTime,
    originalUrl: values.originalUrl,
    originalUrlKey: values.originalUrl && urlKey(values.originalUrl),
    webUrl: values.webUrl,
    webUrlKey: values.webUrl && urlKey(values.webUrl),
    quality: values.quality,
    heat: values.heat === -1 ? null : values.heat,
    published: !hidden,
    secured: values.secured,
    provider: buildProvider(values.provider),
    topics: values.topics ?? [],
    images: buildImages(values.images, id),
    related: (values.related ?? []).map((draft) => buildRelated(draft, linkId)),
  };
}

function buildRelated(draft: RelatedDraft, linkId: (key: string) => string): RelatedLinkRecord {
  const key = draft.webUrl && urlKey(draft.webUrl);
  const id = linkId(key ?? draft.title ?? '');
  return {
    id,
    title: draft.title,
    excerpt: draft.excerpt,
    type: draft.type ?? 'article',
    publishedAt: draft.publishedDateTime,
    webUrl: draft.webUrl,
    urlKey: key,
    quality: draft.quality,
    provider: buildProvider(draft.provider),
    images: buildImages(draft.images, id),
  };
}

function buildProvider(draft: ProviderDraft | null): ProviderMention | null {
  return draft === null ? null : makeProviderMention(draft.name, draft.domain);
}

function buildImages(drafts: ImageDraft[] | null, ownerId: string): ImageRecord[] {
  if (drafts === null) return [];
  const imageId = createPartIds('image', ownerId);
  return drafts.map(({ url, width, height, isCached }) => ({
    id: imageId(url),
    url,
    width,
    height,
    isCached,
  }));
}

/**
 * The key that an unknown one was meant to be, when taking it at its word would hide the article: `Published: false`,
 * `publised: "no"`, `Draft: yes`. In another case only, a value that says neither yes nor no hides too, as it does with the key
 * spelt well; a key that is merely near, such as `publisher`, needs one that does.
 */
function hidesAs(key: string, value: unknown): VisibilityKey | null {
  const near = nearVisibilityKey(key);
  if (near === null) return null;
  const flag = readFlag(value);
  if (flag === null) return key.toLowerCase() === near ? near : null;
  return flag === VISIBILITY_KEYS[near] ? null : near;
}

/** Reports each key below the top that says the article is hidden: a slip of the indent must not publish it. */
function findNestedFlags(value: unknown, place: Place, isTop: boolean): boolean {
  if (typeof value !== 'object' || value === null || value instanceof YamlBoolean) return false;
  let hides = false;
  for (const [key, item] of Object.entries(value)) {
    const at = within(place, Array.isArray(value) ? Number(key) : key);
    const known = isTop || Array.isArray(value) ? null : nearVisibilityKey(key);
    if (known !== null && readFlag(item) === !VISIBILITY_KEYS[known]) {
      hides = true;
      reportKey(at, 'VISIBILITY_KEY_NESTED', { key, known });
    }
    if (findNestedFlags(item, at, false)) hides = true;
  }
  return hides;
}
