import {
  isObjectKey,
  isReferenceKey,
  type OwnModel,
  type TermKey,
  termKinds,
} from '../../../src/model/own-model.ts';
import { objectTypeName, reverseName } from '../../../src/model/own-names.ts';
import type { OwnPart, OwnReference } from '../../../src/model/own-values.ts';
import { pathKey } from '../../../src/text/keys/path-key.ts';
import { type ArticleRow, type Common, compareUtf8, summarise, type Use } from './world.ts';

/** A thing that articles name under keys of the owner's. */
export interface ThingRow extends Common<string> {
  name: string;
  slug: string;
  /** The articles that name it, hidden ones too, by the field that leads to them. */
  back: Map<string, ArticleRow[]>;
  /** Those of all its keys, each once. */
  articles: ArticleRow[];
  /** Those that everybody may know to name it. */
  openArticles: ArticleRow[];
}

/** An object of an article's. */
export interface ObjectRow extends Common<string> {
  values: OwnPart;
}

/** Gives the articles what they name under the owner's keys, both ways. Answers the things of all kinds. */
export function linkOwnKeys(model: OwnModel, articles: readonly ArticleRow[]): ThingRow[] {
  for (const field of model.fields) {
    const back = reverseName(field.name);
    for (const article of articles) {
      if (isObjectKey(field))
        article.own.set(field.name, objectsOf(article, field.name, objectTypeName(field)));
      if (!isReferenceKey(field)) continue;
      const targets = (article.record.own.references.get(field.name) ?? []).flatMap(
        (reference) => meetReference(reference, article, articles) ?? [],
      );
      article.own.set(field.name, targets);
      for (const target of new Set(targets))
        target.back.set(back, [...(target.back.get(back) ?? []), article]);
    }
  }
  return [...termKinds(model)].flatMap(([kind, keys]) => collectThings(kind, keys, articles));
}

function objectsOf({ id, isPublic, record }: ArticleRow, field: string, kind: string): ObjectRow[] {
  const parts = record.own.parts.get(field) ?? [];
  return parts.map((values, index) => ({ kind, id: `${id} ${field} ${index}`, isPublic, values }));
}

/**
 * The other article that is meant: of several a published one, then one at the address or path, then one with the slug, then one whose
 * file stands there; of these one in the language of the reference's own, then by language, then one that stands at the path, then
 * the one with the smallest id.
 */
function meetReference(
  reference: OwnReference,
  source: ArticleRow,
  articles: readonly ArticleRow[],
): ArticleRow | null {
  const { urlKey, pathKey: path, slug, placeKey } = reference;
  const isAt = ({ record }: ArticleRow) => path !== null && pathKey(record.path) === path;
  const wayOf = (row: ArticleRow) => {
    const { record } = row;
    const isByUrl = urlKey !== null && [record.webUrlKey, record.originalUrlKey].includes(urlKey);
    const isByAlias = path !== null && record.aliases.some((alias) => pathKey(alias) === path);
    if (isByUrl || isByAlias || isAt(row)) return 0;
    if (slug !== null && record.slug === slug) return 1;
    return placeKey !== null && record.placeKey === placeKey ? 2 : null;
  };
  const met = articles.flatMap((row) => {
    const way = row.id === source.id ? null : wayOf(row);
    return way === null ? [] : [{ row, way }];
  });
  const { locale } = source.record;
  met.sort(
    (a, b) =>
      Number(b.row.isPublic) - Number(a.row.isPublic) ||
      a.way - b.way ||
      Number(b.row.record.locale === locale) - Number(a.row.record.locale === locale) ||
      compareUtf8(a.row.record.localeKey, b.row.record.localeKey) ||
      (a.way === 0 ? Number(isAt(b.row)) - Number(isAt(a.row)) : 0) ||
      compareUtf8(a.row.id, b.row.id),
  );
  return met[0]?.row ?? null;
}

/** The name of the field that leads from a thing to the articles of one of its kind's keys. */
export function thingField(key: TermKey, keys: readonly TermKey[]): string {
  const plain = keys.find(({ isPublic }) => isPublic) ?? keys[0];
  return key === plain ? 'articles' : reverseName(key.name);
}

interface Named {
  row: ThingRow;
  uses: Use[];
}

/** What a private key names is known to others by what public keys say alone. */
function collectThings(kind: string, keys: readonly TermKey[], articles: readonly ArticleRow[]): ThingRow[] {
  const found = new Map<string, Named>();
  for (const key of keys) {
    const field = thingField(key, keys);
    for (const article of articles) {
      const things = (article.record.own.terms.get(key.name) ?? []).map(({ id, name, slug }) => {
        const entry: Named = found.get(id) ?? {
          row: { kind, id, isPublic: false, name, slug, back: new Map(), articles: [], openArticles: [] },
          uses: [],
        };
        found.set(id, entry);
        const { row, uses } = entry;
        const isPublic = article.isPublic && key.isPublic;
        uses.push({ name, isPublic });
        row.back.set(field, [...(row.back.get(field) ?? []), article]);
        if (!row.articles.includes(article)) row.articles.push(article);
        if (isPublic && !row.openArticles.includes(article)) row.openArticles.push(article);
        return row;
      });
      article.own.set(key.name, things);
    }
  }
  return [...found.values()].map(({ row, uses }) => summarise(row, uses));
}
