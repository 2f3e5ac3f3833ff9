import { badInput } from '../mapping/errors.ts';
import type { FindKey, FindVariant, TableMapping } from '../mapping/mapping.ts';
import { MAX_PAGE_SIZE } from '../page/compile-page.ts';
import {
  type FieldPosition,
  type Mapping,
  objectTypeOf,
  type SelectedField,
  tableOfField,
} from '../plan/field-position.ts';
import { type ArgumentValues, checkText, type PlanBuilder } from '../plan/plan.ts';
import { scopeOf } from '../sql/rows.ts';
import { rootSource, select, selectColumn } from '../sql/source.ts';
import { compileObject } from './compile-selection.ts';

/** The object that a root field finds by one of its arguments, or NULL. @throws BAD_USER_INPUT unless exactly one is given */
export function compileFind(
  position: FieldPosition,
  mapping: Mapping<'find'>,
  selected: SelectedField,
): string {
  const { builder } = position;
  const field = position.path.join('.');
  const args = builder.arguments(selected, position.path);
  const isGiven = (values: ArgumentValues, name: string) =>
    values[name] !== undefined && values[name] !== null;
  const given = (values: ArgumentValues) => Object.keys(mapping.by).filter((name) => isGiven(values, name));
  args.fix(given);
  const [name, second] = given(args.values);
  if (name === undefined || second !== undefined) {
    throw badInput(
      field,
      `${field} takes exactly one of its arguments ${Object.keys(mapping.by).join(', ')}.`,
    );
  }
  // What no text can be is refused before it is normalised to what no row has.
  const bind = (argument: string, normalise: (value: unknown) => unknown = String) =>
    args.bind(
      (values) => normalise(checkText(values[argument], `${field}(${argument})`)),
      `${field}(${argument})`,
    );
  const key = mapping.by[name] as FindKey;
  const { variant } = mapping;
  args.fix((values) => variant !== undefined && isGiven(values, variant.argument));
  const parameters = {
    key: bind(name, key.normalise),
    variant:
      variant !== undefined && isGiven(args.values, variant.argument)
        ? bind(variant.argument, variant.normalise)
        : null,
  };
  const table = tableOfField(selected);
  // The key first and the row by it, whose object is made once and not for each that is found. The limit is never
  // met; without one SQLite may look for the least key by walking all of them in order.
  const found = `${lookups(builder, table, key, variant, parameters).join(' UNION ALL ')} LIMIT ${MAX_PAGE_SIZE}`;
  const isOne = variant === undefined || key.columns.includes(table.key);
  const keys = `(${found}) AS ${builder.alias()}`;
  const best = isOne ? `SELECT min(k) FROM ${keys}` : `SELECT k FROM ${keys} ORDER BY r, v, k LIMIT 1`;
  const source = rootSource(builder, table);
  source.seen = null;
  source.where = [`${source.alias}."${table.key}" = (${best})`];
  builder.addCost(1, position.path);
  builder.addRows(position.path);
  const scope = scopeOf(builder, source, { alias: source.alias, rows: 1, parent: null });
  return `(${select(builder, source, compileObject(position, objectTypeOf(selected), scope, selected.selections))})`;
}

/**
 * The statements that find keys `k` with a rank `r` and, where there are variants, what orders those, `v`. One look-up a column: an
 * index of each has the visibility, and none has both columns.
 */
function lookups(
  builder: PlanBuilder,
  table: TableMapping,
  { columns, also }: FindKey,
  variant: FindVariant | undefined,
  parameters: { key: string; variant: string | null },
): string[] {
  const orderOf = (alias: string) => (variant === undefined ? '0' : `${alias}."${variant.order}"`);
  const isVariant = (alias: string) =>
    variant === undefined || parameters.variant === null
      ? []
      : [`${alias}."${variant.column}" = ${parameters.variant}`];
  const own = columns.map((column) => {
    const found = rootSource(builder, table);
    found.where.push(`${found.alias}."${column}" = ${parameters.key}`, ...isVariant(found.alias));
    found.isNarrow = true;
    const values = `${found.alias}."${table.key}" AS k, 0 AS r, ${orderOf(found.alias)} AS v`;
    return selectColumn(builder, found, values);
  });
  if (also === undefined) return own;
  const alias = builder.alias();
  const seen = builder.seesHidden ? [] : [builder.dialect.likely(`${alias}."${also.visible}" = 1`)];
  const where = [`${alias}."${also.column}" = ${parameters.key}`, ...isVariant(alias), ...seen];
  return [
    ...own,
    `SELECT ${alias}."${also.key}" AS k, 1 AS r, ${orderOf(alias)} AS v FROM "${also.table}" AS ${alias} WHERE ${where.join(' AND ')}`,
  ];
}
