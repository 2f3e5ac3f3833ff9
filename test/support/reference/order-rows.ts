import { isScalarKey, type OwnModel, type ScalarKey } from '../../../src/model/own-model.ts';
import { orderName } from '../../../src/model/own-names.ts';
import { foldText } from '../../../src/text/keys/fold-text.ts';
import {
  type ArticleRow,
  compareUtf8,
  type Kind,
  type ProviderRow,
  type Row,
  type TopicRow,
} from './world.ts';

export interface OrderTerm {
  field: string;
  direction: 'ASC' | 'DESC';
}

type Value = string | number | null;

/** The owner's keys by the names that they have in orders. */
export type OwnOrders = ReadonlyMap<string, ScalarKey>;

export function ownOrders({ fields }: OwnModel): OwnOrders {
  const sorted = fields.filter(isScalarKey).filter(({ isOrder }) => isOrder);
  return new Map(sorted.map((field) => [orderName(field.name), field]));
}

/** A row's place in an order: the values that it is sorted by, its id last. */
export type Place = readonly Value[];

/** How rows of one type are sorted: by the terms, missing values last either way, then by id in the last term's direction. */
export class Order {
  readonly #terms: readonly OrderTerm[];
  readonly #signature: string;
  readonly #preview: boolean;
  readonly #own: OwnOrders;

  /** @param own the fields of orders of articles that the owner's keys add */
  constructor(
    kind: Kind,
    asked: readonly OrderTerm[] | null | undefined,
    preview: boolean,
    own: OwnOrders = new Map(),
  ) {
    this.#own = kind === 'Article' ? own : new Map();
    this.#terms = asked?.length ? asked : [defaultTerm(kind)];
    this.#preview = preview;
    const named = this.#terms.map(({ field, direction }) => `${field} ${direction}`);
    this.#signature = [kind, ...named, ...(preview ? ['preview'] : [])].join(',');
  }

  placeOf(row: Row): Place {
    return [...this.#terms.map(({ field }) => readValue(row, field, this.#preview, this.#own)), row.id];
  }

  compare(a: Place, b: Place): number {
    for (const [index, { direction }] of this.#terms.entries()) {
      const [left, right] = [a[index] ?? null, b[index] ?? null];
      if (left === right) continue;
      if (left === null) return 1;
      if (right === null) return -1;
      return compareValues(left, right) * (direction === 'ASC' ? 1 : -1);
    }
    return (
      compareValues(a.at(-1) ?? '', b.at(-1) ?? '') * (this.#terms.at(-1)?.direction === 'DESC' ? -1 : 1)
    );
  }

  /** The cursor of a row, as src/engine/page/cursor.ts describes it. */
  cursorOf(row: Row): string {
    const place = this.placeOf(row);
    const keys = this.#terms.map(
      ({ field, direction }, index) => place[index] ?? absent(field, direction, this.#own),
    );
    return Buffer.from(JSON.stringify([this.#signature, ...keys, row.id])).toString('base64url');
  }

  readCursor(cursor: string): Place {
    const [signature, ...keys] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (signature !== this.#signature)
      throw new Error(`A cursor of ${signature} where ${this.#signature} belongs.`);
    return keys.map((key: Value, index: number) => {
      const term = this.#terms[index];
      return term && key === absent(term.field, term.direction, this.#own) ? null : key;
    });
  }
}

function defaultTerm(kind: Kind): OrderTerm {
  return kind === 'Article'
    ? { field: 'PUBLISHED_AT', direction: 'DESC' }
    : { field: 'NAME', direction: 'ASC' };
}

function readValue(row: Row, field: string, preview: boolean, own: OwnOrders): Value {
  const key = own.get(field);
  if (key) return readOwn(row as ArticleRow, key);
  switch (field) {
    case 'PUBLISHED_AT':
      return (row as ArticleRow).record.publishedAt;
    case 'UPDATED_AT':
      return (row as ArticleRow).record.updatedAt;
    case 'QUALITY':
      return (row as ArticleRow).record.quality;
    case 'HEAT':
      return (row as ArticleRow).record.heat;
    case 'TITLE':
      return foldText((row as ArticleRow).record.title);
    case 'NAME':
      return foldText((row as ProviderRow | TopicRow).name);
    case 'ARTICLE_COUNT':
      if ('openArticles' in row && !preview) return row.openArticles.length;
      return (row as ProviderRow | TopicRow).articles.filter(({ isPublic }) => preview || isPublic).length;
    default:
      throw new Error(`The reference knows no order ${field}.`);
  }
}

/** Texts as they are compared, an enum's values by their places in the model. */
function readOwn({ record }: ArticleRow, { name, kind, values }: ScalarKey): Value {
  const value = record.own.scalars.get(name) ?? null;
  if (typeof value === 'boolean') throw new Error('Nothing is sorted by booleans.');
  if (kind === 'enum' && value !== null) return values.map((one) => one.name).indexOf(String(value));
  if (kind !== 'text' || value === null) return value;
  const text = foldText(String(value));
  // What begins as the mark of what is missing stands right before it.
  return text.startsWith('\u{10ffff}') ? `\u{10fffe}${text}` : text;
}

/** The same of an own key (MISSING_LAST of src/model/own-layout.ts); undefined where a default stands for what is missing. */
function absentOwn(
  { kind, default: otherwise }: ScalarKey,
  direction: OrderTerm['direction'],
): Value | undefined {
  if (otherwise !== null) return undefined;
  const isUp = direction === 'ASC';
  if (kind === 'int' || kind === 'enum') return isUp ? 2_147_483_648 : -2_147_483_649;
  if (kind === 'float') return isUp ? 1.5e300 : -1.5e300;
  return isUp ? '\u{10ffff}' : '';
}

/** What stands for a missing value in a cursor (the order keys of prisma/schema.prisma); undefined where none can be missing. */
function absent(field: string, direction: OrderTerm['direction'], own: OwnOrders): Value | undefined {
  const key = own.get(field);
  if (key) return absentOwn(key, direction);
  if (field === 'PUBLISHED_AT' || field === 'UPDATED_AT')
    return direction === 'ASC' ? '9999-12-31T23:59:59.999Z~' : '';
  if (field === 'QUALITY' || field === 'HEAT') return direction === 'ASC' ? 2_147_483_648 : -1;
  return undefined;
}

function compareValues(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : compareUtf8(String(a), String(b));
}
