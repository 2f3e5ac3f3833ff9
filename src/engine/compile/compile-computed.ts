import { getNamedType, isObjectType } from 'graphql';
import type { ComputedMapping, Join } from '../mapping/mapping.ts';
import {
  type FieldPosition,
  fieldsOf,
  type Mapping,
  objectTypeOf,
  type SelectedField,
} from '../plan/field-position.ts';
import type { ArgumentValues, PlanBuilder } from '../plan/plan.ts';
import type { RowScope } from '../sql/rows.ts';
import { joinedSource, select } from '../sql/source.ts';

type Columns = ComputedMapping['columns'];

/** Small values that are made in the time of a row that is read. */
const VALUES_A_ROW = 10;

/**
 * What the computed fields of one object are made from. Fields of the same columns share them: a text that is asked for
 * as HTML and as plain text is read once, and charged once.
 */
export class Material {
  readonly #builder: PlanBuilder;
  readonly #scope: RowScope;
  readonly #shared = new Map<string, { name: string; columns: Columns; cost: number }>();

  constructor(builder: PlanBuilder, scope: RowScope) {
    this.#builder = builder;
    this.#scope = scope;
  }

  /** The name in the object under which the columns of a field stand until it has its value. Counts what they cost. */
  add({ columns, weight }: Mapping<'computed'>, path: readonly string[]): string {
    const key = JSON.stringify(columns);
    const known = this.#shared.get(key) ?? { name: this.#builder.materialName(), columns, cost: 0 };
    this.#shared.set(key, known);
    const reads = Object.values(columns).some(({ joins }) => joins.length > 0) ? 1 : 0;
    const cost = reads + weight;
    if (cost > known.cost) this.#builder.addCost(this.#scope.rows * (cost - known.cost), path);
    known.cost = Math.max(known.cost, cost);
    return known.name;
  }

  /** What the object has beside its fields. */
  pairs(): [name: string, value: string][] {
    const { dialect } = this.#builder;
    return [...this.#shared.values()].map(({ name, columns }) => {
      const pairs = Object.entries(columns).map(([column, source]): [string, string] => [
        column,
        dialect.column(columnSql(this.#builder, this.#scope, source.joins, source.column), 'plain'),
      ]);
      return [name, dialect.object(pairs)];
    });
  }
}

/** The marker of a computed field, whose value is made when the statement has run. */
export function compileComputed(
  position: FieldPosition,
  scope: RowScope,
  material: Material,
  mapping: Mapping<'computed'>,
  selected: SelectedField,
): string {
  const { builder, path, nullableDepth } = position;
  const args = builder.arguments(selected, position.path);
  if (mapping.plain) {
    const hasArguments = (values: ArgumentValues) => Object.values(values).some((value) => value != null);
    args.fix(hasArguments);
    if (!hasArguments(args.values)) return builder.dialect.column(scope.column(mapping.plain), 'plain');
  }
  // However little there is to make, it is made for each row and each alias.
  if (mapping.weight === 0) builder.addCost(scope.rows / VALUES_A_ROW, path);
  const marker = builder.addComputed({
    path,
    node: selected.node,
    nullableDepth,
    frameIndex: args.index,
    compute: mapping.compute,
    check: mapping.check,
    shape: compileShape(position, selected),
    material: material.add(mapping, path),
  });
  return builder.dialect.object(marker);
}

/** A column of the row, or of the one row at the end of joins. */
export function columnSql(
  builder: PlanBuilder,
  scope: RowScope,
  joins: readonly Join[],
  column: string,
): string {
  if (joins.length === 0) return scope.column(column);
  const source = joinedSource(builder, scope, joins, { ...scope.table, visibility: null });
  return `(${select(builder, source, `${source.alias}."${column}"`)})`;
}

/** Applies a selection to values that stand in JavaScript: plain objects whose keys are field names. */
function compileShape(position: FieldPosition, selected: SelectedField): (value: unknown) => unknown {
  const type = getNamedType(selected.field.type);
  if (!isObjectType(type)) return (value) => value;
  const fields = fieldsOf(position, objectTypeOf(selected), selected.selections).map((entry) =>
    entry.field === null
      ? { name: entry.name, read: () => type.name }
      : { name: entry.name, read: (row: Record<string, unknown>) => row[entry.field.name] },
  );
  const shapeObject = (row: Record<string, unknown>) =>
    Object.fromEntries(fields.map(({ name, read }) => [name, read(row) ?? null]));
  return (value) =>
    Array.isArray(value) ? value.map(shapeObject) : shapeObject(value as Record<string, unknown>);
}
