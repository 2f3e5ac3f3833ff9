import { hash } from 'node:crypto';
import type { SharedKind } from '../../model/kinds/shared-kind.ts';
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

const providerId = remember((key) => makeId('provider', key));

/** A provider is its domain (lower case, no `www.`), else its folded name. */
export function makeProviderMention(name: string, domain: string | null): ProviderMention {
  return { id: providerId(domain ?? foldText(name)), name, domain };
}

/** Makes the things of a built-in kind by their names: one is its folded name; `name` keeps the author's spelling. */
export function createLabelMaker({ idPrefix, one }: Pick<SharedKind, 'idPrefix' | 'one'>): MakeLabel {
  return labelMaker(idPrefix, one);
}

/** The same of a kind of the owner's. */
export function createTermMaker(kind: string): MakeLabel {
  return labelMaker(ownIdPrefix(kind), kind);
}

type MakeLabel = (name: string) => LabelMention;

// A folder names the same few things thousands of times.
function labelMaker(idPrefix: string, kind: string): MakeLabel {
  const describe = remember((name) => {
    const folded = foldText(name);
    return { id: idPrefix + hashKey(kind, folded), slug: makeTopicSlug(folded) };
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
