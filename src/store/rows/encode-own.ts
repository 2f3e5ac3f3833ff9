import type { ArticleRecord } from '../../content/article/article.ts';
import { type Cell, foldedCell, plainCell, scalarCells } from '../../model/own-layout.ts';
import {
  isReferenceKey,
  isScalarKey,
  isTermKey,
  type ObjectKey,
  type OwnField,
  type OwnModel,
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

/** The rows of one article while they are made. */
interface Draft {
  /** Of its row of Article. */
  readonly cells: Cell[];
  readonly rows: Omit<OwnRows, 'cells' | 'lines'>;
  /** By key, in the order of the model: what a digest is made of; undefined of a key without a value. */
  readonly texts: (string | undefined)[];
}

type KeyEncoder = (record: ArticleRecord, draft: Draft) => void;

/** A model made ready for encoding many articles. */
interface Encoder {
  readonly kinds: number;
  readonly keys: readonly KeyEncoder[];
  /** What begins the line of each key, by name: the order of the keys in the model says nothing of an article. */
  readonly lines: readonly { index: number; start: string; isPublic: boolean }[];
}

const encoders = new WeakMap<OwnModel, Encoder>();

/** Makes the rows of the owner's keys. */
export function encodeOwn(record: ArticleRecord, model: OwnModel): OwnRows {
  const known = encoders.get(model);
  const encoder = known ?? prepareEncoder(model);
  if (known === undefined) encoders.set(model, encoder);
  const { kinds, keys } = encoder;
  const perKind = () => Array.from({ length: kinds }, (): string[] => []);
  const rows = { parts: [], mentions: perKind(), kinds: perKind(), publicKinds: perKind() };
  const draft: Draft = { cells: [], rows, texts: [] };
  for (const encode of keys) encode(record, draft);
  const lines: OwnRows['lines'] = { public: [], private: [] };
  for (const { index, start, isPublic } of encoder.lines) {
    const text = draft.texts[index];
    if (text !== undefined) lines[isPublic ? 'public' : 'private'].push(start + text);
  }
  return { cells: joinCells(draft.cells), ...rows, lines };
}

function prepareEncoder(model: OwnModel): Encoder {
  const kinds = [...termKinds(model).keys()];
  const lines = model.fields.map(({ name, isPublic }, index) => ({
    index,
    name,
    start: `own ${name} `,
    isPublic,
  }));
  return {
    kinds: kinds.length,
    keys: model.fields.map((field) => encoderOf(field, kinds)),
    lines: lines.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}

function encoderOf(field: OwnField, kinds: readonly string[]): KeyEncoder {
  const { name, isPublic } = field;
  if (isScalarKey(field)) {
    const missing = scalarCells(field, null);
    return ({ own }, { cells, texts }) => {
      const value = own.scalars.get(name) ?? null;
      cells.push(...(value === null ? missing : scalarCells(field, value)));
      texts.push(value === null ? undefined : JSON.stringify(plainCell(value)));
    };
  }
  if (isTermKey(field)) {
    const kind = kinds.indexOf(field.of);
    return (record, { rows, texts }) => {
      const terms = record.own.terms.get(name) ?? [];
      const shows = record.published && isPublic;
      for (const { id, slug } of terms) {
        rows.mentions[kind]?.push(JSON.stringify([id, slug]));
        rows.kinds[kind]?.push(id);
        if (shows) rows.publicKinds[kind]?.push(id);
      }
      putPart(termRows(record, terms, Number(shows)), rows.parts, texts);
    };
  }
  const rowsOf = isReferenceKey(field)
    ? (record: ArticleRecord, shows: number) =>
        referenceRows(record, record.own.references.get(name) ?? [], shows)
    : (record: ArticleRecord, shows: number) =>
        objectRows(record, field, record.own.parts.get(name) ?? [], shows);
  return (record, { rows, texts }) =>
    putPart(rowsOf(record, Number(record.published && isPublic)), rows.parts, texts);
}

function putPart(cells: readonly Cell[][], parts: string[], texts: Draft['texts']): void {
  const part = cells.length === 0 ? '' : joinCells(cells);
  parts.push(part);
  texts.push(part === '' ? undefined : part);
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
  return parts.map((part, position) => {
    const row: Cell[] = [id, position, shows];
    for (const { name, kind } of fields) {
      const plain = plainCell(part.get(name) ?? null);
      row.push(plain);
      // As of partColumns.
      if (kind === 'text') row.push(foldedCell(plain, false));
    }
    return row;
  });
}
