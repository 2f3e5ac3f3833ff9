import { type BuiltInColumn, columnsOf } from '../../model/built-in/columns.ts';
import type { Keys } from '../../model/built-in/key.ts';
import type { HiddenReasonRef } from '../pothos/hidden-reason.ts';
import type { FieldBuilder } from '../pothos/pothos-builder.ts';
import type { ModelName } from './data-model.ts';
import type { mappedFields } from './mapped-fields.ts';

type MappedFields = ReturnType<typeof mappedFields<ModelName>>;

/** The relations from a model to the tables that hold some of its columns. */
const TABLES = { ArticleText: 'text' } as const;

/**
 * The fields of built-in keys, by name: those whose column has a description for one.
 * @param make the makers of fields of the type, by `t`
 */
export function keyFields(
  t: FieldBuilder,
  make: MappedFields,
  keys: Keys,
  hiddenReason: HiddenReasonRef,
): Record<string, ReturnType<FieldBuilder['field']>> {
  const fields: [string, ReturnType<FieldBuilder['field']>][] = [];
  for (const column of columnsOf(keys)) {
    const { name, field } = column;
    if (field !== undefined) fields.push([name, fieldOf(column, field)]);
  }
  return Object.fromEntries(fields);

  function fieldOf({ name, kind, key, table, isRequired }: BuiltInColumn, description: string) {
    const type = key?.value.kind === 'url' || key?.value.kind === 'link' ? 'URL' : undefined;
    if (table) return make.columnThrough(TABLES[table], name, description, { type, nullable: !isRequired });
    if (kind !== 'reasons') return make.column(name, description, { type });
    return t.field({
      type: [hiddenReason],
      nullable: false,
      description,
      read: { kind: 'column', joins: [], column: name, encoding: 'list' },
    });
  }
}
