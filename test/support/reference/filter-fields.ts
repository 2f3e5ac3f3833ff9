import type { ArticleRow, ImageRow, Kind, LinkRow, ProviderRow, Row, TopicRow } from './world.ts';

/** What a field of a filter asks about: a value of the row, or the rows that a relation reaches. */
export type FilterField<R> =
  | { text: (row: R) => string | null }
  /** Compared letter by letter. */
  | { exact: (row: R) => string | null }
  | { reasons: (row: R) => readonly string[] }
  | { value: (row: R) => number | boolean | null }
  /** ISO 8601. */
  | { moment: (row: R) => string | null }
  | { one: (row: R) => Row | null }
  | { many: (row: R) => readonly Row[] };

type FieldsOf<R> = Record<string, FilterField<R>>;

const article: FieldsOf<ArticleRow> = {
  slug: { exact: ({ record }) => record.slug },
  title: { text: ({ record }) => record.title },
  excerpt: { text: ({ record }) => record.excerpt },
  category: { text: ({ record }) => record.category },
  type: { text: ({ record }) => record.type },
  publishedAt: { moment: ({ record }) => record.publishedAt },
  updatedAt: { moment: ({ record }) => record.updatedAt },
  locale: { text: ({ record }) => record.locale },
  quality: { value: ({ record }) => record.quality },
  heat: { value: ({ record }) => record.heat },
  published: { value: ({ record }) => record.published },
  hiddenBecause: { reasons: ({ record }) => record.hiddenBecause },
  isSecured: { value: ({ record }) => record.secured !== null },
  provider: { one: ({ provider }) => provider },
  topics: { many: ({ topics }) => topics },
  categories: { many: ({ categories }) => categories },
  images: { many: ({ images }) => images },
  related: { many: ({ related }) => related },
  referencedBy: { many: ({ referencedBy }) => referencedBy },
};

const provider: FieldsOf<ProviderRow> = {
  name: { text: ({ name }) => name },
  domain: { text: ({ domain }) => domain },
  articles: { many: ({ articles }) => articles },
};

const topic: FieldsOf<TopicRow> = {
  name: { text: ({ name }) => name },
  slug: { text: ({ slug }) => slug },
  articles: { many: ({ articles }) => articles },
};

const image: FieldsOf<ImageRow> = {
  url: { text: ({ record }) => record.url },
  width: { value: ({ record }) => record.width },
  height: { value: ({ record }) => record.height },
  isCached: { value: ({ record }) => record.isCached },
};

const link: FieldsOf<LinkRow> = {
  title: { text: ({ record }) => record.title },
  excerpt: { text: ({ record }) => record.excerpt },
  type: { text: ({ record }) => record.type },
  publishedAt: { moment: ({ record }) => record.publishedAt },
  quality: { value: ({ record }) => record.quality },
  provider: { one: (row) => row.provider },
  article: { one: (row) => row.article },
  source: { one: ({ source }) => source },
  images: { many: ({ images }) => images },
};

// Each table is asked with rows of its own kind only.
const tables = {
  Article: article,
  Provider: provider,
  Topic: topic,
  Category: topic,
  Image: image,
  RelatedLink: link,
} as unknown as Record<Kind, FieldsOf<Row>>;

/** A field of the filter of a type; undefined when the reference does not know it. */
export function filterField(kind: Kind, name: string): FilterField<Row> | undefined {
  const fields = Object.hasOwn(tables, kind) ? tables[kind] : undefined;
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}
