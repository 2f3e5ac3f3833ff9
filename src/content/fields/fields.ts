import { report } from '../problems/collect-problems.ts';
import { YamlBoolean } from '../values/yaml-boolean.ts';
import { FLAG_KEYS, STATUS_KEYS } from '../visibility/find-visibility.ts';
import { defineFields, type FieldValues, type JsonSchema, type Reader, readMapping } from './field-table.ts';
import {
  aliases,
  dateTimeSchema,
  earliest,
  imageFields,
  integerSchema,
  listOf,
  MAX_RELATED,
  mergeCategories,
  providerFields,
  readCategories,
  readExcerpt,
  readImages,
  readList,
  readName,
  readProvider,
  readScore,
  readTitle,
  readTopics,
  textSchema,
  urlSchema,
} from './nested-fields.ts';
import {
  readDateTime,
  readInteger,
  readLinkUrl,
  readLocale,
  readSecured,
  readSitePath,
  readSlug,
  readUrl,
} from './read-scalar.ts';
import { schemaOfFields } from './schema-of-fields.ts';

const providerSchema: JsonSchema = { anyOf: [schemaOfFields(providerFields), { type: ['string', 'null'] }] };
const imagesSchema: JsonSchema = listOf({
  anyOf: [schemaOfFields(imageFields), { type: ['string', 'null'] }],
});

/** Keys that an article and a related link have alike. */
const sharedFields = {
  excerpt: { aliases: aliases.excerpt, description: 'A summary.', schema: textSchema, read: readExcerpt },
  type: { description: 'The kind of piece; `article` when not given.', schema: textSchema, read: readName },
  publishedDateTime: {
    aliases: aliases.publishedDateTime,
    description: 'When it appeared, in ISO 8601; UTC when no zone is given.',
    schema: dateTimeSchema,
    read: readDateTime,
  },
  webUrl: {
    aliases: aliases.webUrl,
    hints: ['link', 'permalink'],
    description: 'Where it stands.',
    schema: urlSchema,
    read: readUrl,
  },
  quality: { description: 'Editorial score, 0 to 100.', schema: integerSchema(0, 100), read: readScore },
  provider: {
    hints: ['publisher', 'source', 'sitename'],
    description: 'Who published it: a name, a domain, or both.',
    schema: providerSchema,
    read: readProvider,
  },
  images: {
    aliases: aliases.images,
    description: 'Pictures, in order.',
    schema: imagesSchema,
    read: readImages,
  },
};

/** The keys of a related link. */
const relatedFields = defineFields({
  title: {
    hints: ['headline', 'name'],
    description: 'The headline of the other piece.',
    schema: textSchema,
    read: readTitle,
  },
  ...sharedFields,
  webUrl: {
    ...sharedFields.webUrl,
    description: 'Where it stands: a URL, or a path within the site.',
    schema: textSchema,
    read: readLinkUrl,
  },
});

/** A related link before it has its id. */
export type RelatedDraft = FieldValues<typeof relatedFields.fields>;

const nothing: RelatedDraft = {
  title: null,
  excerpt: null,
  type: null,
  publishedDateTime: null,
  webUrl: null,
  quality: null,
  provider: null,
  images: null,
};

const readRelated: Reader<RelatedDraft> = (value, place) => {
  if (typeof value === 'string' || value instanceof YamlBoolean) {
    const webUrl = readLinkUrl(value, place);
    return webUrl === null ? null : { ...nothing, webUrl };
  }
  const draft = readMapping(relatedFields, value, place);
  if (draft === null || draft.title !== null || draft.webUrl !== null) return draft;
  report(place, 'LINK_WITHOUT_TARGET', null);
  return null;
};

/** The keys of an article file: what the validator reads and what the JSON Schema for editors is made of. */
export const articleFields = defineFields(
  {
    title: { hints: ['headline', 'name'], description: 'The headline.', schema: textSchema, read: readTitle },
    slug: {
      description: 'The name in addresses; the path without its extension when not given.',
      schema: textSchema,
      read: readSlug,
    },
    category: {
      aliases: ['section', 'categories'],
      description:
        'A section, such as `news`, or several in order; the first is the main one. Those of `category`, `section` and `categories` are all read.',
      schema: listOf({ anyOf: [textSchema, { type: 'array' }] }),
      read: readCategories,
      merge: mergeCategories,
    },
    ...sharedFields,
    originalUrl: { description: 'Where it first stood.', schema: urlSchema, read: readUrl },
    heat: {
      description: 'Attention score; -1 is not measured.',
      schema: integerSchema(-1),
      read: readInteger(-1),
    },
    expiryDate: {
      aliases: ['expires', 'expireDate', 'unpublishDate', 'expiration_date', 'unpublish_on'],
      description: 'When it is hidden again; of several the earliest.',
      schema: dateTimeSchema,
      read: readDateTime,
      merge: earliest,
    },
    embargo: {
      aliases: ['publish_on'],
      description: 'Until when it is hidden; the later of this and `publishedDateTime` is when it appears.',
      schema: dateTimeSchema,
      read: readDateTime,
    },
    updatedAt: {
      aliases: aliases.updatedAt,
      description: 'When it was last changed, as `publishedDateTime`.',
      schema: dateTimeSchema,
      read: readDateTime,
    },
    permalink: {
      aliases: ['path'],
      description:
        'Where it stands within the site, such as `/notes/first-frost/`; a relative `url` is the same.',
      schema: textSchema,
      read: readSitePath,
    },
    aliases: {
      aliases: ['redirect_from'],
      description: 'Further paths within the site under which it is found.',
      schema: listOf(textSchema),
      read: readList(readSitePath),
    },
    translationKey: {
      description: 'Articles with the same in other languages are its translations.',
      schema: textSchema,
      read: readName,
    },
    locale: {
      aliases: ['lang', 'language'],
      description: 'The language it is written in, as a tag of BCP 47 such as `pt-BR`.',
      schema: textSchema,
      read: readLocale,
    },
    topics: {
      aliases: aliases.topics,
      hints: ['keyword', 'topic'],
      description: 'Tags, in order; a single text is one tag, or several with commas between.',
      schema: listOf(textSchema),
      read: readTopics,
    },
    related: {
      hints: ['relatedlinks', 'relatedarticles', 'links'],
      description: 'Links to other pieces, in order.',
      schema: listOf({ anyOf: [schemaOfFields(relatedFields), textSchema] }),
      read: readList(readRelated, MAX_RELATED),
    },
    secured: {
      description:
        'The body for entitled readers, as `npm run secure` makes it, or `<base64 AES-CBC ciphertext>;<base64 IV>`.',
      schema: {
        type: ['string', 'null'],
        pattern: '^\\s*(v2:[A-Za-z0-9+/=\\s]+|[A-Za-z0-9+/=\\s]+;[A-Za-z0-9+/=\\s]+)$',
      },
      read: readSecured,
    },
  },
  [...FLAG_KEYS.keys(), ...STATUS_KEYS],
);
