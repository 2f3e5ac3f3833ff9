import { articleKeys } from '../../model/built-in/article.ts';
import { imageKeys } from '../../model/built-in/image.ts';
import { relatedLinkKeys } from '../../model/built-in/related-link.ts';
import type { OwnValues } from '../../model/own-values.ts';
import { pathKey } from '../../text/keys/path-key.ts';
import { squashKey } from '../../text/keys/suggest-key.ts';
import { urlKey } from '../../text/keys/url-key.ts';
import type { ArticleRecord, ImageRecord, ProviderMention, RelatedLinkRecord } from '../article/article.ts';
import { createPartIds, makeArticleId, makeProviderMention } from '../article/identity.ts';
import { addressOf, defaultPath, isWithinSite, normaliseSitePath, pathWithin } from '../paths/site-path.ts';
import type { Place, ProblemDraft } from '../problems/collect-problems.ts';
import { problemCatalogue } from '../problems/problem-catalogue.ts';
import type { Reading } from '../reading.ts';
import { HIDDEN_REASONS, type HiddenReason } from '../visibility/hidden-reason.ts';
import { readNestedVisibility, readVisibilityKey, type Visibility } from '../visibility/read-visibility.ts';
import { type ClaimedKeys, noClaims } from './claimed-keys.ts';
import { createColumnReader } from './column-values.ts';
import {
  type FieldValues,
  fieldOf,
  readFields,
  reportUnknown,
  type UnknownKeyHandler,
} from './field-table.ts';
import { articleFields, namesIn, TIME_FIELDS } from './fields.ts';
import type { ImageDraft, ProviderDraft, RelatedDraft } from './nested-fields.ts';

/** What an article's front matter says, each value usable or null. */
export type ArticleValues = FieldValues<typeof articleFields.fields> & {
  hiddenBecause: Set<HiddenReason>;
  /** Of `url`, when it is an address within the site. */
  relativeUrl: string | null;
  /** Whether a time was given that cannot be read, for which no other is taken. */
  hasUnreadableTime: boolean;
};

/** What the body and the path say, for what the front matter leaves open. */
export interface ArticleSurroundings {
  /** The slug that it gets where the one that it asks for is another's; null gives it that. */
  grantedSlug: string | null;
  /** The path within the site that it gets where the one that it asks for is another's; null gives it that. */
  grantedPath: string | null;
  /** Of its file. */
  filePath: string;
  /** As of PathPlace. */
  locale: string | null;
  place: string;
  /** When the path says that it appeared; null when it does not. */
  dateFromPath: () => string | null;
  title: () => string;
  excerpt: string | null;
  body: string;
  format: ArticleRecord['format'];
  /** Why the place or the body hides it. */
  hiddenBecause: readonly HiddenReason[];
  /** As of ArticleRecord. */
  own: OwnValues;
}

/** Reads front matter by the table of fields. Every value that cannot be used is told of and null. @param claims of the file */
export function validateArticle(
  data: Readonly<Record<string, unknown>>,
  place: Place,
  { table, isOwn, isOwnPart }: ClaimedKeys = noClaims,
): ArticleValues {
  const visibility: Visibility = { reasons: new Set(), publishedAt: null };
  const onUnknown: UnknownKeyHandler = (key, value, at) => {
    if (!readVisibilityKey(visibility, key, value, at) && !isOwn(key)) reportUnknown(table, key, at);
  };
  const values = readFields(table, data, place, onUnknown);
  readNestedVisibility(visibility, data, place, isOwnPart);
  const hasUnreadableTime = place.drafts.some(isUnreadableTime);
  if (hasUnreadableTime) visibility.reasons.add('UNREADABLE');
  const publishedDateTime = later(values.publishedDateTime ?? visibility.publishedAt, values.embargo);
  const relativeUrl = readRelativeUrl(data);
  return { ...values, publishedDateTime, relativeUrl, hiddenBecause: visibility.reasons, hasUnreadableTime };
}

function later(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a;
}

function readRelativeUrl(data: Readonly<Record<string, unknown>>): string | null {
  const key = 'url' in data ? 'url' : Object.keys(data).find((name) => squashKey(name) === 'url');
  const value = key === undefined ? null : data[key];
  return typeof value === 'string' && isWithinSite(value) ? normaliseSitePath(value) : null;
}

/** A time of the article that was not understood may be one to come, or one that has passed. */
function isUnreadableTime({ code, path: [key, ...rest], on }: ProblemDraft): boolean {
  if (on !== 'value' || rest.length > 0 || problemCatalogue[code].severity !== 'warning') return false;
  return TIME_FIELDS.has(fieldOf(articleFields, String(key)) ?? '');
}

const articleColumns = createColumnReader(articleKeys);
const linkColumns = createColumnReader(relatedLinkKeys);
const imageColumns = createColumnReader(imageKeys);

/** Puts values and surroundings together. */
export function buildArticle(
  values: ArticleValues,
  { defaultLocale, locales, settings: { siteUrl } }: Reading,
  around: ArticleSurroundings,
): ArticleRecord {
  const slug = around.grantedSlug ?? values.slug ?? (around.place || 'index');
  const ownLocale = values.locale ?? around.locale;
  const locale = ownLocale ?? defaultLocale;
  const id = makeArticleId(slug, ownLocale);
  const ownPath = defaultPath(around.filePath, slug, values.slug, locales);
  const wantedPath = values.permalink ?? values.relativeUrl ?? ownPath;
  const path = around.grantedPath ?? wantedPath;
  // Sites put the languages that their paths tell below a folder each, but for the main one.
  const isInFolder = path === ownPath && around.locale !== null && around.locale !== defaultLocale;
  const sitePath = isInFolder ? `/${around.locale?.toLowerCase()}${path}` : path;
  const webUrl = values.webUrl ?? (siteUrl && addressOf(siteUrl, sitePath));
  const reasons = new Set([...values.hiddenBecause, ...around.hiddenBecause]);
  const hiddenBecause = HIDDEN_REASONS.filter((reason) => reasons.has(reason));
  const linkId = createPartIds('relatedLink', id);
  const names = namesIn(values);
  return {
    ...articleColumns(values),
    id,
    slug,
    wantedSlug: values.slug,
    title: values.title ?? around.title(),
    excerpt: values.excerpt ?? around.excerpt,
    body: around.body,
    format: around.format,
    publishedAt: values.publishedDateTime ?? (values.hasUnreadableTime ? null : around.dateFromPath()),
    wantedPath,
    path,
    aliases: values.aliases ?? [],
    locale,
    localeKey: locale === null || locale === defaultLocale ? '' : locale,
    placeKey: around.place,
    originalUrlKey: values.originalUrl && urlKey(values.originalUrl),
    webUrl,
    webUrlKey: webUrl && urlKey(webUrl),
    hiddenBecause,
    published: hiddenBecause.length === 0,
    provider: buildProvider(values.provider),
    ...names,
    category: names.categories[0]?.name ?? null,
    images: buildImages(values.images, id),
    related: (values.related ?? []).map((draft) => buildRelated(draft, linkId, siteUrl)),
    own: around.own,
  };
}

function buildRelated(
  draft: RelatedDraft,
  linkId: (key: string) => string,
  siteUrl: string | null,
): RelatedLinkRecord {
  const sitePath = draft.webUrl && pathWithin(draft.webUrl, siteUrl);
  const isAbsolute = draft.webUrl !== null && !isWithinSite(draft.webUrl);
  const webUrl = isAbsolute ? draft.webUrl : siteUrl && sitePath && addressOf(siteUrl, sitePath);
  const key = webUrl && urlKey(webUrl);
  const id = linkId(key ?? sitePath ?? draft.title ?? '');
  return {
    ...linkColumns(draft),
    id,
    webUrl,
    urlKey: key,
    pathKey: sitePath && pathKey(sitePath),
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
  return drafts.map((draft) => ({ ...imageColumns(draft), id: imageId(draft.url) }));
}
