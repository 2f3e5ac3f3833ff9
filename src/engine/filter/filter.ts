import type { ValueType } from '../dialect/dialect.ts';
import { badInput, codedError, forbidden } from '../mapping/errors.ts';
import type { FilterField, TableMapping } from '../mapping/mapping.ts';
import { type ArgumentValues, checkTexts, type FieldArguments, type PlanBuilder } from '../plan/plan.ts';
import { nestCondition } from '../sql/nesting.ts';
import { RowScope } from '../sql/rows.ts';
import { countOf, joinedSource } from '../sql/source.ts';
import { constantOf } from '../sql/visibility.ts';
import { type Fold, foldOf, storedForm } from './filter-values.ts';
import { reach } from './reach.ts';
import { RelationScanner, type RelationScans } from './relation-scans.ts';

type Scalar = Extract<FilterField, { kind: 'scalar' }>;
type Input = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** How deep filters may stand in one another. */
export const MAX_FILTER_DEPTH = 5;
/** How many conditions one filter may have: each operator, each relation and each filter inside counts. */
export const MAX_FILTER_CONDITIONS = 100;

const QUANTIFIERS = ['some', 'every', 'none'] as const;

/** A condition, and how well an index finds the rows that meet it. */
interface Condition {
  sql: string;
  finds: keyof typeof RANKS | null;
}

/** What is compared with what all rows in a range have alike; then by how few rows are found. */
const RANKS = { constant: 0, value: 1, few: 2, group: 3, list: 4 } as const;

/** A filter as a condition: '' when nothing is asked. */
export interface CompiledFilter {
  sql: string;
  /** Whether an index finds the few rows that can meet it. */
  findsFew: boolean;
}

/**
 * Compiles the argument `filter` of a field to a condition on the rows of `alias`.
 * Every condition is true or false, never unknown, so that `not` is the exact complement.
 * @throws FILTER_TOO_DEEP, BAD_USER_INPUT for null where a value belongs, or FORBIDDEN for what is for preview readers
 */
export function compileFilter(
  builder: PlanBuilder,
  args: FieldArguments,
  table: TableMapping,
  alias: string,
  argument: string,
): CompiledFilter & { relations: RelationScans } {
  const filter = args.values.filter as Input | null | undefined;
  args.fix(({ filter: value }) => shapeOf(value));
  if (!filter) return { sql: '', findsFew: false, relations: { each: 0, once: [] } };
  const compiler = new FilterCompiler(builder, args, argument);
  const compiled = compiler.where(table, rowOf(table, alias), filter, ['filter'], 1);
  return { ...compiled, relations: compiler.relations };
}

/** The parts of a filter that decide its SQL: everything but the values to compare with. */
function shapeOf(value: unknown): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (value instanceof Date) return 'date';
  if (Array.isArray(value))
    return value.some(isPlainObject) ? value.map(shapeOf) : value.includes(null) ? 'list with null' : 'list';
  if (isPlainObject(value)) return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]);
  return typeof value;
}

function isPlainObject(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function rowOf(table: TableMapping, alias: string): RowScope {
  return new RowScope({ table, alias, rows: 0, keys: () => '' });
}

class FilterCompiler {
  readonly #builder: PlanBuilder;
  readonly #args: FieldArguments;
  readonly #argument: string;
  #conditions = 0;
  readonly relations = new RelationScanner();

  constructor(builder: PlanBuilder, args: FieldArguments, argument: string) {
    this.#builder = builder;
    this.#args = args;
    this.#argument = argument;
  }

  /**
   * All conditions of one filter object as a WHERE has them: one that an index may find rows by, and the others as one.
   * SQLite reckons with fewer rows for each condition; for a hundred with none, and then any plan of what stands inside
   * is as good to it as any other, be it through rows that the reader does not see.
   */
  where(table: TableMapping, row: RowScope, filter: Input, path: Path, depth: number): CompiledFilter {
    const conditions = this.#conditionsOf(table, row, filter, path, depth);
    const ranked = conditions
      .filter(({ finds }) => finds !== null)
      .sort((a, b) => RANKS[a.finds ?? 'list'] - RANKS[b.finds ?? 'list']);
    const constants = ranked.filter(({ finds }) => finds === 'constant');
    const best = ranked[constants.length];
    const outside = new Set(best ? [...constants, best] : constants);
    const rest = conditions.filter((condition) => !outside.has(condition)).map(({ sql }) => sql);
    const inside = rest.length > 1 ? [this.#builder.dialect.opaque(conjunction(rest))] : rest;
    const sql = conjunction([...[...outside].map((condition) => condition.sql), ...inside]);
    return { sql, findsFew: best?.finds === 'value' };
  }

  /** All conditions of one filter object, joined by AND. */
  #all(table: TableMapping, row: RowScope, filter: Input, path: Path, depth: number): string {
    return conjunction(this.#conditionsOf(table, row, filter, path, depth).map(({ sql }) => sql));
  }

  #conditionsOf(table: TableMapping, row: RowScope, filter: Input, path: Path, depth: number): Condition[] {
    if (depth > MAX_FILTER_DEPTH) {
      const message = `${this.#argument} nests deeper than ${MAX_FILTER_DEPTH} levels.`;
      const limit = { name: 'filter depth', max: MAX_FILTER_DEPTH, found: null };
      throw codedError('FILTER_TOO_DEEP', message, { argument: this.#argument, limit });
    }
    this.#admit(path);
    const conditions = Object.entries(filter).flatMap(([name, value]): Condition[] => {
      const here = [...path, name];
      if (value === undefined) return [];
      if (value === null)
        throw this.#bad(here, 'is null. Leave it out, or use isNull to ask for missing values');
      if (name === 'and') {
        const filters = value as readonly Input[];
        return filters.flatMap((one, i) => this.#conditionsOf(table, row, one, [...here, i], depth + 1));
      }
      if (name === 'or') return [unfound(this.#anyOf(table, row, value as readonly Input[], here, depth))];
      if (name === 'not') {
        return [unfound(`NOT (${this.#all(table, row, value as Input, here, depth + 1) || '1 = 1'})`)];
      }
      const field = table.filter[name];
      if (!field) throw new Error(`${table.type} has no filter ${name}.`);
      return this.#field(field, row, value as Input, here, depth);
    });
    return conditions.filter(({ sql }) => sql !== '');
  }

  #anyOf(table: TableMapping, row: RowScope, filters: readonly Input[], path: Path, depth: number): string {
    const parts = filters.map(
      (filter, i) => this.#all(table, row, filter, [...path, i], depth + 1) || '1 = 1',
    );
    return parts.length === 0 ? '1 = 0' : `(${parts.join(' OR ')})`;
  }

  #field(field: FilterField, row: RowScope, value: Input, path: Path, depth: number): Condition[] {
    if (field.isPreviewOnly && !this.#builder.seesHidden)
      throw forbidden(`${this.#argument}.${path.slice(1).join('.')}`, 'preview');
    if (field.kind === 'scalar') {
      const sql = this.#scalar(field, this.#compared(field, row), value, path);
      if (isVisibility(row.table, field.column)) return [{ sql, finds: 'constant' }];
      const isFound = field.indexed !== null && (value.eq ?? value.in) != null;
      return [{ sql, finds: isFound ? field.indexed : null }];
    }
    if (field.kind === 'one') return [this.#exists(field, row, value, path, depth, 'some')];
    const parts = QUANTIFIERS.filter((word) => value[word] !== undefined).map((word) => {
      const here = [...path, word];
      if (value[word] === null) throw this.#bad(here, 'is null');
      return this.#exists(field, row, value[word] as Input, here, depth, word);
    });
    if (value.count !== undefined)
      parts.push(unfound(this.#count(field, row, value.count as Input, [...path, 'count'])));
    return parts;
  }

  #compared({ column, lower }: Scalar, row: RowScope): string {
    // What is compared with a value of the client's finds no rows by an index that the reader does not see.
    if (!lower) return constantOf(this.#builder, row.table, column) ?? row.column(column);
    const lowered = this.#builder.dialect.lower(row.column(column));
    return lower.unless === null ? lowered : `coalesce(${row.column(lower.unless)}, ${lowered})`;
  }

  #exists(
    field: Extract<FilterField, { kind: 'one' | 'many' }>,
    row: RowScope,
    value: Input,
    path: Path,
    depth: number,
    quantifier: (typeof QUANTIFIERS)[number],
  ): Condition {
    this.#admit(path);
    const table = field.target();
    const reached = reach(this.#builder, row, field.joins, table);
    const target = rowOf(table, reached.alias);
    // A long list is never walked for each row: filters through several relations would multiply their rows.
    const few = findsFew(table, value);
    const asksEach = (field.kind === 'one' || field.isShort) && (quantifier === 'every' || !few);
    const compileInner = () => this.where(table, target, value, path, depth + 1).sql;
    const walk = asksEach ? 'each' : few ? 'few' : table;
    const found = this.relations.within(walk, compileInner);
    const inner = nestCondition(this.#builder, target, found);
    const holds = asksEach ? reached.exists : reached.isAmong;
    if (quantifier === 'every') return unfound(`NOT ${holds(`NOT (${inner || '1 = 1'})`)}`);
    if (quantifier === 'none') return unfound(`NOT ${holds(inner)}`);
    return { sql: holds(inner), finds: asksEach ? null : few ? 'few' : 'list' };
  }

  #count(
    field: Extract<FilterField, { kind: 'many' }>,
    row: RowScope,
    value: Input | null,
    path: Path,
  ): string {
    if (value === null) throw this.#bad(path, 'is null');
    this.#admit(path);
    const { joins, target } = field;
    const number = { nullable: false, type: 'number', fold: 'none' } as const;
    const meets = (count: string) => this.#scalar(number, count, value, path) || '1 = 1';
    this.relations.within(field.isShort ? 'each' : target(), () => undefined);
    if (!field.isShort) return reach(this.#builder, row, joins, target()).counts(meets);
    return meets(countOf(this.#builder, joinedSource(this.#builder, row, joins, target()), ''));
  }

  /** Counts one more condition, whether of a value, of a relation or of nothing. */
  #admit(path: Path): void {
    this.#conditions += 1;
    if (this.#conditions <= MAX_FILTER_CONDITIONS) return;
    throw this.#bad(path, `is one condition too many; at most ${MAX_FILTER_CONDITIONS} are allowed`);
  }

  #scalar(field: Pick<Scalar, 'nullable' | 'type' | 'fold'>, sql: string, value: Input, path: Path): string {
    const known = field.nullable ? `${sql} IS NOT NULL AND ` : '';
    const conditions = Object.entries(value).map(([operator, operand]) => {
      const here = [...path, operator];
      if (operand === undefined) return '';
      if (operand === null) throw this.#bad(here, 'is null. Use isNull to ask for missing values');
      this.#admit(path);
      if (operator === 'isNull') return isNull(sql, field.nullable, operand === true);
      if (operator === 'isEmpty') return `(${sql} ${operand === true ? '=' : '<>'} '[]')`;
      const { dialect } = this.#builder;
      const parameter = this.#bind(here, foldOf(field.fold, operator));
      switch (operator) {
        case 'eq':
          return `(${known}${sql} = ${parameter})`;
        case 'ne':
          return `NOT (${known}${sql} = ${parameter})`;
        case 'in':
          return `(${known}${dialect.inList(sql, parameter, listType(field.type))})`;
        case 'notIn':
          return `NOT (${known}${dialect.inList(sql, parameter, listType(field.type))})`;
        case 'lt':
          return `(${known}${sql} < ${parameter})`;
        case 'lte':
          return `(${known}${sql} <= ${parameter})`;
        case 'gt':
          return `(${known}${sql} > ${parameter})`;
        case 'gte':
          return `(${known}${sql} >= ${parameter})`;
        // In a JSON list of names of which none is in another.
        case 'has':
        case 'contains':
          return `(${known}${dialect.contains(sql, parameter)})`;
        case 'startsWith':
          return `(${known}${dialect.startsWith(sql, parameter)})`;
        case 'endsWith':
          return `(${known}${dialect.endsWith(sql, parameter)})`;
        default:
          throw new Error(`No operator ${operator}.`);
      }
    });
    return conjunction(conditions);
  }

  #bind(path: Path, fold: Fold): string {
    const argument = `${this.#argument}.${path.slice(1).join('.')}`;
    return this.#args.bind((values) => {
      const operand = at(values, path);
      if (!Array.isArray(operand)) return storedForm(operand, fold);
      if (operand.includes(null))
        throw badInput(argument, `${argument} has a null in it. Use isNull to ask for missing values.`);
      return checkTexts(
        operand.map((item) => storedForm(item, fold)),
        argument,
      );
    }, argument);
  }

  #bad(path: Path, what: string) {
    const argument = `${this.#argument}.${path.slice(1).join('.')}`;
    return badInput(argument, `${argument} ${what}.`);
  }
}

function unfound(sql: string): Condition {
  return { sql, finds: null };
}

function isVisibility({ visibility }: TableMapping, column: string): boolean {
  return visibility !== null && visibility !== 'preview' && visibility.column === column;
}

/** Whether an index finds the rows that a filter describes: it asks for a value of an indexed column. */
function findsFew(table: TableMapping, filter: Input): boolean {
  return Object.entries(filter).some(([name, condition]) => {
    const field = table.filter[name];
    return (
      field?.kind === 'scalar' &&
      field.indexed === 'value' &&
      isPlainObject(condition) &&
      (condition.eq ?? condition.in) != null
    );
  });
}

/** What the list of values for a filter's `in` holds. */
function listType(type: Scalar['type']): ValueType {
  if (type === 'float') return 'float';
  return type === 'number' ? 'int' : 'string';
}

function isNull(sql: string, nullable: boolean, wanted: boolean): string {
  if (!nullable) return wanted ? '1 = 0' : '1 = 1';
  return `${sql} IS ${wanted ? '' : 'NOT '}NULL`;
}

function at(values: ArgumentValues, path: Path): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string | number, unknown>)[step], values);
}

function conjunction(conditions: readonly string[]): string {
  return conditions.filter((condition) => condition !== '').join(' AND ');
}
