import { foldText } from '../../../src/text/keys/fold-text.ts';
import { filterField } from './filter-fields.ts';
import type { OwnFilters } from './own-filters.ts';
import type { Row } from './world.ts';

export type Input = Readonly<Record<string, unknown>>;

/** Evaluates filters on rows, seeing only the rows that `sees` lets through. Answers are kept by filter and row. */
export class FilterEvaluator {
  readonly #sees: (row: Row) => boolean;
  readonly #own: OwnFilters;
  readonly #known = new Map<string, boolean>();

  /** @param own the filter fields of the owner's keys, by type */
  constructor(sees: (row: Row) => boolean, own: OwnFilters = new Map()) {
    this.#sees = sees;
    this.#own = own;
  }

  /** Whether a row meets all conditions of a filter. Anything missing meets nothing but `ne`, `notIn` and `isNull: true`. */
  meets(row: Row, filter: Input): boolean {
    const key = `${row.id} ${JSON.stringify(filter)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const answer = Object.entries(filter).every(([name, value]) => this.#holds(row, name, value));
    if (this.#known.size > 500_000) this.#known.clear();
    this.#known.set(key, answer);
    return answer;
  }

  #holds(row: Row, name: string, value: unknown): boolean {
    if (value === undefined) return true;
    if (name === 'and') return (value as Input[]).every((filter) => this.meets(row, filter));
    if (name === 'or') return (value as Input[]).some((filter) => this.meets(row, filter));
    if (name === 'not') return !this.meets(row, value as Input);
    const field = this.#own.get(row.kind)?.get(name) ?? filterField(row.kind, name);
    if (!field) throw new Error(`The reference knows no filter ${row.kind}.${name}.`);
    const conditions = value as Input;
    if ('text' in field) return holdsForText(field.text(row), conditions, foldText, foldPart);
    if ('exact' in field) return holdsForText(field.exact(row), conditions, String, String);
    if ('reasons' in field) return holdsForReasons(field.reasons(row), conditions);
    if ('value' in field) return holdsForValue(field.value(row), conditions, Number);
    if ('moment' in field)
      return holdsForValue(field.moment(row), conditions, (moment) => Date.parse(String(moment)));
    if ('one' in field) {
      const other = field.one(row);
      return other !== null && this.#sees(other) && this.meets(other, conditions);
    }
    return this.#holdsForMany(field.many(row).filter(this.#sees), conditions);
  }

  #holdsForMany(rows: readonly Row[], { some, every, none, count }: Input): boolean {
    if (some !== undefined && !rows.some((row) => this.meets(row, some as Input))) return false;
    if (every !== undefined && !rows.every((row) => this.meets(row, every as Input))) return false;
    if (none !== undefined && rows.some((row) => this.meets(row, none as Input))) return false;
    return count === undefined || holdsForValue(rows.length, count as Input, Number);
  }
}

function holdsForReasons(reasons: readonly string[], { has, isEmpty }: Input): boolean {
  if (has !== undefined && !reasons.includes(String(has))) return false;
  return isEmpty === undefined || (reasons.length === 0) === isEmpty;
}

function holdsForText(
  text: string | null,
  conditions: Input,
  fold: (text: string) => string,
  foldOfPart: (text: string) => string,
): boolean {
  const folded = text === null ? null : fold(text);
  return Object.entries(conditions).every(([operator, operand]) => {
    if (operand === undefined) return true;
    if (operator === 'isNull') return (folded === null) === operand;
    const is = (other: unknown) => folded !== null && folded === fold(String(other));
    const part = foldOfPart(String(operand));
    switch (operator) {
      case 'eq':
        return is(operand);
      case 'ne':
        return !is(operand);
      case 'in':
        return (operand as unknown[]).some(is);
      case 'notIn':
        return !(operand as unknown[]).some(is);
      case 'contains':
        return folded?.includes(part) ?? false;
      case 'startsWith':
        return folded?.startsWith(part) ?? false;
      case 'endsWith':
        return folded?.endsWith(part) ?? false;
      default:
        throw new Error(`The reference knows no operator ${operator}.`);
    }
  });
}

/** What is compared keeps the white space at its ends: it may stand inside the whole. */
function foldPart(part: string): string {
  const marked = foldText(`|${part}|`);
  return marked.slice(1, -1);
}

function holdsForValue(
  stored: number | boolean | string | null,
  conditions: Input,
  comparable: (value: unknown) => number,
): boolean {
  const value = stored === null ? null : comparable(stored);
  const than = (test: (value: number) => boolean) => value !== null && test(value);
  return Object.entries(conditions).every(([operator, operand]) => {
    if (operand === undefined) return true;
    if (operator === 'isNull') return (value === null) === operand;
    const list = () => (operand as unknown[]).map(comparable);
    const other = comparable(operand);
    switch (operator) {
      case 'eq':
        return value === other;
      case 'ne':
        return value !== other;
      case 'in':
        return than((number) => list().includes(number));
      case 'notIn':
        return !than((number) => list().includes(number));
      case 'lt':
        return than((number) => number < other);
      case 'lte':
        return than((number) => number <= other);
      case 'gt':
        return than((number) => number > other);
      case 'gte':
        return than((number) => number >= other);
      default:
        throw new Error(`The reference knows no operator ${operator}.`);
    }
  });
}
