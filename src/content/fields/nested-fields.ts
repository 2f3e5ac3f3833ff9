import { imageKeys } from '../../model/built-in/image.ts';
import { keysOf } from '../../model/built-in/key.ts';
import { providerKeys } from '../../model/built-in/provider.ts';
import { relatedLinkKeys } from '../../model/built-in/related-link.ts';
import { normaliseDomain } from '../../text/keys/normalise-domain.ts';
import { report } from '../problems/collect-problems.ts';
import { looksLikeDomain, normaliseUrl } from '../values/normalise-url.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';
import { defineFields, type Field, type FieldValues, type Reader, readMapping } from './field-table.ts';
import { fieldsOfKeys } from './fields-of-keys.ts';
import { listOf, readList } from './read-list.ts';
import { readName } from './read-names.ts';
import { ruleOf, textSchema } from './read-value.ts';
import { schemaOfFields } from './schema-of-fields.ts';

const providerFields = defineFields(fieldsOfKeys(keysOf(providerKeys)));

/** A provider before it has its id. */
export interface ProviderDraft {
  name: string;
  domain: string | null;
}

/** `{name, domain}`, or a text: a URL or a domain gives both, anything else is the name. */
const readProvider: Reader<ProviderDraft> = (value, place) => {
  if (typeof value === 'string' || value instanceof YamlBoolean) {
    const name = readName(value, place);
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

const imageFields = defineFields(fieldsOfKeys(keysOf(imageKeys)));
const readImageUrl = ruleOf(imageKeys.url.value).read;

/** An image before it has its id. */
export type ImageDraft = FieldValues<typeof imageFields.fields> & { url: string };

const readImage: Reader<ImageDraft> = (value, place) => {
  if (typeof value === 'string') {
    const url = readImageUrl(value, place);
    return url === null ? null : { ...emptyDraft(imageFields.fields), url };
  }
  const draft = readMapping(imageFields, value, place);
  if (draft === null) return null;
  if (draft.url !== null) return { ...draft, url: draft.url };
  report(place, 'IMAGE_WITHOUT_URL', null);
  return null;
};

/** The same with no value. */
function emptyDraft<F extends Record<string, Field<unknown>>>(fields: F): FieldValues<F> {
  return Object.fromEntries(Object.keys(fields).map((name) => [name, null])) as FieldValues<F>;
}

/** What an article and a related link name alike. */
export const sharedParts = {
  provider: {
    hints: ['publisher', 'source', 'sitename'],
    description: 'Who published it: a name, a domain, or both.',
    schema: { anyOf: [{ $ref: '#/$defs/provider' }, { type: ['string', 'null'] }] },
    read: readProvider,
  },
  images: {
    aliases: ['image', 'cover', 'heroImage'],
    description: 'Pictures, in order.',
    schema: listOf({ anyOf: [{ $ref: '#/$defs/image' }, { type: ['string', 'null'] }] }),
    read: readList(readImage),
  },
};

const relatedFields = defineFields({ ...fieldsOfKeys(keysOf(relatedLinkKeys)), ...sharedParts });

/** A related link before it has its id. */
export type RelatedDraft = FieldValues<typeof relatedFields.fields>;

const readLink = ruleOf(relatedLinkKeys.webUrl.value).read;
const emptyLink = emptyDraft(relatedFields.fields);

const readRelated: Reader<RelatedDraft> = (value, place) => {
  if (typeof value === 'string' || value instanceof YamlBoolean) {
    const webUrl = readLink(value, place);
    return webUrl === null ? null : { ...emptyLink, webUrl };
  }
  const draft = readMapping(relatedFields, value, place);
  if (draft === null || draft.title !== null || draft.webUrl !== null) return draft;
  report(place, 'LINK_WITHOUT_TARGET', null);
  return null;
};

/** Links that an article may have: below them there are lists of pictures again. */
const MAX_RELATED = 500;

/** The field that links to other pieces. */
export const related = {
  hints: ['relatedlinks', 'relatedarticles', 'links'],
  description: 'Links to other pieces, in order.',
  schema: listOf({ anyOf: [{ $ref: '#/$defs/relatedLink' }, textSchema] }),
  read: readList(readRelated, MAX_RELATED),
};

/** What the schemas above refer to. */
export const definitions = {
  provider: schemaOfFields(providerFields, '#/$defs/provider'),
  image: schemaOfFields(imageFields, '#/$defs/image'),
  relatedLink: schemaOfFields(relatedFields, '#/$defs/relatedLink'),
};
