import type { ArticleRecord } from '../../content/article/article.ts';
import { type Cell, foldedCell, partColumns, plainCell, scalarCells } from '../../model/own-layout.ts';
import {
  isObjectKey,
  isReferenceKey,
  isScalarKey,
  isTermKey,
  type ObjectKey,
  type OwnModel,
  type ScalarKind,
  termKinds,
} from '../../model/own-model.ts';
import type { OwnReference, OwnScalar, OwnTerm } from '../../model/own-values.ts';
import { AFTER_ALL_TIMES } from '../../text/order-keys.ts';

/** What an article says under the owner's keys, as rows. */
export interface OwnRows {
  /** JSON of the cells of its row of Article, without brackets. */
  cells: string;
  /** By table, in the order of the model: rows as JSON, separated by commas. */
  parts: string[];
  /** By kind: rows of id and slug. */
  mentions: string[][];
  /** By kind: ids of what it names, and of what everybody may see that it does. */
  kinds: string[][];
  publicKinds: string[][];
  /** What a digest is made of, a line a key that has a value: those for everybody, and those for preview readers alone. */
  lines: { public: string[]; private: string[] };
}

/** Makes the rows of the owner's keys. */
export function encodeOwn(record: ArticleRecord, { fields, ...rest }: OwnModel): OwnRows {
  const { own } = record;
  const kindOf = new Map([...termKinds({ fields, ...rest }).keys()].map((kind, index) => [kind, index]));
  const perKind = () => Array.from(kindOf, (): string[] => []);
  const rows = { mentions: perKind(), kinds: perKind(), publicKinds: perKind() };
  const lines: OwnRows['lines'] = { public: [], private: [] };
  const cells: string[] = [];
  const parts: string[] = [];
  for (const field of fields) {
    const shows = Number(record.published && field.isPublic);
    const note = (text: string) =>
      lines[field.isPublic ? 'public' : 'private'].push(`own ${field.name} ${text}`);
    if (isScalarKey(field)) {
      const value = own.scalars.get(field.name) ?? null;
      const text = joinCells(scalarCells(field, value));
      cells.push(text);
      if (value !== null) note(joinCells([plainCell(value)]));
      continue;
    }
    let part = '';
    if (isTermKey(field)) {
      const terms = own.terms.get(field.name) ?? [];
      part = joinCells(termRows(record, terms, shows));
      const kind = kindOf.get(field.of) ?? 0;
      for (const { id, slug } of terms) {
        rows.mentions[kind]?.push(JSON.stringify([id, slug]));
        rows.kinds[kind]?.push(id);
        if (shows === 1) rows.publicKinds[kind]?.push(id);
      }
    } else if (isReferenceKey(field)) {
      part = joinCells(referenceRows(record, own.references.get(field.name) ?? [], shows));
    } else if (isObjectKey(field)) {
      part = joinCells(objectRows(record, field, own.parts.get(field.name) ?? [], shows));
    }
    parts.push(part);
    if (part !== '') note(part);
  }
  // The order of the keys in the model says nothing of an article.
  lines.public.sort();
  lines.private.sort();
  return { cells: cells.join(','), parts, ...rows, lines };
}

/** An array's JSON without its brackets. */
function joinCells(cells: readonly unknown[]): string {
  return JSON.stringify(cells).slice(1, -1);
}

function termRows({ id, publishedAt }: ArticleRecord, terms: readonly OwnTerm[], shows: number): Cell[][] {
  return terms.map((term, position) => [
    ...[id, position, shows, term.id, term.name],
    ...[publishedAt ?? AFTER_ALL_TIMES, publishedAt ?? ''],
  ]);
}

function referenceRows({ id }: ArticleRecord, references: readonly OwnReference[], shows: number): Cell[][] {
  return references.map(({ text, urlKey, pathKey, slug, placeKey }, position) => [
    ...[id, position, shows, text, urlKey, pathKey, slug, placeKey],
  ]);
}

function objectRows(
  { id }: ArticleRecord,
  { fields }: ObjectKey,
  parts: readonly ReadonlyMap<string, OwnScalar>[],
  shows: number,
): Cell[][] {
  return parts.map((part, position) => [
    ...[id, position, shows],
    ...fields.flatMap((field) => partCells(field, part.get(field.name) ?? null)),
  ]);
}

function partCells(
  field: { name: string; kind: ScalarKind } & ObjectKey['fields'][number],
  value: OwnScalar,
): Cell[] {
  const plain = plainCell(value);
  return partColumns(field).folded === null ? [plain] : [plain, foldedCell(plain, false)];
}
