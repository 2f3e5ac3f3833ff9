import { normaliseDomain } from '../../text/keys/normalise-domain.ts';
import type { LabelMention } from '../article/article.ts';
import { makeLabelMention } from '../article/identity.ts';
import { type Place, report, within } from '../problems/collect-problems.ts';
import { looksLikeDomain, normaliseUrl } from '../values/normalise-url.ts';
import { plainValue } from '../values/plain-inline.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';
import { defineFields, type Reader, readMapping } from './field-table.ts';
import { readBoolean, readDomain, readInteger, readLine, readText, readUrl } from './read-scalar.ts';

/** Longest name (of a provider, topic, category, type), in UTF-16 units; it must fit an index entry. */
const MAX_NAME = 300;
/** Longest title, in UTF-16 units. */
const MAX_TITLE = 1000;
/** Longest excerpt, in UTF-16 units. */
const MAX_EXCERPT = 20_000;

export const textSchema = { type: ['string', 'number', 'boolean', 'null'] };
export const urlSchema = { type: ['string', 'null'], format: 'uri', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://' };
export const dateTimeSchema = {
  type: ['string', 'null'],
  examples: ['2024-02-21T09:01:00+08:00', '2024-02-21'],
};
export const integerSchema = (minimum: number, maximum?: number) => ({
  anyOf: [
    { type: 'integer', minimum, ...(maximum === undefined ? {} : { maximum }) },
    { type: 'string', pattern: '^[-+]?[0-9]+$' },
    { type: 'null' },
  ],
});

/** The keys of a provider. */
export const providerFields = defineFields({
  name: { description: 'The name shown.', schema: textSchema, read: readLine(MAX_NAME) },
  domain: {
    hints: ['url', 'website', 'site', 'host'],
    description: 'The domain, by which two spellings of the name are one provider.',
    schema: { type: ['string', 'null'] },
    read: readDomain,
  },
});

/** A provider before it has its id. */
export interface ProviderDraft {
  name: string;
  domain: string | null;
}

/** `{name, domain}`, or a text: a URL or a domain gives both, anything else is the name. */
export const readProvider: Reader<ProviderDraft> = (value, place) => {
  if (typeof value === 'string' || value instanceof YamlBoolean) {
    const name = readLine(MAX_NAME)(value, place);
    if (name === null) return null;
    const domain = normaliseUrl(name) !== null || looksLikeDomain(name) ? normaliseDomain(name) : null;
    return { name: domain !== null && name.includes('://') ? domain : name, domain };
  }
  const draft = readMapping(providerFields, value, place);
  if (draft === null) return null;
  const name = draft.name ?? draft.domain;
  if (name !== null) return { name, domain: draft.domain };
  report(place, 'PROVIDER_WITHOUT_NAME', null);
  return null;
};

/** The keys of an image. */
export const imageFields = defineFields({
  url: {
    aliases: ['src', 'image'],
    hints: ['href'],
    description: 'Where the picture is.',
    schema: urlSchema,
    read: readUrl,
  },
  width: { description: 'Pixels.', schema: integerSchema(1), read: readInteger(1) },
  height: { description: 'Pixels.', schema: integerSchema(1), read: readInteger(1) },
  isCached: {
    description: 'Whether a copy of the picture is kept.',
    schema: { type: ['boolean', 'null'] },
    read: readBoolean,
  },
});

/** An image before it has its id. */
export interface ImageDraft {
  url: string;
  width: number | null;
  height: number | null;
  isCached: boolean | null;
}

const readImage: Reader<ImageDraft> = (value, place) => {
  if (typeof value === 'string') {
    const url = readUrl(value, place);
    return url === null ? null : { url, width: null, height: null, isCached: null };
  }
  const draft = readMapping(imageFields, value, place);
  if (draft === null) return null;
  const { url, width, height, isCached } = draft;
  if (url !== null) return { url, width, height, isCached };
  report(place, 'IMAGE_WITHOUT_URL', null);
  return null;
};

/** Entries of a list that are used. An answer has all of an article's, however many articles it is asked for. */
const MAX_ENTRIES = 2_000;
/** Of those below which there are lists of others again. */
const MAX_TOPICS = 200;
export const MAX_RELATED = 500;

/** A list; a single value is a list of one, an empty item is no item, an item that cannot be read is left out. */
export function readList<T>(readItem: Reader<T>, most = MAX_ENTRIES): Reader<T[]> {
  return (value, place) => {
    if (!Array.isArray(value)) {
      const item = readItem(value, place);
      return item === null ? [] : [item];
    }
    if (value.length > most) {
      report(place, 'LIST_TOO_LONG', null, { count: String(value.length), limit: String(most) });
    }
    const items: T[] = [];
    for (const [index, entry] of value.slice(0, most).entries()) {
      const item = entry === null ? null : readItem(entry, within(place, index));
      if (item !== null) items.push(item);
    }
    return items;
  };
}

/** Images, in order. */
export const readImages = readList(readImage);

const readTopicLine = readLine(MAX_NAME);
/** A name, without the sign that some tools write before it. */
const readTopic: Reader<string> = (value, place) =>
  readTopicLine(value, place)?.replace(/^#(?=[^\s#])/u, '') ?? null;

/** Longest text that names several things with commas between, in UTF-16 units. */
const MAX_NAMES = 20_000;
const readNames = readText(MAX_NAMES);

/**
 * The list that a lone text with commas stands for under a plural key, such as `tags`; null when the text is too long. An entry of
 * a list keeps its commas, since names have commas too, and so does a text under `tag`.
 */
export function splitNames(value: unknown, place: Place): unknown {
  if (typeof value !== 'string' || !value.includes(',') || !/s$/iu.test(String(place.key))) return value;
  return readNames(value, place)?.split(',') ?? null;
}

/** Topics, in order. A topic counts once. */
export const readTopics: Reader<LabelMention[]> = (value, place) => {
  const list = splitNames(value, place);
  const seen = new Set<string>();
  const readOnce: Reader<LabelMention> = (item, at: Place) => {
    const name = readTopic(item, at);
    if (name === null) return null;
    const topic = makeLabelMention('topic', name);
    if (seen.has(topic.id)) {
      report(at, 'TOPIC_REPEATED', name);
      return null;
    }
    seen.add(topic.id);
    return topic;
  };
  return list === null ? [] : readList(readOnce, MAX_TOPICS)(list, place);
};

/** Categories an article may have. */
const MAX_CATEGORIES = 100;

/**
 * Categories, in order: a text, a list, or lists in lists, by which other tools say which is below which. One counts once, told
 * of or not, since such lists repeat what is above.
 */
export const readCategories: Reader<LabelMention[]> = (value, place) => {
  const found = new Map<string, LabelMention>();
  const take = (item: unknown, at: Place): void => {
    if (Array.isArray(item)) for (const [index, entry] of item.entries()) take(entry, within(at, index));
    else if (item !== null) {
      const name = readName(item, at);
      const category = name === null ? null : makeLabelMention('category', name);
      if (category !== null && !found.has(category.id)) found.set(category.id, category);
    }
  };
  take(splitNames(value, place), place);
  const words = { count: String(found.size), limit: String(MAX_CATEGORIES) };
  if (found.size > MAX_CATEGORIES) report(place, 'LIST_TOO_LONG', null, words);
  return [...found.values()].slice(0, MAX_CATEGORIES);
};

/** Categories of several keys, each once. */
export function mergeCategories(lists: LabelMention[][]): LabelMention[] {
  const found = new Map<string, LabelMention>();
  for (const category of lists.flat()) if (!found.has(category.id)) found.set(category.id, category);
  return [...found.values()].slice(0, MAX_CATEGORIES);
}

/** Which of several moments in ISO 8601 in UTC comes first: who names two ends wants it gone at the first. */
export function earliest(moments: string[]): string | null {
  return moments.toSorted()[0] ?? null;
}

export const listOf = (items: object) => ({ anyOf: [{ type: 'array', items }, items] });

/** Names that people's tools use for the same key, in an article and in a related link alike. */
export const aliases = {
  publishedDateTime: [
    ...[
      'date',
      'publishedAt',
      'pubDate',
      'publishDate',
      'published_time',
      'datePublished',
      'created',
      'createdAt',
    ],
  ],
  updatedAt: [...['updated', 'lastmod', 'last_modified_at', 'modified', 'dateModified', 'lastUpdated']],
  topics: ['tags', 'tag', 'keywords'],
  excerpt: ['description', 'summary', 'spoiler', 'subtitle', 'lead', 'dek', 'deck'],
  images: ['image', 'cover', 'heroImage'],
  webUrl: ['url', 'canonicalUrl', 'source_url'],
} as const;

export const readTitle = readPlain(readLine(MAX_TITLE));
export const readExcerpt = readPlain(readText(MAX_EXCERPT));

function readPlain(read: Reader<string>): Reader<string> {
  return (value, place) => {
    const text = read(value, place);
    return text === null ? null : plainValue(text);
  };
}
export const readName = readLine(MAX_NAME);
export const readScore = readInteger(0, 100);
