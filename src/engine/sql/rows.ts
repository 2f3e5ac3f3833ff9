import type { TableMapping } from '../mapping/mapping.ts';
import type { PlanBuilder } from '../plan/plan.ts';
import { type Source, selectColumn } from './source.ts';

/** The rows that a selection is compiled on. Columns are asked for by name, so that a list reads those and no others. */
export class RowScope {
  readonly table: TableMapping;
  readonly alias: string;
  /** How many rows the scope may have at most in one response. */
  readonly rows: number;
  /** How many lists that nothing but the content bounds the rows are reached through. */
  readonly openLists: number;
  /** Whether they are a list of parts of the parent's rows, as an article's pictures are. */
  readonly areParts: boolean;
  /** Columns read so far: name in the scope to the expression in the source. */
  readonly columns = new Map<string, string>();
  /** Parameters that arguments of the root field became, by argument name. */
  readonly bound = new Map<string, string>();
  readonly #keys: () => string;
  #keyTable: string | null = null;

  constructor(options: {
    table: TableMapping;
    alias: string;
    rows: number;
    openLists?: number;
    areParts?: boolean;
    keys: () => string;
  }) {
    this.table = options.table;
    this.alias = options.alias;
    this.rows = options.rows;
    this.openLists = options.openLists ?? 0;
    this.areParts = options.areParts ?? false;
    this.#keys = options.keys;
  }

  /** A column of the row; `expression` where it is not a column of the scope's table. */
  column(name: string, expression?: string): string {
    if (!this.columns.has(name)) this.columns.set(name, expression ?? '');
    return `${this.alias}."${name}"`;
  }

  get key(): string {
    return this.column(this.table.key);
  }

  /** The name of a common table `(id)` of the keys of all rows that this scope has anywhere in the response. */
  keyTable(builder: PlanBuilder): string {
    this.#keyTable ??= builder.commonTable('k', 'id', this.#keys());
    return this.#keyTable;
  }
}

/** The scope of a source's rows under `alias`, which is the source's own or that of a derived table around it. */
export function scopeOf(
  builder: PlanBuilder,
  source: Source,
  options: { alias: string; rows: number; parent: RowScope | null; openLists?: number; areParts?: boolean },
): RowScope {
  const { parent, alias, rows, openLists = parent?.openLists ?? 0, areParts = false } = options;
  const { table } = source;
  const ownKeys = () => selectColumn(builder, source, `${source.alias}."${table.key}"`);
  const keys = () => {
    if (parent === null) return ownKeys();
    const target = builder.alias();
    return [
      `SELECT DISTINCT ${target}."${table.key}"`,
      ` FROM ${parentRows(builder, parent)} CROSS JOIN "${table.table}" AS ${target}`,
      ` WHERE ${target}."${table.key}" IN (${ownKeys()})`,
    ].join('');
  };
  return new RowScope({ table, alias, rows, openLists, areParts, keys });
}

/** A FROM item that has every row of a scope, under the scope's alias. */
export function parentRows(builder: PlanBuilder, scope: RowScope): string {
  const { table, key } = scope.table;
  return `${scope.keyTable(builder)} CROSS JOIN "${table}" AS ${scope.alias} ON ${scope.alias}."${key}" = ${scope.keyTable(builder)}.id`;
}

/** The columns that a scope asked for, as the select list of the derived table around `source`. */
export function selectList(scope: RowScope, source: Source): string {
  if (scope.columns.size === 0) return '1';
  return [...scope.columns]
    .map(([name, expression]) => `${expression || `${source.alias}."${name}"`} AS "${name}"`)
    .join(', ');
}
