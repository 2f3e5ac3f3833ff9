import { hash } from 'node:crypto';
import type { OwnTerm } from '../../model/own-values.ts';
import { ID_PREFIX, ownIdPrefix } from '../../text/id-prefixes.ts';
import { foldText } from '../../text/keys/fold-text.ts';
import { makeTopicSlug } from '../paths/make-slug.ts';
import { remember } from '../values/remember.ts';
import type { LabelMention, ProviderMention } from './article.ts';

/** The types of which records have an id. */
export type ContentKind = keyof typeof ID_PREFIX;

/**
 * The id of a record: a letter for its kind, then 96 bits of SHA-256 over kind and key in base64url. It depends on the
 * content only, so any machine, in any order, gives the same.
 */
export function makeId(kind: ContentKind, key: string): string {
  return ID_PREFIX[kind] + hashKey(kind, key);
}

function hashKey(kind: string, key: string): string {
  return hash('sha256', `${kind}\0${key}`, 'base64url').slice(0, 16);
}

/**
 * An article is its slug and, where its file or path tells one, its language: that of the settings has no part in it, so that
 * setting one leaves the ids of all articles as they are.
 */
export function makeArticleId(slug: string, locale: string | null): string {
  return makeId('article', locale === null ? slug : `${slug}\0${locale}`);
}

/** A provider is its domain (lower case, no `www.`), else its folded name. */
export function makeProviderMention(name: string, domain: string | null): ProviderMention {
  return { id: recall(providers, domain ?? foldText(name), (key) => makeId('provider', key)), name, domain };
}

/** What articles are put under by a name alone. */
export type LabelKind = 'topic' | 'category';

/** A topic or a category is its folded name; `name` keeps the author's spelling. */
export function makeLabelMention(kind: LabelKind, name: string): LabelMention {
  const { id, slug } = recall(labels[kind], name, (key) => describeLabel(kind, key));
  return { id, slug, name };
}

/** Makes the things of a kind of the owner's by their names: as topics, one is its folded name. */
export function createTermMaker(kind: string): (name: string) => OwnTerm {
  const prefix = ownIdPrefix(kind);
  const describe = remember((name) => {
    const folded = foldText(name);
    return { id: prefix + hashKey(kind, folded), slug: makeTopicSlug(folded) };
  });
  return (name) => ({ ...describe(name), name });
}

/**
 * Ids of the parts of one owner: owner, key and how many parts with that key came before. A part that moves within the
 * list keeps its id; two with one key stay apart.
 */
export function createPartIds(kind: 'image' | 'relatedLink', ownerId: string): (key: string) => string {
  const seen = new Map<string, number>();
  return (key) => {
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return makeId(kind, `${ownerId}\0${key}\0${occurrence}`);
  };
}

// A folder names the same few topics and providers thousands of times.
type LabelIdentity = Pick<LabelMention, 'id' | 'slug'>;
const labels: Record<LabelKind, Map<string, LabelIdentity>> = { topic: new Map(), category: new Map() };
const providers = new Map<string, string>();
const MAX_REMEMBERED = 5000;

function describeLabel(kind: LabelKind, name: string): LabelIdentity {
  const folded = foldText(name);
  return { id: makeId(kind, folded), slug: makeTopicSlug(folded) };
}

function recall<T>(memory: Map<string, T>, key: string, make: (key: string) => T): T {
  const known = memory.get(key);
  if (known !== undefined) return known;
  if (memory.size >= MAX_REMEMBERED) memory.clear();
  const made = make(key);
  memory.set(key, made);
  return made;
}
